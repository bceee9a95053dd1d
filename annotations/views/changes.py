"""Deciding about passages that articles have changed."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from annotations.access import annotation_to_edit
from annotations.models import Decision
from annotations.pages.changes import changes_page
from annotations.parameters import number_from
from annotations.paths import changes_path
from annotations.services.extents import decide as decide_on
from reader.access import seat
from reader.services.errors import Conflict, Refused
from reader.views.back import there

SAID = {
    Decision.RIGHT: gettext_lazy("Still right."),
    Decision.GONE: gettext_lazy("No longer there: it is kept with its words."),
    Decision.NONE: gettext_lazy("It waits for a decision again."),
}


class DecisionForm(forms.Form):
    """What was decided about which anchor."""

    anchor = forms.IntegerField()
    decision = forms.ChoiceField(choices=[(one.value, one.label) for one in SAID], required=False)


@require_safe
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for a decision in a project, oldest first; for members."""
    here = seat(request.user, slug)
    here.require(here.is_member)
    page = changes_page(here, number_from(request.GET.get("after", "")))
    return render(request, "changes/queue.html", {"page": page})


@require_POST
def decide(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Keep a decision about the annotation's place; the message offers to take it back."""
    found = annotation_to_edit(request.user, annotation_id)
    project = found.seat.project
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what to decide."))
        return redirect(there(request, changes_path(project)))
    anchor_id, decision = form.cleaned_data["anchor"], Decision(form.cleaned_data["decision"])
    found.seat.require(found.annotation.anchors.filter(pk=anchor_id).exists())
    try:
        decide_on(anchor_id, decision, found.seat.user)
    except Refused as refused:
        messages.error(request, refused.message)
    except Conflict:
        messages.error(request, _("Somebody else has decided otherwise meanwhile."))
    else:
        undo = reverse("annotation_undecide", args=[annotation_id, anchor_id]) if decision else ""
        messages.success(request, SAID[decision], extra_tags=undo)
    return redirect(there(request, changes_path(project)))


@require_POST
def undecide(request: HttpRequest, annotation_id: UUID, anchor_id: int) -> HttpResponse:
    """Take a decision back."""
    found = annotation_to_edit(request.user, annotation_id)
    found.seat.require(found.annotation.anchors.filter(pk=anchor_id).exists())
    try:
        decide_on(anchor_id, Decision.NONE, found.seat.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, SAID[Decision.NONE])
    return redirect(there(request, changes_path(found.seat.project)))
