"""Asking for an article's page again: at once, or from time to time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.paths import article_path
from annotations.services.reanchoring import reanchor_article
from annotations.views.reading import seat_for
from reader.access import article_in
from reader.ingest.pipeline import Result
from reader.services.errors import Refused
from reader.services.refetching import fetch_again
from reader.services.watching import unwatch, watch as begin_to_watch


@require_POST
def fetch(request: HttpRequest, article_id: UUID, slug: str | None = None) -> HttpResponse:
    """Fetch the article again; another text is a new revision."""
    here = seat_for(request.user, slug)
    here.require(here.may_annotate)
    article = article_in(here, article_id)
    try:
        outcome = fetch_again(article, here.user)
    except Refused as refused:
        messages.error(request, _("Not fetched. %(reason)s") % {"reason": refused.message})
    else:
        if outcome.result == Result.REVISED:
            # The person waits to see what became of the passages; a worker finds nothing left.
            reanchor_article(outcome.article_id)
            messages.success(request, _("The text has changed: what stands there now is shown."))
        else:
            messages.success(request, _("The text has not changed."))
    return redirect(article_path(here.project, article_id))


@require_POST
def watch(request: HttpRequest, article_id: UUID, slug: str | None = None) -> HttpResponse:
    """Have the article fetched again from time to time (`on=1`), or no longer (`on=0`)."""
    here = seat_for(request.user, slug)
    here.require(here.may_annotate)
    article = article_in(here, article_id)
    if request.POST.get("on") == "0":
        unwatch(article)
        messages.success(request, _("The article is no longer watched."))
    else:
        try:
            begin_to_watch(article, here.user)
        except Refused as refused:
            messages.error(request, _("Not watched. %(reason)s") % {"reason": refused.message})
        else:
            messages.success(
                request,
                _("The article is watched: often at first, then daily and weekly, for 90 days."),
            )
    return redirect(article_path(here.project, article_id))
