"""What is told of a passage when its article changed."""

from datetime import UTC, datetime

import pytest

from annotations.fates import Fate, Step, fate_of

MARKED = ("person", "exact", "", "the ferry ran aground")
SAME = ("machine", "exact", "", "the ferry ran aground")
MOVED = ("machine", "moved", "", "the ferry ran aground")
CHANGED = ("machine", "changed", "", "the ferry touched ground")
AGAIN = ("machine", "changed", "", "the ferry touched the ground")
CONFIRMED = ("machine", "changed", "right", "the ferry touched ground")
AS_CONFIRMED = ("machine", "moved", "", "the ferry touched ground")
LOST = ("machine", "orphaned", "", "")
GONE = ("machine", "orphaned", "gone", "")


def day(number: int) -> datetime:
    return datetime(2025, 3, number, tzinfo=UTC)


def fate(*anchors: tuple[str, str, str, str]) -> Fate | None:
    """Of an annotation with these anchors, one a day."""
    return fate_of(
        [
            Step(by == "person", number + 100, number, day(number), status, decision, words)
            for number, (by, status, decision, words) in enumerate(anchors, start=1)
        ]
    )


@pytest.mark.parametrize(
    "anchors",
    [
        (MARKED,),
        (MARKED, SAME),
        (MARKED, MOVED, SAME),
        (MARKED, LOST, SAME),
        (MARKED, CHANGED, MOVED),
        (MARKED, CHANGED, MARKED),
        (),
    ],
)
def test_nothing_is_told_of_words_that_stand_as_marked(anchors) -> None:
    assert fate(*anchors) is None


@pytest.mark.parametrize(
    ("anchors", "expected"),
    [
        ((MARKED, CHANGED), ("changed", 2, "")),
        ((MARKED, CHANGED, CHANGED), ("changed", 2, "")),
        ((MARKED, CHANGED, AGAIN), ("changed", 3, "")),
        ((MARKED, SAME, LOST, LOST), ("orphaned", 3, "")),
        ((MARKED, LOST, SAME, LOST), ("orphaned", 4, "")),
        ((MARKED, CHANGED, LOST), ("orphaned", 3, "")),
        ((MARKED, LOST, CHANGED), ("changed", 3, "")),
        ((MARKED, LOST, GONE), ("orphaned", 2, "gone")),
        ((MARKED, CONFIRMED), ("changed", 2, "right")),
        ((MARKED, CONFIRMED, AS_CONFIRMED), ("changed", 2, "right")),
        ((MARKED, CONFIRMED, AS_CONFIRMED, LOST), ("orphaned", 4, "")),
    ],
)
def test_what_is_told(anchors, expected) -> None:
    told = fate(*anchors)
    assert told
    assert (told.status, told.since, told.decision) == (expected[0], day(expected[1]), expected[2])
    assert told.anchor_id == len(anchors) + 100
    assert told.marked_in == 1
    assert told.now == anchors[-1][3]
    assert told.asks == (not expected[2])
