"""Deleting a claim that nothing says, and bringing it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.access import claim_deleted, claim_to_edit
from annotations.paths import claim_path, ledger_path
from annotations.services import claim_deletion
from reader.services.errors import Refused


@require_POST
def delete(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Delete a claim to which nothing is linked; the message offers to undo it."""
    found = claim_to_edit(request.user, claim_id)
    try:
        claim_deletion.delete_claim(found.claim)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(claim_path(found.claim.pk))
    undo = reverse("claim_bring_back", args=[found.claim.pk])
    messages.success(request, _("Deleted."), extra_tags=undo)
    return redirect(ledger_path(found.seat.project))


@require_POST
def bring_back(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Undo a deletion."""
    found = claim_deleted(request.user, claim_id)
    found.seat.require(found.seat.may_annotate)
    try:
        claim_deletion.bring_back(claim_id)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(ledger_path(found.seat.project))
    messages.success(request, _("Brought back."))
    return redirect(claim_path(claim_id))
