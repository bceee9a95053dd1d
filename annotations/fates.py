"""What became of a passage when its article changed: that a newspaper changes or removes an
accusation is news itself, so every page that shows the passage says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

CHANGED, ORPHANED = "changed", "orphaned"
CONFIRMED = frozenset({"right", "adjusted"})


@dataclass(frozen=True, slots=True)
class Step:
    """An annotation's anchor in one revision; `words` are those at its places there."""

    anchor_id: int
    fetched_at: datetime
    by_person: bool
    status: str
    decision: str
    words: str


@dataclass(frozen=True, slots=True)
class Fate:
    """How a passage stands in a later revision, where that is not as it was marked.

    `status` is `changed` or `orphaned`, `since` when the first revision was fetched in which it
    stands so. `now` are the words that stand there, "" for none. `anchor_id` and `decision` are of
    its anchor in the last revision; it `asks` for a decision until a person has made one.
    """

    status: str
    since: datetime
    now: str
    anchor_id: int
    decision: str

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
    for step in steps:
        if step.by_person:
            ground = shown = since = None
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
            shown = Step(
                step.anchor_id,
                step.fetched_at,
                by_person=False,
                status=CHANGED,
                decision=ground.decision,
                words=step.words,
            )
            since = ground.fetched_at
    if shown is None or since is None:
        return None
    return Fate(shown.status, since, shown.words, shown.anchor_id, shown.decision)
