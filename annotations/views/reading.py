"""The reading page, and the way from an annotation's address to its passage."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from annotations.access import annotation_seen
from annotations.pages.editor import open_editor
from annotations.pages.reading import reading_page
from annotations.paths import passage_path
from annotations.queries.stamps import public_page_stamp
from reader.access import Seat, Visitor, article_in, seat, seat_in
from reader.models import Article, User, uuid7
from reader.queries.reading import states
from reader.queries.watches import watch_of
from reader.services.projects import personal_project
from reader.services.reading import open_article
from reader.views.kept import kept_page


def seat_for(visitor: Visitor, slug: str | None) -> Seat:
    """The visitor's seat in the project with this slug, or, without one, in their own.

    Raises:
        Http404: there is no such project for this visitor.
    """
    if slug is not None:
        return seat(visitor, slug)
    if not visitor.is_authenticated:
        raise Http404
    return seat_in(visitor, personal_project(visitor))


@require_safe
def article(request: HttpRequest, article_id: UUID, slug: str | None = None) -> HttpResponseBase:
    """The article with its annotations. Readers without an account share rendered pages, and a
    browser that has the page already gets 304."""
    etag = None
    if slug and not request.user.is_authenticated:
        etag = public_page_stamp(slug, article_id)
    if etag is None:
        return _rendered(request, article_id, slug)
    return kept_page(request, etag, lambda: _rendered(request, article_id, slug))


def _rendered(request: HttpRequest, article_id: UUID, slug: str | None) -> HttpResponse:
    where = seat_for(request.user, slug)
    article = article_in(where, article_id)
    context = {
        "page": reading_page(where, article),
        "new_id": uuid7(),
        "watch": watch_of(article) if where.is_member and article.url else None,
        "editor": open_editor(where, article, request.GET.get("edit", "")),
    }
    return render(request, "reading/page.html", context | _stand(request, article))


def _stand(request: HttpRequest, article: Article) -> dict[str, object]:
    """How the article stands with a signed-in reader, who has it before them now: that marks it as
    read. Browsers say so when they only fetch a page in case somebody opens it (Sec-Purpose)."""
    if not isinstance(request.user, User):
        return {}
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if request.method == "GET" and not ahead:
        open_article(request.user, article)
    state = states(request.user, [article])[article.pk]
    length = len(article.newest.text)
    percent = 100 * state.position // length if state.position < length else 0
    return {"state": state, "percent": percent, "back": request.get_full_path()}


@require_safe
def permalink(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """From an annotation's address to its passage on the reading page."""
    found = annotation_seen(request.user, annotation_id)
    return redirect(
        passage_path(found.annotation.project, found.annotation.article_id, annotation_id)
    )
