"""Putting an article of the library into projects, and taking it out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.paths import article_path
from annotations.services import placing
from annotations.typed import line
from annotations.views.reading import seat_for
from reader.access import article_in, seat
from reader.services.errors import Refused


@require_POST
def place(request: HttpRequest, article_id: UUID, slug: str | None = None) -> HttpResponse:
    """Put the article into the project named by `to`, and go there."""
    here = seat_for(request.user, slug)
    here.require(here.may_annotate)
    article = article_in(here, article_id)
    there = seat(request.user, line(request.POST.get("to", "")))
    there.require(there.may_annotate)
    try:
        placing.use_in(there.project, article, there.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(article_path(here.project, article_id))
    return redirect(article_path(there.project, article_id))


@require_POST
def take_out(request: HttpRequest, article_id: UUID, slug: str | None = None) -> HttpResponse:
    """Take the article out of this project."""
    here = seat_for(request.user, slug)
    here.require(here.may_curate)
    article = article_in(here, article_id)
    try:
        placing.take_out(here.project, article)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(article_path(here.project, article_id))
    messages.success(
        request,
        _("“%(title)s” is no longer in %(project)s.")
        % {"title": article.title, "project": here.project.name},
    )
    return redirect("project", slug=here.project.slug)
