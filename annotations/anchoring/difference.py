"""A difference of two stretches of words that also sees words which changed places, or spelling."""

from collections import defaultdict

from rapidfuzz.distance import LCSseq, Levenshtein

from annotations.anchoring.alignment import Alignment

LARGE = 10_000_000
"""Words of one stretch times words of the other, beyond which memory asks for another way."""

TOO_LARGE = 4_000_000_000
"""The same, beyond which it would take too long: then nothing is paired."""

REACH = 4
"""Words by which one may have been moved within its sentence."""

ALIKE = 0.6
"""Likeness of a misspelled word and its correction."""

HOLE = 100
"""Words of the old text times words of the new one, in which corrections are looked for."""


def pair_up(found: Alignment, old: range, new: range) -> list[tuple[int, int]]:
    """The words of a stretch of the old text with those of the new one that they became.

    First come those that are the same and in the same order, then those that changed places with
    their neighbours, then those that stand where others stood or are spelled alike.
    """
    became, holes = _in_order(found, old, new)
    taken = set(became.values())
    if holes:
        _pair_swapped(found, holes, became, taken)
        _pair_replaced(found, holes, became, taken)
    return sorted(became.items())


def _in_order(
    found: Alignment, old: range, new: range
) -> tuple[dict[int, int], list[tuple[range, range]]]:
    """The words in common, and the holes between them."""
    became: dict[int, int] = {}
    holes: list[tuple[range, range]] = []
    size = len(old) * len(new)
    if size > TOO_LARGE:
        return became, holes
    metric = LCSseq if size < LARGE else Levenshtein
    mine = found.old.words.keys[old.start : old.stop]
    theirs = found.new.words.keys[new.start : new.stop]
    old_end, new_end = old.start, new.start
    for block in metric.opcodes(mine, theirs).as_matching_blocks():
        at, there = old.start + block.a, new.start + block.b
        if at > old_end or there > new_end:
            holes.append((range(old_end, at), range(new_end, there)))
        old_end, new_end = at + block.size, there + block.size
        became.update(zip(range(at, old_end), range(there, new_end), strict=True))
    return became, holes


def _pair_swapped(
    found: Alignment, holes: list[tuple[range, range]], became: dict[int, int], taken: set[int]
) -> None:
    old, new = found.old.words, found.new.words
    come: dict[int, list[int]] = defaultdict(list)
    for _, hole in holes:
        for place in hole:
            if new.weights[place] > 1:
                come[new.keys[place]].append(place)
    for gone, hole in holes:
        low, high = hole.start - REACH, hole.stop + REACH
        for place in gone:
            for there in come.get(old.keys[place], ()):
                if low <= there < high and there not in taken:
                    became[place] = there
                    taken.add(there)
                    break


def _pair_replaced(
    found: Alignment, holes: list[tuple[range, range]], became: dict[int, int], taken: set[int]
) -> None:
    for gone, come in holes:
        left = [place for place in gone if place not in became]
        right = [place for place in come if place not in taken]
        if len(left) == len(right):
            became.update(zip(left, right, strict=True))
        elif len(left) * len(right) <= HOLE:
            became.update(_respelled(found, left, right))


def _respelled(found: Alignment, left: list[int], right: list[int]) -> list[tuple[int, int]]:
    """The words with what they were corrected to, in order."""
    old, new = found.old.words, found.new.words
    pairs = []
    begin = 0
    for place in left:
        length = old.ends[place] - old.starts[place]
        best, at = ALIKE, -1
        for number in range(begin, len(right)):
            there = right[number]
            if abs(new.ends[there] - new.starts[there] - length) * 2 <= length > 2:
                like = found.likeness(place, there)
                if like >= best and (at < 0 or like > best):
                    best, at = like, number
        if at >= 0:
            pairs.append((place, right[at]))
            begin = at + 1
    return pairs
