"""What a claim was: its earlier statements, and the claims that were merged into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from annotations.models import Annotation, Claim, ClaimLink
from annotations.queries.history import user_of
from annotations.queries.passages import in_public
from annotations.queries.shown_sql import shown_since

DRAFTING = timedelta(minutes=10)
"""A statement that stood no longer was still being worded, and a claim by itself still thought
over: what is split off and merged back at once was never stated."""


@dataclass(frozen=True, slots=True)
class Was:
    """A statement, and who ended it when: by wording it anew, or by merging its claim (`id`) into
    another. `by` is a user's id; None where no page of the site made the change."""

    id: int
    statement: str
    at: datetime | None
    by: int | None


# A passage shows the claim since it was linked, and, if it was deleted, since it was brought
# back. Passages of claims that were merged into it would show theirs.
_SEEN_SINCE = """
SELECT nullif(min(greatest(
           {shown},
           (SELECT max(e.pgh_created_at) FROM annotations_claimlinkevent e
             WHERE e.pgh_obj_id = l.id AND e.pgh_label = 'insert'),
           (SELECT max(e.pgh_created_at) FROM annotations_annotationevent e
             WHERE e.pgh_obj_id = a.id AND e.deleted_at IS NOT NULL))), 'infinity')
  FROM annotations_claimlink l JOIN annotations_annotation a ON a.id = l.annotation_id
 WHERE l.claim_id = %s AND a.deleted_at IS NULL AND {shown} IS NOT NULL
"""
_SEEN_SINCE_SQL = _SEEN_SINCE.format(shown=shown_since("a"))


def _seen_since(claim: Claim) -> datetime | None:
    """When the present time began in which readers can see the claim without a break, by passages
    of its own; None where they cannot."""
    with connection.cursor() as cursor:
        cursor.execute(_SEEN_SINCE_SQL, [claim.pk])
        since: datetime | None = cursor.fetchone()[0]
        return since


def earlier_statements(claim: Claim, *, public: bool) -> list[Was]:
    """Each statement that was given up, newest first: one query, for readers two where there are
    any.

    Args:
        public: only those that readers could see as they see the claim now, and that stood for
            longer than it takes to word one.
    """
    changes = _events(pgh_obj=claim)
    after = [*(event.statement for event in changes), claim.statement][1:]
    given_up = [event for event, now in zip(changes, after, strict=True) if event.statement != now]
    if public and given_up:
        given_up = _seen(given_up, claim)
    return [
        Was(claim.pk, event.statement, event.pgh_created_at, user_of(event))
        for event in reversed(given_up)
    ]


def _seen(given_up: Sequence[Any], claim: Claim) -> list[Any]:
    """Those that readers could see long enough, oldest first."""
    since = _seen_since(claim)
    if since is None:
        return []
    stated = [claim.created_at, *(event.pgh_created_at for event in given_up)]
    return [
        event
        for event, begun in zip(given_up, stated, strict=False)
        if event.pgh_created_at > since and event.pgh_created_at - begun >= DRAFTING
    ]


def last_state(claim_id: int) -> Any | None:
    """A claim that was deleted, as it was then; None for one that is there, or never was."""
    if Claim.objects.filter(pk=claim_id).exists():
        return None
    gone = _events(pgh_obj=claim_id, pgh_label="delete")
    return gone[-1] if gone else None


def merged_into(claim: Claim, *, public: bool) -> list[Was]:
    """The claims that are read as this one, as they are stated: two queries, one where there are
    none.

    Args:
        public: leave out those of which nothing public speaks, and those that stood by themselves
            no longer than it takes to word one.
    """
    rows = Claim.objects.filter(canonical=claim)
    if public:
        rows = rows.filter(_is_stated())
    merged = list(rows.order_by("statement"))
    if not merged:
        return []
    ids = [one.pk for one in merged]
    # The state before a merge is the last one that was merged into nothing.
    events = {event.pgh_obj_id: event for event in _events(pgh_obj__in=ids, merged_into=None)}
    return [
        _was(one, event)
        for one in merged
        for event in [events.get(one.pk)]
        if not (public and event and event.pgh_created_at - one.created_at < DRAFTING)
    ]


def is_stated(claim: Claim) -> bool:
    """Whether something public is linked to the claim itself, not to one merged into it."""
    return Claim.objects.filter(_is_stated(), pk=claim.pk).exists()


def _is_stated() -> Exists:
    shown = in_public(Annotation.objects.filter(deleted_at=None))
    return Exists(ClaimLink.objects.filter(claim=OuterRef("pk"), annotation__in=shown))


def _was(merged: Claim, event: Any) -> Was:
    if event is None:  # it came in merged
        return Was(merged.pk, merged.statement, None, None)
    return Was(merged.pk, merged.statement, event.pgh_created_at, user_of(event))


def _events(**which: Any) -> Sequence[Any]:
    """What the database kept of claims, oldest first."""
    model: Any = Claim
    rows = model.pgh_event_model.objects.filter(**which).select_related("pgh_context")
    return list(rows.order_by("pgh_id"))
