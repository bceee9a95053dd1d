"""Which words differ between two sentences that are alike."""

from rapidfuzz.distance import Levenshtein

from reader.sameness.comparing import Likeness
from reader.sameness.levelling import Levelled

Extent = tuple[int, int]


def differing(
    one: Levelled, other: Levelled, likeness: Likeness
) -> list[tuple[Extent | None, Extent | None]]:
    """What stands in the one for what in the other, where they are alike but not the same: extents
    in code points, neighbouring words together; None where nothing stands for it."""
    (first, last), (begin, end) = likeness.one, likeness.other
    changes = Levenshtein.opcodes(one.words[first:last], other.words[begin:end])
    found: list[tuple[Extent | None, Extent | None]] = []
    mine = theirs = (0, 0)
    is_open = False
    for change in [*changes, None]:
        if change is not None and change.tag != "equal":
            if not is_open:
                mine, theirs = (change.src_start,) * 2, (change.dest_start,) * 2
            mine, theirs = (mine[0], change.src_end), (theirs[0], change.dest_end)
            is_open = True
        elif is_open:
            found.append((_extent(one, first, mine), _extent(other, begin, theirs)))
            is_open = False
    return found


def _extent(words: Levelled, offset: int, among: Extent) -> Extent | None:
    start, end = among
    return words.extent(offset + start, offset + end) if start < end else None
