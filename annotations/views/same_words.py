"""Where else the same words stand, and marking them there; for members of the project."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.access import AnnotationSeat, annotation_seen, annotation_to_edit
from annotations.pages.same_words import passage_page, selection_page
from annotations.paths import annotation_path, article_path
from annotations.services.carrying import mark_elsewhere
from annotations.services.marking import delete
from annotations.services.places import Place
from annotations.spans import trim
from annotations.views.reading import seat_for
from reader.access import article_in
from reader.services.errors import Refused
from reader.views.back import there


class PlaceForm(forms.Form):
    """Which words of which article are to be marked."""

    id = forms.UUIDField()
    article = forms.UUIDField()
    revision = forms.IntegerField(min_value=1)
    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)
    exact = forms.CharField(strip=False)


class SelectionForm(forms.Form):
    """A stretch of an article's text, in code points."""

    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)


def _seen_by_member(request: HttpRequest, annotation_id: UUID) -> AnnotationSeat:
    found = annotation_seen(request.user, annotation_id)
    found.seat.require(found.seat.is_member and found.annotation.deleted_at is None)
    return found


@require_safe
def passage(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Where else the sentences of a passage stand, among all that the member may read."""
    found = _seen_by_member(request, annotation_id)
    page = passage_page(found.seat, found.annotation)
    return render(request, "same_words/page.html", {"page": page})


@require_safe
def selection(request: HttpRequest, article_id: UUID, slug: str | None = None) -> HttpResponse:
    """Where else the words stand that are selected in an article."""
    seat = seat_for(request.user, slug)
    seat.require(seat.is_member)
    article = article_in(seat, article_id)
    form = SelectionForm(request.GET)
    text = article.newest.text
    extent = (0, 0)
    if form.is_valid():
        start, end = form.cleaned_data["start"], form.cleaned_data["end"]
        extent = trim(text, (min(start, len(text)), min(end, len(text))))
    if extent[0] >= extent[1]:
        messages.error(request, _("Select the words first."))
        return redirect(article_path(seat.project, article_id))
    page = selection_page(seat, article, extent)
    return render(request, "same_words/page.html", {"page": page})


@require_POST
def mark(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Mark the same words in another place; the message offers to take that back."""
    found = _seen_by_member(request, annotation_id)
    found.seat.require(found.seat.may_annotate)
    here = annotation_path(annotation_id, "annotation_same_words")
    form = PlaceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose the words to mark."))
        return redirect(here)
    sent = form.cleaned_data
    article = article_in(found.seat, sent["article"])
    revision = article.revisions.filter(number=sent["revision"]).first()
    if revision is None:
        messages.error(request, _("The article has no such revision. Reload the page."))
        return redirect(here)
    place = Place(sent["start"], sent["end"], sent["exact"])
    try:
        marked = mark_elsewhere(
            found.annotation, article, revision, place, id=sent["id"], annotator=found.seat.user
        )
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(
            request,
            _("Marked in “%(title)s”.") % {"title": article.title},
            extra_tags=reverse("annotation_unmark", args=[marked.annotation.pk]),
        )
    return redirect(here)


@require_POST
def unmark(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Take back what was marked a moment ago: it is deleted, and its history offers it again."""
    found = annotation_to_edit(request.user, annotation_id)
    try:
        delete(annotation_id)
    except Refused as refused:
        # Meanwhile it is a denial that readers have seen: that takes a reason.
        messages.error(request, refused.message)
        return redirect("annotation_edit", annotation_id)
    messages.success(request, _("Taken back."))
    article = article_path(found.annotation.project, found.annotation.article_id)
    return redirect(there(request, article))
