"""Whether a place that was found for a passage can be relied on."""

from annotations.anchoring.alignment import Alignment

KEPT = 0.5
"""The part of the lighter of passage and found place that both must have."""

LEFT = 0.25
"""The part of the passage that must still be there."""

LEFT_OF_SHORT = 0.6
"""The same for a passage that weighs no more than SHORT."""

SHORT = 25

AROUND = 0.45
"""The part of the lighter of the two sentences around that both must have."""

SETTLED = 0.3
"""The same, where what stands before and behind the sentences is in its place."""

ENOUGH = 25
"""What must be the same in the two sentences where nothing beside them is in its place."""

WHOLE = 0.95
"""The part from which on the two sentences are one."""

ENOUGH_WHOLE = 10
"""What must be the same then."""


def is_reliable(found: Alignment, old: range, new: range, kept: float) -> bool:
    """Whether `old` has become `new`, of which the weight `kept` is the same.

    A short passage says little by itself; the sentences around it have to say the same.
    """
    total = found.old.weight(old.start, old.stop)
    there = found.new.weight(new.start, new.stop)
    left = LEFT_OF_SHORT if total <= SHORT else LEFT
    if kept < KEPT * min(total, there) or kept < left * total:
        return False
    around, opposite = found.old.around(old), found.new.around(new)
    beside = [*range(around.start, old.start), *range(old.stop, around.stop)]
    common = kept + sum(
        found.old.words.weights[at]
        for at in beside
        if found.old.image[at] in opposite and found.same(at, found.old.image[at])
    )
    part = common / min(
        found.old.weight(around.start, around.stop), found.new.weight(opposite.start, opposite.stop)
    )
    before = _joined(found, around.start - 1, opposite.start - 1)
    behind = _joined(found, around.stop, opposite.stop)
    if part >= AROUND:
        return common >= (ENOUGH if part < WHOLE else ENOUGH_WHOLE) or before or behind
    return part >= SETTLED and before and behind


def _joined(found: Alignment, old: int, new: int) -> bool:
    """Whether two words are joined, or both are outside their texts."""
    inside = 0 <= old < len(found.old)
    if inside != (0 <= new < len(found.new)):
        return False
    return not inside or found.old.image[old] == new
