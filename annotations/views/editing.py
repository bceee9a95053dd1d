"""Editing an annotation, deleting it, and bringing it back."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotations.access import AnnotationSeat, annotation_seen, annotation_to_edit
from annotations.forms import AnnotationForm, LinkForm, LinkFormSet, links_from, picks_in
from annotations.models import Annotation
from annotations.pages.editor import editor_page
from annotations.pages.history import history_page
from annotations.pages.own_denials import counts_not
from annotations.paths import article_path, passage_path
from annotations.queries.passages import passages
from annotations.services import editing, marking
from annotations.views.updates import updated
from reader.requests import HtmxRequest
from reader.services.errors import Conflict, Refused


@require_http_methods(["GET", "POST"])
def edit(request: HtmxRequest, annotation_id: UUID) -> HttpResponse:
    """The editor, as a page or as a fragment; a save that is refused keeps what was typed."""
    found = annotation_to_edit(request.user, annotation_id)
    if request.method == "GET":
        return _editor(request, found)
    form, links = AnnotationForm(request.POST), LinkFormSet(request.POST, prefix="claims")
    picks = picks_in(request.POST)
    if not (form.is_valid() and links.is_valid() and all(map(LinkForm.is_valid, picks.values()))):
        return _editor(request, found, status=422)
    try:
        fields, typed = form.fields_with(links_from(links, picks)), form.cleaned_data
        annotation = editing.edit(
            annotation_id, typed["version"], fields, found.seat.user, reads=typed["reads"]
        )
    except Refused as refusal:
        return _editor(request, found, refusal=refusal, status=422)
    except Conflict as conflict:
        return _editor(request, found, conflict=conflict.current, status=409)
    note = counts_not(annotation)
    if request.htmx:
        said = f"{_('Saved.')} {note}".strip()
        return updated(request, found.seat, annotation.article, said=said)
    if note:
        messages.warning(request, note)
    return redirect(passage_path(annotation.project, annotation.article_id, annotation.pk))


def _editor(
    request: HtmxRequest,
    found: AnnotationSeat,
    *,
    refusal: Refused | None = None,
    conflict: Annotation | None = None,
    status: int = 200,
) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    page = editor_page(found, typed, conflict)
    if refusal:
        page.form.add_error(
            refusal.field if refusal.field in page.form.fields else None, refusal.message
        )
    template = "marking/_editor.html" if request.htmx else "marking/edit.html"
    return render(request, template, {"editor": page}, status=status)


class ReasonForm(forms.Form):
    """Why a denial that readers have seen is deleted."""

    reason = forms.CharField(
        label=gettext_lazy("Why is this denial deleted?"),
        help_text=gettext_lazy("Readers are told that it was recorded, and why it is gone."),
        required=False,
        max_length=marking.MAX_REASON,
        widget=forms.TextInput(attrs={"autofocus": True, "required": True}),
    )


@require_POST
def delete(request: HtmxRequest, annotation_id: UUID) -> HttpResponse:
    """Take an annotation off the page, and offer to undo that. Where it takes a reason, the button
    is followed by the field for it."""
    found = annotation_to_edit(request.user, annotation_id)
    form = ReasonForm(request.POST if "reason" in request.POST else None, auto_id="delete-%s")
    try:
        annotation = marking.delete(annotation_id, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        if form.is_bound:
            form.errors.clear()
            form.add_error(refusal.field, refusal.message)
        return _ask_why(request, found, form)
    if request.htmx:
        return updated(
            request, found.seat, annotation.article, undo=annotation_id, said=_("Deleted.")
        )
    messages.info(request, _("Deleted. Its history page offers to bring it back."))
    return redirect("annotation_history", annotation_id=annotation_id)


def _ask_why(request: HtmxRequest, found: AnnotationSeat, form: ReasonForm) -> HttpResponse:
    context: dict[str, Any] = {
        "annotation": found.annotation,
        "form": form,
        "path": passage_path(
            found.annotation.project, found.annotation.article_id, found.annotation.pk
        ),
    }
    if not request.htmx:
        told = passages(Annotation.objects.filter(pk=found.annotation.pk))
        context["words"] = told[0].words if told else ""
        return render(request, "marking/delete.html", context, status=422)
    response = render(request, "marking/_delete.html", context, status=422)
    response["HX-Retarget"], response["HX-Reswap"] = "#delete-form", "outerHTML"
    return response


@require_POST
def restore(request: HtmxRequest, annotation_id: UUID) -> HttpResponse:
    """Undo a deletion."""
    found = annotation_seen(request.user, annotation_id)
    found.seat.require(found.may_edit)
    annotation = marking.restore(annotation_id)
    if request.htmx:
        return updated(request, found.seat, annotation.article, said=_("Brought back."))
    return redirect(passage_path(annotation.project, annotation.article_id, annotation_id))


@require_GET
def history(request: HtmxRequest, annotation_id: UUID) -> HttpResponse:
    """Who changed what, when, from what to what; for members."""
    found = annotation_seen(request.user, annotation_id)
    found.seat.require(found.seat.is_member)
    back = article_path(found.annotation.project, found.annotation.article_id)
    return render(
        request,
        "marking/history.html",
        {"page": history_page(found.annotation), "may_edit": found.may_edit, "back": back},
    )
