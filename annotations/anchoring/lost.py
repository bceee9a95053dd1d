"""Sentences that the difference lost, looked for only in what it calls inserted."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from annotations.anchoring.alignment import Alignment, Side
from annotations.anchoring.difference import pair_up

LIGHTEST = 8
"""The weight of a sentence that is looked for elsewhere."""

FREE = 0.6
"""The part of a sentence that stands nowhere, for it to be lost or inserted."""

LIKE = 0.5
"""The part of the heavier of two sentences that both must have."""

CLEARLY = 0.1
"""By how much a sentence must be more alike than any other: else it stays lost."""

COMMON = 20
"""A word of more inserted sentences than this tells nothing."""

TRIED = 4
"""The inserted sentences that one is compared with."""


@dataclass(frozen=True, slots=True)
class _Match:
    """A lost and an inserted sentence, with the words that they share."""

    like: float
    old: int
    new: int
    pairs: list[tuple[int, int]]


def find_lost(found: Alignment) -> None:
    """Join lost sentences with the inserted ones that they became, where there is no doubt."""
    matches = sorted(_matches(found), key=lambda match: (-match.like, match.old, match.new))
    by_old: dict[int, list[_Match]] = defaultdict(list)
    by_new: dict[int, list[_Match]] = defaultdict(list)
    for match in matches:
        by_old[match.old].append(match)
        by_new[match.new].append(match)
    old_done: set[int] = set()
    new_done: set[int] = set()
    for match in matches:
        if match.old in old_done or match.new in new_done:
            continue
        doubtful = any(
            rival is not match
            and rival.like > match.like - CLEARLY
            and rival.old not in old_done
            and rival.new not in new_done
            for rival in (*by_old[match.old], *by_new[match.new])
        )
        if doubtful:
            continue
        old_done.add(match.old)
        new_done.add(match.new)
        found.free(range(*found.old.bounds(match.old)), range(*found.new.bounds(match.new)))
        for old, new in match.pairs:
            found.join(old, new)


def _matches(found: Alignment) -> Iterator[_Match]:
    gone, come = _open_sentences(found.old), _open_sentences(found.new)
    if not gone or not come:
        return
    having = _sentences_by_word(found.new, come)
    old = found.old
    for sentence in gone:
        start, end = old.bounds(sentence)
        shared: dict[int, int] = defaultdict(int)
        for place in range(start, end):
            for other in having.get(old.words.keys[place], ()):
                shared[other] += old.words.weights[place]
        for other in sorted(shared, key=lambda other: (-shared[other], other))[:TRIED]:
            low, high = found.new.bounds(other)
            pairs = pair_up(found, range(start, end), range(low, high))
            kept = sum(old.words.weights[at] for at, there in pairs if found.same(at, there))
            like = kept / max(old.weight(start, end), found.new.weight(low, high))
            if like >= LIKE:
                yield _Match(like, sentence, other, pairs)


def _open_sentences(side: Side) -> list[int]:
    """The sentences that stand nowhere in the other text, for the greater part."""
    free: dict[int, int] = defaultdict(int)
    for start, end in side.open_runs():
        for place in range(start, end):
            free[side.sentence[place]] += side.words.weights[place]
    return [
        sentence
        for sentence, weight in free.items()
        if weight >= max(LIGHTEST, FREE * side.weight(*side.bounds(sentence)))
    ]


def _sentences_by_word(side: Side, sentences: list[int]) -> dict[int, list[int]]:
    having: dict[int, list[int]] = defaultdict(list)
    for sentence in sentences:
        start, end = side.bounds(sentence)
        weights = side.words.weights
        for key in {side.words.keys[at] for at in range(start, end) if weights[at] > 1}:
            having[key].append(sentence)
    return {key: found for key, found in having.items() if len(found) <= COMMON}
