"""Splitting a claim: some of its passages allege or deny something else."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Annotation, Claim, ClaimLink
from annotations.queries.claim_kin import family
from annotations.services.claim_edits import new_statement
from annotations.services.marking import lock_passages
from reader.models import User
from reader.services.errors import Refused
from reader.services.projects import lock, touch as touch_project


@transaction.atomic
def split(
    claim: Claim,
    passages: Collection[UUID],
    statement: str,
    by: User,
    also_answered_by: Collection[UUID] = (),
) -> Claim:
    """Move these passages of a claim to a new one. Merging the new one back undoes it.

    Args:
        claim: one that is not merged; passages of those merged into it are its own.
        passages: ids of annotations.
        also_answered_by: ids of annotations that stay and are linked to the new claim, too:
            denials of both.

    Returns:
        The new claim.

    Raises:
        Refused: none or all of the passages are chosen, or some that are no longer there; or the
            statement is not right, or another claim has it (`StatedAlready`).
    """
    chosen = set(passages)
    both = set(also_answered_by) - chosen
    lock_passages(chosen | both)
    project = lock(claim.project_id)
    links: dict[UUID, list[ClaimLink]] = defaultdict(list)
    rows = ClaimLink.objects.filter(claim__in=family(claim), annotation__deleted_at=None)
    for link in rows.order_by("pk"):
        links[link.annotation_id].append(link)
    if not chosen:
        raise Refused(_("Choose the passages that mean something else."), "passages")
    if not chosen | both <= set(links):
        raise Refused(
            _("Some of these passages have left the claim meanwhile. Look again."), "passages"
        )
    if chosen == set(links):
        raise Refused(
            _("Leave at least one. If all of them mean something else, edit the statement."),
            "passages",
        )
    new = Claim.objects.create(
        project=project, statement=new_statement(project, statement), created_by=by
    )
    # Deleted and made anew rather than changed: so each annotation's history tells both.
    ClaimLink.objects.filter(pk__in=[one.pk for id_ in chosen for one in links[id_]]).delete()
    changed = sorted(chosen | both)
    ClaimLink.objects.bulk_create(_like(links[id_], claim, new) for id_ in changed)
    Annotation.objects.filter(pk__in=changed).update(
        version=F("version") + 1, updated_at=timezone.now()
    )
    touch_project(project)
    return new


def _like(links: Collection[ClaimLink], claim: Claim, new: Claim) -> ClaimLink:
    """A link to the new claim that says what the one that was shown has said."""
    shown = max(links, key=lambda one: (one.claim_id == claim.pk, one.pk))
    return ClaimLink(
        annotation_id=shown.annotation_id,
        claim=new,
        scope=shown.scope,
        part=shown.part,
        unsure=shown.unsure,
    )
