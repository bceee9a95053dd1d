"""An article's revisions: the list, one of them, and two compared. Never for search engines."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from annotations.pages.reading import reading_page
from annotations.pages.revisions import compare_page, revisions_page
from annotations.paths import article_path
from annotations.queries.revisions import revision_seen, revisions_seen
from annotations.views.reading import seat_for
from reader.access import article_in


@require_safe
def listing(request: HttpRequest, article_id: UUID, slug: str | None = None) -> HttpResponse:
    """What has become of the article's text, newest first."""
    here = seat_for(request.user, slug)
    article = article_in(here, article_id)
    revisions = revisions_seen(here, article).defer("markup", "raw")
    page = revisions_page(here, article, revisions)
    return render(request, "revisions/list.html", {"page": page})


@require_safe
def revision(
    request: HttpRequest, article_id: UUID, number: int, slug: str | None = None
) -> HttpResponse:
    """The article as it stood once, with what was marked in it; the newest has its own page."""
    here = seat_for(request.user, slug)
    article = article_in(here, article_id)
    found = revision_seen(here, article, number)
    if found.pk == article.current_revision_id:
        return redirect(article_path(here.project, article_id))
    page = reading_page(here, article, revision=found)
    return render(request, "revisions/revision.html", {"page": page})


@require_safe
def compare(request: HttpRequest, article_id: UUID, slug: str | None = None) -> HttpResponse:
    """`?old=` and `?new=`, without them the last two; `?view=beside` puts them side by side."""
    here = seat_for(request.user, slug)
    article = article_in(here, article_id)
    numbers = list(revisions_seen(here, article).values_list("number", flat=True))
    here.require(bool(numbers))
    old, new = (
        revision_seen(here, article, _number(request.GET.get(name, ""), numbers, fallback))
        for name, fallback in (("old", numbers[-2:][0]), ("new", numbers[-1]))
    )
    page = compare_page(here, article, old, new, numbers)
    beside = request.GET.get("view") == "beside"
    return render(request, "revisions/compare.html", {"page": page, "beside": beside})


def _number(text: str, numbers: list[int], fallback: int) -> int:
    """The number in a parameter, if there is such a revision."""
    return next((one for one in numbers if str(one) == text), fallback)
