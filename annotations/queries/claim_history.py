"""What a claim was: its earlier statements, and the claims that were merged into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from annotations.models import Annotation, Claim, ClaimLink
from annotations.queries.history import user_of
from annotations.queries.passages import in_public


@dataclass(frozen=True, slots=True)
class Was:
    """A statement, and who ended it when: by wording it anew, or by merging its claim (`id`) into
    another. `by` is a user's id; None where no page of the site made the change."""

    id: int
    statement: str
    at: datetime | None
    by: int | None


def earlier_statements(claim: Claim) -> list[Was]:
    """Each statement that was given up, newest first: one query."""
    changes = _events(pgh_obj=claim)
    after = [*(event.statement for event in changes), claim.statement][1:]
    return [
        Was(claim.pk, event.statement, event.pgh_created_at, user_of(event))
        for event, now in zip(changes, after, strict=True)
        if event.statement != now
    ][::-1]


def merged_into(claim: Claim, *, public: bool) -> list[Was]:
    """The claims that are read as this one, as they are stated: two queries, one where there are
    none.

    Args:
        public: leave out those of which nothing public speaks.
    """
    rows = Claim.objects.filter(canonical=claim)
    if public:
        shown = in_public(Annotation.objects.filter(deleted_at=None))
        rows = rows.filter(
            Exists(ClaimLink.objects.filter(claim=OuterRef("pk"), annotation__in=shown))
        )
    merged = list(rows.order_by("statement"))
    if not merged:
        return []
    ids = [one.pk for one in merged]
    # The state before a merge is the last one that was merged into nothing.
    events = {event.pgh_obj_id: event for event in _events(pgh_obj__in=ids, merged_into=None)}
    return [_was(one, events.get(one.pk)) for one in merged]


def _was(merged: Claim, event: Any) -> Was:
    if event is None:  # it came in merged
        return Was(merged.pk, merged.statement, None, None)
    return Was(merged.pk, merged.statement, event.pgh_created_at, user_of(event))


def _events(**which: Any) -> Sequence[Any]:
    """What the database kept of claims, oldest first."""
    model: Any = Claim
    rows = model.pgh_event_model.objects.filter(**which).select_related("pgh_context")
    return list(rows.order_by("pgh_id"))
