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
    by_sentences: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for pair in pairs:
        by_sentences[old.sentence[pair[0]], new.sentence[pair[1]]].append(pair)
    return [pair for group in by_sentences.values() if _enough(found, group) for pair in group]


def _enough(found: Alignment, pairs: list[tuple[int, int]]) -> bool:
    """Whether what pairs of one sentence and one other say is said by the rest of both as well."""
    old, new = found.old, found.new
    places = [place for _, place in pairs]
    before = old.around(range(pairs[0][0], pairs[-1][0] + 1))
    now = new.around(range(min(places), max(places) + 1))
    common = sum(old.words.weights[at] for at, there in pairs if found.same(at, there))
    common += sum(old.words.weights[at] for at in before if old.image[at] in now)
    return common >= TRUSTED * min(
        old.weight(before.start, before.stop), new.weight(now.start, now.stop)
    )
