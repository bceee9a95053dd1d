"""What became of the words between those that are known, sentence by sentence."""

from collections import defaultdict

from annotations.anchoring.alignment import Alignment
from annotations.anchoring.difference import pair_up

TRUSTED = 0.45
"""The part of the lighter of two sentences that both must have, for their words to be joined."""


def fill_gaps(found: Alignment) -> None:
    """Join what is alike between words that are joined already."""
    for start, end in found.old.open_runs():
        gone = range(start, end)
        best: list[tuple[int, int]] = []
        most = -1
        for come in _opposite(found, gone):
            pairs = _trusted(found, pair_up(found, gone, come))
            kept = sum(found.old.words.weights[old] for old, new in pairs if found.same(old, new))
            if kept > most:
                best, most = pairs, kept
        for old, new in best:
            found.join(old, new)


def _opposite(found: Alignment, gone: range) -> list[range]:
    """The open runs of the new text beside what stands beside this one of the old.

    There are two where a neighbour was moved.
    """
    old, new = found.old.image, found.new.image
    low = top = old[gone.start - 1] + 1 if gone.start else 0
    while top < len(new) and new[top] < 0:
        top += 1
    high = bottom = old[gone.stop] if gone.stop < len(old) else len(new)
    while bottom and new[bottom - 1] < 0:
        bottom -= 1
    return [run for run in dict.fromkeys((range(low, top), range(bottom, high))) if run]


def _trusted(found: Alignment, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those pairs whose sentences have enough in common: chance joins words like "the"."""
    old, new = found.old, found.new
    common: dict[tuple[int, int], int] = defaultdict(int)
    for at, there in pairs:
        weight = old.words.weights[at] if found.same(at, there) else 0
        common[old.sentence[at], new.sentence[there]] += weight
    enough = {both for both, weight in common.items() if _enough(found, *both, weight)}
    return [pair for pair in pairs if (old.sentence[pair[0]], new.sentence[pair[1]]) in enough]


def _enough(found: Alignment, old_sentence: int, new_sentence: int, common: int) -> bool:
    old, new = found.old, found.new
    start, end = old.bounds(old_sentence)
    low, high = new.bounds(new_sentence)
    common += sum(old.words.weights[at] for at in range(start, end) if low <= old.image[at] < high)
    return common >= TRUSTED * min(old.weight(start, end), new.weight(low, high))
