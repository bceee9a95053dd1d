"""Marking words, in the browser with htmx or with plain forms."""

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.access import annotation_to_edit
from annotations.forms import MarkForm, places_from
from annotations.models import Annotation
from annotations.pages.choosing import choosing_page
from annotations.services import extents, marking
from annotations.views.reading import seat_for
from annotations.views.updates import problem, updated
from reader.access import Seat, article_in
from reader.models import Article, Revision
from reader.requests import HtmxRequest
from reader.services.errors import Conflict, Refused


@require_POST
def mark(request: HtmxRequest, article_id: UUID, slug: str | None = None) -> HttpResponse:
    """Mark the words at the places sent along, or, with `again`, those of another annotation."""
    seat = seat_for(request.user, slug)
    seat.require(seat.may_annotate)
    article = article_in(seat, article_id)
    try:
        marked = _mark(seat, article, request.POST)
    except Refused as refusal:
        return problem(request, refusal.message, seat.project, article_id)
    if request.htmx:
        return updated(request, seat, article, edit=marked.annotation.pk)
    return redirect("annotation_edit", annotation_id=marked.annotation.pk)


def _mark(seat: Seat, article: Article, data: QueryDict) -> marking.Marked:
    form = MarkForm(data)
    if not form.is_valid():
        field, messages = next(iter(form.errors.items()))
        raise Refused(f"{field.capitalize()}: {messages[0]}", field)
    sent = form.cleaned_data
    if sent["again"]:
        source = Annotation.objects.filter(
            pk=sent["again"], project=seat.project, article=article, deleted_at=None
        ).first()
        if source is None:
            raise Refused(_("That annotation is no longer on this page."), "again")
        return marking.mark_again(source, sent["kind"], id=sent["id"], annotator=seat.user)
    revision: Revision | None = article.newest
    if article.newest.number != sent["revision"]:
        revision = article.revisions.filter(number=sent["revision"]).first()
    if revision is None:
        raise Refused(_("The article has no such revision. Reload the page."), "revision")
    try:
        places = places_from(data)
    except ValueError as error:
        raise Refused(str(error), "fragments") from None
    return marking.mark(
        seat.project,
        article,
        revision,
        seat.user,
        id=sent["id"],
        kind=sent["kind"],
        places=places,
    )


@require_safe
def choose(request: HtmxRequest, article_id: UUID, slug: str | None = None) -> HttpResponse:
    """Where do these words stand? Each place with a button that marks it; needs no JavaScript."""
    seat = seat_for(request.user, slug)
    seat.require(seat.may_annotate)
    page = choosing_page(seat, article_in(seat, article_id), request.GET)
    return render(request, "marking/choose.html", {"page": page})


@require_POST
def extent(request: HtmxRequest, annotation_id: UUID) -> HttpResponse:
    """Add words to an annotation, take some away, or put others in their place."""
    found = annotation_to_edit(request.user, annotation_id)
    project, article = found.annotation.project, found.annotation.article
    operation = request.POST.get("operation", "")
    try:
        (place,) = places_from(request.POST)
        version = int(request.POST.get("version", ""))
        number = int(request.POST.get("revision", article.newest.number))
    except ValueError:
        return problem(request, _("Select the words first."), project, article.pk)
    try:
        extents.change_extent(
            annotation_id, version, operation, place, number=number, by=found.seat.user
        )
    except Refused as refusal:
        return problem(request, refusal.message, project, article.pk)
    except Conflict:
        message = _(
            "Somebody else changed this annotation meanwhile. Reload to see how it stands now."
        )
        return problem(request, message, project, article.pk, status=409)
    if request.htmx:
        return updated(request, found.seat, article, edit=annotation_id)
    return redirect(reverse("annotation_edit", kwargs={"annotation_id": annotation_id}))
