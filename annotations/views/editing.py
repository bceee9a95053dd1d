"""Editing an annotation, deleting it, and bringing it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotations.access import AnnotationSeat, annotation_seen, annotation_to_edit
from annotations.forms import AnnotationForm, LinkFormSet, links_from
from annotations.models import Annotation
from annotations.pages.editor import editor_page
from annotations.pages.history import history_page
from annotations.paths import article_path, passage_path
from annotations.services import editing, marking
from annotations.services.errors import Conflict, Refused
from annotations.views.updates import updated
from reader.requests import HtmxRequest


@require_http_methods(["GET", "POST"])
def edit(request: HtmxRequest, annotation_id: UUID) -> HttpResponse:
    """The editor, as a page or as a fragment; a save that is refused keeps what was typed."""
    found = annotation_to_edit(request.user, annotation_id)
    if request.method == "GET":
        return _editor(request, found)
    form, links = AnnotationForm(request.POST), LinkFormSet(request.POST, prefix="claims")
    if not (form.is_valid() and links.is_valid()):
        return _editor(request, found, status=422)
    try:
        fields = form.fields_with(links_from(links, request.POST.getlist("answers")))
        editing.edit(annotation_id, form.cleaned_data["version"], fields, found.seat.user)
    except Refused as refusal:
        return _editor(request, found, refusal=refusal, status=422)
    except Conflict as conflict:
        return _editor(request, found, conflict=conflict.current, status=409)
    annotation = found.annotation
    if request.htmx:
        return updated(request, found.seat, annotation.article, said=_("Saved."))
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


@require_GET
def answers(request: HtmxRequest, annotation_id: UUID) -> HttpResponse:
    """The editor's fields that depend on the kind, for the kind that was just chosen."""
    found = annotation_to_edit(request.user, annotation_id)
    return render(
        request, "marking/_by_kind.html", {"editor": editor_page(found, request.GET or None)}
    )


@require_POST
def delete(request: HtmxRequest, annotation_id: UUID) -> HttpResponse:
    """Take an annotation off the page, and offer to undo that."""
    found = annotation_to_edit(request.user, annotation_id)
    annotation = marking.delete(annotation_id)
    if request.htmx:
        return updated(
            request, found.seat, annotation.article, undo=annotation_id, said=_("Deleted.")
        )
    messages.info(request, _("Deleted. Its history page offers to bring it back."))
    return redirect("annotation_history", annotation_id=annotation_id)


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
