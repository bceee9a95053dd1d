"""How far a passage reaches in the new text: from the difference, never from its old length."""

from itertools import pairwise

from annotations.anchoring.alignment import Alignment

NEAR = 8
"""Words that may have come between two words of a passage, whatever the two weigh."""

FAR = 30
"""Words, beside as many as the passage has, beyond which what stands there is no part of it."""

WINDOW = 40
"""Words looked at for the end of what was replaced."""


def cluster(found: Alignment, start: int, end: int) -> list[int]:
    """The words of the old range that have stayed together in the new text, in old order."""
    image, weights = found.old.image, found.old.words.weights
    joined = sorted((image[at], at) for at in range(start, end) if image[at] >= 0)
    if not joined:
        return []
    groups = [[joined[0]]]
    for before, after in pairwise(joined):
        if after[0] - before[0] > NEAR:
            groups.append([])
        groups[-1].append(after)
    weight = [sum(weights[at] for _, at in group) for group in groups]
    first = last = max(range(len(groups)), key=weight.__getitem__)

    def belongs(group: int, between: int) -> bool:
        return between <= min(FAR + end - start, weight[group])

    while first and belongs(first - 1, groups[first][0][0] - groups[first - 1][-1][0] - 1):
        first -= 1
    while last + 1 < len(groups) and belongs(
        last + 1, groups[last + 1][0][0] - groups[last][-1][0] - 1
    ):
        last += 1
    return sorted(at for group in groups[first : last + 1] for _, at in group)


def reach(found: Alignment, start: int, end: int, kept: list[int]) -> tuple[int, int]:
    """The range of the new text that the old range has become; `kept` is its cluster."""
    image = found.old.image
    places = [image[at] for at in kept]
    low, high = min(places), max(places)
    if kept[0] > start and image[kept[0]] == low:
        low = _edge(found, start, kept[0], -1)
    if kept[-1] < end - 1 and image[kept[-1]] == high:
        high = _edge(found, end - 1, kept[-1], 1)
    return low, high + 1


def _edge(found: Alignment, own: int, kept: int, step: int) -> int:
    """Where a passage begins (step -1) or ends (1) whose first or last words were replaced.

    `own` is its outermost word and `kept` the outermost one that was kept.
    """
    place = found.old.image[kept]
    of_sentence = _edge_of_sentence(found, own, place, step)
    if of_sentence is not None:
        return of_sentence
    at = own + step
    while 0 <= at < len(found.old) and found.old.image[at] < 0 and abs(at - own) < WINDOW:
        at += step
    if 0 <= at < len(found.old):
        if found.old.image[at] < 0:
            return place
        beyond = found.old.image[at]
    else:
        beyond = -1 if step < 0 else len(found.new)
    gone = abs(at - kept) - 1
    come = (beyond - place) * step - 1
    if not 0 < come <= 2 * gone + 3:
        return place
    return place + step * round(come * abs(kept - own) / gone)


def _edge_of_sentence(found: Alignment, own: int, place: int, step: int) -> int | None:
    """The edge of the sentence that `place` is in, where the passage had that of its own and
    nothing else stands between."""
    side = 0 if step < 0 else -1
    if range(*found.old.bounds(found.old.sentence[own]))[side] != own:
        return None
    edge = range(*found.new.bounds(found.new.sentence[place]))[side]
    between = range(place + step, edge + step, step)
    if len(between) > WINDOW or any(found.new.image[at] >= 0 for at in between):
        return None
    return edge
