"""Shifts what was only inserted or only deleted to where sentences and paragraphs begin and end.

"A [B A] B" and "A B [A B]" are the same difference, but people delete and insert whole sentences.
"""

from annotations.anchoring.alignment import Alignment, Side
from annotations.anchoring.words import PARAGRAPH


def slide(found: Alignment) -> None:
    """Settle each deletion and each insertion."""
    for mine, other in ((found.old, found.new), (found.new, found.old)):
        for start, end in mine.open_runs():
            before = mine.image[start - 1] if start else -1
            after = mine.image[end] if end < len(mine) else len(other)
            if after == before + 1 and (before >= 0 or not start):
                _settle(mine, other, start, end)


def _settle(mine: Side, other: Side, start: int, end: int) -> None:
    up = _best_shift(mine, other, start, end, -1)
    down = _best_shift(mine, other, start, end, 1)
    by = max(up, down, key=lambda shift: shift[0])[1]
    if by < 0:
        _move(mine, other, start + by, end + by, -by)
    elif by > 0:
        _move(mine, other, end, start, by)


def _best_shift(mine: Side, other: Side, start: int, end: int, step: int) -> tuple[int, int]:
    """How well the best shift in one direction fits, and by how many words it is; 0 at a tie."""
    keys, image = mine.words.keys, mine.image
    best = _fit(mine, start, end), 0
    amiss = 0
    # The word that leaves its place on this side of the range, for the one on the other.
    leaving, coming = (start - 1, end - 1) if step < 0 else (end, start)
    expected = image[leaving] if 0 <= leaving < len(mine) else -1
    while (
        0 <= leaving < len(mine)
        and keys[leaving] == keys[coming]
        and image[leaving] == expected >= 0
    ):
        begins = other.words.begins[image[leaving]]
        amiss += (mine.words.begins[coming] != begins) - (mine.words.begins[leaving] != begins)
        leaving, coming, expected = leaving + step, coming + step, expected + step
        by = leaving - (start - 1 if step < 0 else end)
        fit = _fit(mine, start + by, end + by) - amiss
        if fit > best[0]:
            best = fit, by
    return best


def _fit(mine: Side, start: int, end: int) -> int:
    begins = mine.words.begins
    return begins[start] + (begins[end] if end < len(begins) else PARAGRAPH)


def _move(mine: Side, other: Side, source: int, target: int, length: int) -> None:
    """Give what `length` words from `source` are joined with to those from `target`."""
    images = mine.image[source : source + length]
    mine.image[source : source + length] = [-1] * length
    mine.image[target : target + length] = images
    for place, image in enumerate(images, target):
        other.image[image] = place
