"""One story or two: what people decide about articles with the same text."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.paths import article_path
from annotations.views.reading import seat_for
from reader.access import article_in
from reader.services.stories import put_together, take_apart


@require_POST
def apart(request: HttpRequest, article_id: UUID, slug: str | None = None) -> HttpResponse:
    """Show the article on its own; its page offers the way back."""
    here = seat_for(request.user, slug)
    here.require(here.may_annotate)
    article = article_in(here, article_id)
    take_apart(article)
    messages.success(request, _("“%(title)s” is shown on its own now.") % {"title": article.title})
    return redirect(article_path(here.project, article_id))


@require_POST
def together(request: HttpRequest, article_id: UUID, slug: str | None = None) -> HttpResponse:
    """Let the article be shown with others of its story again."""
    here = seat_for(request.user, slug)
    here.require(here.may_annotate)
    article = article_in(here, article_id)
    put_together(article)
    messages.success(request, _("It is shown with the same story elsewhere again."))
    return redirect(article_path(here.project, article_id))
