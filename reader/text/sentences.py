"""Sentences and words, well enough to show a passage in context and to count.

No language is assumed beyond punctuation; a wrong cut costs a reader a glance, no offset.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import filterfalse, pairwise

_ABBREVIATED = """
    mr mrs ms dr prof st sr jr gen col lt sgt capt cmdr adm maj gov sen rep pres hon rev fr vs etc
    al ca approx dept est inc ltd co corp bros jan feb mar apr jun jul aug sep sept oct nov dec
    e.g i.e a.m p.m u.s u.k u.n e.u bzw str z.b d.h u.a
"""
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
_NUMBERED = frozenset({"p", "ch", "no", "nos", "art", "sec", "fig", "vol", "pp"})
_END = re.compile(r"(?:[.!?…]+|[。！？｡])[\"'”’»›)\]）」』]*")
_OPENING = "\"'“‘„«‹([（「『¿¡—–-"
_WORD_BEFORE = re.compile(r"[\w.’'&-]+\Z")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SPACED_WORDS = re.compile(r"\w++(?:['’.,-][^\W_]++)*+")
_WORDS = re.compile(
    _IDEOGRAPH.pattern
    + r"|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+(?:['’.,-][^\W_\u3040-\u9fff]+)*"
)


def sentences(text: str, blocks: Sequence[tuple[int, int]] | None = None) -> list[tuple[int, int]]:
    """Bounds of the sentences of `text` in code points, without the space around them.

    None crosses from one of `blocks` (such as `Document.leaves()`) into another; without
    `blocks`, every line is one.
    """
    found: list[tuple[int, int]] = []
    for start, end in _lines(text) if blocks is None else blocks:
        cuts = [start, *_cuts(text, start, end), end]
        for low, high in pairwise(cuts):
            piece = text[low:high]
            stripped = piece.strip()
            if stripped:
                first = low + len(piece) - len(piece.lstrip())
                found.append((first, first + len(stripped)))
    return found


def sentence_around(
    text: str, start: int, end: int, blocks: Sequence[tuple[int, int]] | None = None
) -> tuple[int, int]:
    """The bounds of the sentence, or sentences, that `text[start:end]` stands in.

    `blocks` as for `sentences`. Where there is no sentence the bounds are `start, end`.
    Raises `ValueError` unless `0 <= start <= end <= len(text)`.
    """
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"no {start}:{end} in a text of {len(text)} code points")
    if blocks is None:
        low = text.rfind("\n", 0, start) + 1
        high = text.find("\n", end)
        high = len(text) if high < 0 else high
        lines = [(low + a, low + b) for a, b in _lines(text[low:high])]
        near = sentences(text, lines)
    else:
        near = sentences(text, [(a, b) for a, b in blocks if a <= end and b >= start])
    hits = [(a, b) for a, b in near if a < max(end, start + 1) and b > start]
    if not hits:
        return start, end
    return min(start, hits[0][0]), max(end, hits[-1][1])


def word_count(text: str) -> int:
    """How many words `text` has; each Chinese or Japanese character counts as one."""
    if not text.isascii() and _IDEOGRAPH.search(text):
        return len(_WORDS.findall(text))
    pieces = text.split()
    # Most are letters alone and one word each; matching is for the others, since it takes longer.
    others = list(filterfalse(str.isalpha, pieces))
    return len(pieces) - len(others) + len(_SPACED_WORDS.findall(" ".join(others)))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Where, between `start` and `end`, a sentence is over."""
    for match in _END.finditer(text, start, end):
        cut = match.end()
        if text[match.start()] in "。！？｡":
            yield cut
            continue
        if cut >= end or not text[cut].isspace():
            continue
        following = text[cut : cut + 40].lstrip()
        first = following.lstrip(_OPENING)[:1]
        if not first or first.islower():
            continue
        if match.group() == "." and _abbreviated(text[max(start, cut - 20) : cut - 1], first):
            continue
        yield cut


def _abbreviated(before: str, following: str) -> bool:
    """Whether the full stop after `before` belongs to a word and ends no sentence."""
    match = _WORD_BEFORE.search(before)
    if match is None:
        return False
    word = match.group().lower().strip("'’&-")
    if word in _NUMBERED:
        return following.isdigit()
    if word in _ABBREVIATIONS:
        return True
    return len(word) == 1 and word.isalpha() and match.group()[-1].isupper()
