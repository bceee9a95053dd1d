"""Finds marked passages again in a later revision of their text.

Both texts are compared word by word, once for all passages. A passage follows its own words: a copy
of them elsewhere is not taken for it, since the old text tells whose that copy is. What is doubtful
is given up, because a note at other words is worse than one that asks for its place.
"""

from collections.abc import Sequence

from annotations.anchoring.alignment import Alignment
from annotations.anchoring.blocks import join_paragraphs, join_runs
from annotations.anchoring.gaps import fill_gaps
from annotations.anchoring.lost import find_lost
from annotations.anchoring.placing import place
from annotations.anchoring.result import ORPHANED, Reanchored, Status
from annotations.anchoring.sliding import slide
from annotations.anchoring.words import Vocabulary

# The gaps come twice: around what was found again, there are smaller ones.
_STEPS = (join_paragraphs, join_runs, fill_gaps, find_lost, fill_gaps, slide)

__all__ = ["ORPHANED", "Reanchored", "Status", "reanchor"]


def reanchor(old: str, new: str, spans: Sequence[tuple[int, int]]) -> list[Reanchored]:
    """What became of passages of `old` in `new`, in their order; none depends on the others.

    `spans` are (start, end) in Unicode code points of `old`. Raises ValueError for a span that is
    empty or reaches beyond `old`. One without a word or sign in it is orphaned, unless the texts
    are the same.
    """
    for start, end in spans:
        if not 0 <= start < end <= len(old):
            raise ValueError(f"no span of a text of {len(old)} characters: {start} to {end}")
    if old == new:
        return [Reanchored(start, end, Status.EXACT, 1.0) for start, end in spans]
    vocabulary = Vocabulary()
    found = Alignment(vocabulary.words(old), vocabulary.words(new))
    for step in _STEPS:
        step(found)
    return [place(found, start, end) for start, end in spans]
