"""Deleting a claim that nothing says, and bringing it back as the database kept it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Claim, ClaimPair, Share
from annotations.queries.claim_history import last_state
from annotations.services.claim_edits import new_statement
from reader.services.errors import Refused
from reader.services.projects import lock, touch as touch_project


@transaction.atomic
def delete_claim(claim: Claim) -> None:
    """Delete a claim; `bring_back` undoes it.

    Raises:
        Refused: something hangs on the claim that would go with it.
    """
    project = lock(claim.project_id)
    claim = Claim.objects.get(pk=claim.pk)
    if claim.links.exists():
        raise Refused(
            _("A passage is linked to this claim, perhaps a deleted one, which may come back.")
        )
    if claim.merged_into_id or claim.merged_here.exists():
        raise Refused(_("This claim is merged with another. Take that back first."))
    if claim.narrower.exists():
        raise Refused(_("Other claims are parts of this one. Say otherwise of them first."))
    if hasattr(claim, "reply_sought") or Share.objects.filter(claim=claim).exists():
        raise Refused(_("It was shared, or a reply to it was sought: both would be lost."))
    claim.delete()
    touch_project(project)


@transaction.atomic
def bring_back(claim_id: int) -> Claim:
    """The claim that was deleted, under its own address, with what was judged of it and others;
    one that is there already is left as it is.

    Raises:
        Refused: another claim has its statement by now (`StatedAlready`).
        LookupError: there never was one.
    """
    state: Any = last_state(claim_id)
    if state is None:
        return _there(claim_id)
    project = lock(state.project_id)
    if Claim.objects.filter(pk=claim_id).exists():  # somebody was faster
        return _there(claim_id)
    claim = Claim.objects.create(
        pk=claim_id,
        project=project,
        statement=new_statement(project, state.statement),
        broader=Claim.objects.filter(pk=state.broader_id).first(),
        version=state.version,
        created_by_id=state.created_by_id,
    )
    Claim.objects.filter(pk=claim_id).update(created_at=state.created_at)
    _judge_again(state)
    touch_project(project)
    return claim


def _there(claim_id: int) -> Claim:
    found = Claim.objects.filter(pk=claim_id).first()
    if found is None:
        raise LookupError(f"there is no claim {claim_id}")
    return found


def _judge_again(state: Any) -> None:
    """What was judged of the claim and others went with it, at the same moment."""
    pairs: Any = ClaimPair
    went = pairs.pgh_event_model.objects.filter(
        pgh_label="delete", pgh_created_at=state.pgh_created_at
    )
    for one in went:
        ids = {one.first_id, one.second_id}
        if state.pgh_obj_id in ids and Claim.objects.filter(pk__in=ids).count() == len(ids):
            ClaimPair.objects.create(
                first_id=one.first_id,
                second_id=one.second_id,
                verdict=one.verdict,
                decided_by_id=one.decided_by_id,
            )
