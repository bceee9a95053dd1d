"""What became of a passage when its article changed: that a newspaper changes or removes an
accusation is news itself, so every page that shows the passage says so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

CHANGED, ORPHANED = "changed", "orphaned"
CONFIRMED = frozenset({"right", "adjusted"})


@dataclass(frozen=True, slots=True)
class Step:
    """An annotation's anchor in the revision with a number; `words` are those at its places there,
    and `is_withdrawn` says that this revision is withdrawn from public view."""

    by_person: bool
    anchor_id: int
    number: int
    fetched_at: datetime
    status: str
    decision: str
    words: str
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Fate:
    """How a passage stands in a later revision, where that is not as it was marked.

    `status` is `changed` or `orphaned`, `since` when the first revision was fetched in which it
    stands so. `now` are the words that stand there, "" for none; where `is_withdrawn`, they are
    for members only. `anchor_id` and `decision` are of its anchor in the last revision; it `asks`
    for a decision until a person has made one. It was `marked_in` the revision with that number.
    """

    status: str
    since: datetime
    now: str
    anchor_id: int
    decision: str
    marked_in: int
    is_withdrawn: bool

    @property
    def is_lost(self) -> bool:
        return self.status == ORPHANED

    @property
    def asks(self) -> bool:
        return not self.decision


def fate_of(steps: Sequence[Step]) -> Fate | None:
    """The fate of one annotation, from its anchors in the order of revisions; None where its words
    stand as they were marked."""
    ground: Step | None = None  # the change that a person has confirmed, or that is still there
    shown: Step | None = None
    since: datetime | None = None
    marked_in = 0
    for step in steps:
        if step.by_person:
            ground = shown = since = None
            marked_in = step.number
        elif step.status == ORPHANED:
            if shown is None or shown.status != ORPHANED:
                since = step.fetched_at
            shown = step
        elif step.status == CHANGED:
            if shown is None or (shown.status, shown.words) != (CHANGED, step.words):
                since = step.fetched_at
            shown = step
            if step.decision in CONFIRMED:
                ground = step
        elif ground is None:
            shown = since = None
        else:
            shown = replace(step, status=CHANGED, decision=ground.decision)
            since = ground.fetched_at
    if shown is None or since is None:
        return None
    return Fate(
        status=shown.status,
        since=since,
        now=shown.words,
        anchor_id=shown.anchor_id,
        decision=shown.decision,
        marked_in=marked_in,
        is_withdrawn=shown.is_withdrawn,
    )
