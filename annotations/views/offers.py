"""The parts of the editor that the server writes anew while somebody fills it in.

By POST as well, since a form with a long note makes a longer address than servers take.
"""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from annotations.access import annotation_to_edit
from annotations.models import Annotation
from annotations.pages.editor import editor_page
from annotations.pages.offers import editor_offers
from annotations.queries.passages import passages
from reader.requests import HtmxRequest

ROW = "claims-"
"""What the names of the fields begin with in which a claim is typed."""


@require_http_methods(["GET", "POST"])
def by_kind(request: HtmxRequest, annotation_id: UUID) -> HttpResponse:
    """The fields that depend on the kind, for the kind that was just chosen."""
    found = annotation_to_edit(request.user, annotation_id)
    page = editor_page(found, request.POST or request.GET or None)
    return render(request, "marking/_by_kind.html", {"editor": page})


@require_http_methods(["GET", "POST"])
def offers(request: HtmxRequest, annotation_id: UUID) -> HttpResponse:
    """What can be linked to, for the speakers and the claim as they are typed so far. `typed` names
    the field that somebody is typing a claim in."""
    found = annotation_to_edit(request.user, annotation_id)
    data = request.POST or request.GET
    (passage,) = passages(Annotation.objects.filter(pk=annotation_id))
    name = data.get("typed", "")
    typed = data.get(name, "") if name.startswith(ROW) else ""
    found_offers = editor_offers(found, passage, data.get("kind", passage.kind), data, typed)
    context = {"offers": found_offers, "annotation": found.annotation}
    return render(request, "marking/_offers.html", context)
