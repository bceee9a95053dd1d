"""Which words an annotation covers: changed by people, and decided after a correction."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Anchor, AnchorMaker, AnchorStatus, Annotation, Decision
from annotations.services.marking import extents_of, locked, touch, write_fragments
from annotations.services.places import Place, checked, marked_anchor
from annotations.services.reanchoring import reanchor_article
from annotations.spans import Extent, add, merge, take_away, tidy
from reader.models import User
from reader.services.errors import Conflict, Refused

_CHANGES: dict[str, Callable[[list[Extent], Extent], list[Extent]]] = {
    "add": add,
    "remove": take_away,
    "replace": lambda _, instead: merge([instead]),
}


@transaction.atomic
def change_extent(
    annotation_id: UUID,
    version: int,
    operation: str,
    place: Place,
    *,
    number: int | None = None,
    by: User | None = None,
) -> Annotation:
    """Add words to an annotation, take some away, or put others in their place.

    What was marked in an earlier revision is evidence and stays: then it is the place in the later
    one that is adjusted.

    Args:
        version: the one that the person saw.
        operation: "add", "remove" or "replace".
        number: the revision that the place is in; without it, the one that was marked.
        by: who adjusts.

    Raises:
        Refused: the words don't stand there, or none would be left.
        Conflict: somebody else was faster.
    """
    change = _CHANGES.get(operation)
    if change is None:
        raise Refused(_("Choose whether to add, take away or replace words."), "operation")
    annotation = locked(annotation_id, version)
    anchor = _anchor_in(annotation, number)
    (extent,) = checked(anchor.revision, [place])
    before = extents_of(anchor)
    after = tidy(anchor.revision.text, change(before, extent))
    if not after:
        raise Refused(_("No words would be left. Delete the annotation instead."), "fragments")
    if after != before:
        anchor.fragments.all().delete()
        write_fragments(anchor, anchor.revision, after)
        if anchor.made_by == AnchorMaker.MACHINE:
            settle(anchor, Decision.ADJUSTED, by)
        touch(annotation)
    return annotation


def settle(anchor: Anchor, decision: Decision, by: User | None) -> None:
    """Note what a person decided about a place that was derived; no decision takes it back."""
    if decision == Decision.ADJUSTED:
        anchor.status = AnchorStatus.CHANGED
    anchor.decision = decision
    anchor.decided_by = by if decision else None
    anchor.decided_at = timezone.now() if decision else None
    anchor.save(update_fields=["status", "decision", "decided_by", "decided_at"])


def _anchor_in(annotation: Annotation, number: int | None) -> Anchor:
    """The annotation's anchor in a revision, or the one that a person made."""
    if number is None:
        return marked_anchor(annotation)
    here = annotation.anchors.select_related("revision").filter(revision__number=number)
    found = here.first()
    if found is None:
        reanchor_article(annotation.article_id)
        found = here.first()
    if found is None:
        raise Refused(
            _("It was marked in a later text of the article. Reload the page."), "fragments"
        )
    return found


@transaction.atomic
def decide(anchor_id: int, decision: Decision, by: User) -> Annotation:
    """Say of words that a correction changed or lost whether they are "still right" or "no longer
    there"; `Decision.NONE` takes that back.

    Raises:
        Refused: the words stand as they were marked, or the article has a newer text.
        Conflict: somebody else has decided otherwise.
    """
    found = Anchor.objects.select_related("revision").get(pk=anchor_id)
    annotation = locked(found.annotation_id)
    anchor = Anchor.objects.get(pk=anchor_id)
    if found.revision_id != annotation.article.current_revision_id:
        raise Refused(_("The article has changed again. Reload the page."))
    if anchor.status not in {AnchorStatus.CHANGED, AnchorStatus.ORPHANED} or (
        anchor.status == AnchorStatus.ORPHANED and decision == Decision.RIGHT
    ):
        raise Refused(_("There is nothing to decide about these words."))
    if decision and anchor.decision and anchor.decision != decision:
        raise Conflict(annotation)
    if anchor.decision != decision:
        settle(anchor, decision, by)
        touch(annotation)
    return annotation
