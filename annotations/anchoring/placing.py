"""Where one passage stands in the new text, given what became of the words."""

from bisect import bisect_left, bisect_right

from annotations.anchoring.alignment import Alignment
from annotations.anchoring.evidence import is_reliable
from annotations.anchoring.extent import cluster, reach
from annotations.anchoring.result import ORPHANED, Reanchored, Status
from annotations.anchoring.words import without_typography

RESPELLED = 0.5
"""Likeness from which on a word that stands where another stood counts for a part."""

ALMOST = 0.99
"""The most that a changed passage can score."""


def place(found: Alignment, start: int, end: int) -> Reanchored:
    """What became of the passage from `start` to `end`, in code points of the old text."""
    old = found.old.words
    first, after = bisect_right(old.ends, start), bisect_left(old.starts, end)
    kept = cluster(found, first, after)
    if not kept:
        return ORPHANED
    low, high = reach(found, first, after, kept)
    weight = sum(_likeness(found, at) * old.weights[at] for at in kept)
    if not is_reliable(found, range(first, after), range(low, high), weight):
        return ORPHANED
    if _says_the_same(found, first, after, low, high):
        begin, finish = _same_offsets(found, range(first, after), range(low, high), start, end)
        return Reanchored(begin, finish, Status.EXACT if begin == start else Status.MOVED, 1.0)
    begin, finish = _offsets(found, range(first, after), range(low, high), start, end)
    both = found.old.weight(first, after) + found.new.weight(low, high)
    return Reanchored(begin, finish, Status.CHANGED, min(2 * weight / both, ALMOST))


def _likeness(found: Alignment, at: int) -> float:
    like = found.likeness(at, found.old.image[at])
    return like if like >= RESPELLED else 0.0


def _says_the_same(found: Alignment, first: int, after: int, low: int, high: int) -> bool:
    """Whether the words are the same and in the same order, typography aside but not case."""
    if found.old.image[first:after] != list(range(low, high)):
        return False
    old, new = found.old.words, found.new.words
    return all(
        old[at] == new[there] or without_typography(old[at]) == without_typography(new[there])
        for at, there in zip(range(first, after), range(low, high), strict=True)
    )


def _same_offsets(
    found: Alignment, old: range, new: range, start: int, end: int
) -> tuple[int, int]:
    """Start and end where the passage is unchanged to the character, with the spaces around it;
    else as for any."""
    before, now = found.old.words, found.new.words
    by = now.starts[new.start] - before.starts[old.start]
    if start + by >= 0 and now.text[start + by : end + by] == before.text[start:end]:
        return start + by, end + by
    return _offsets(found, old, new, start, end)


def _offsets(found: Alignment, old: range, new: range, start: int, end: int) -> tuple[int, int]:
    """Start and end of the words of the new range, within a word where the passage was so."""
    before, now = found.old.words, found.new.words
    begin, finish = now.starts[new.start], now.ends[new.stop - 1]
    if before[old.start] == now[new.start]:
        begin += max(start - before.starts[old.start], 0)
    if before[old.stop - 1] == now[new.stop - 1]:
        finish -= max(before.ends[old.stop - 1] - end, 0)
    return begin, finish
