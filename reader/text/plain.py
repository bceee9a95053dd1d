"""Plain text to a document: finds the paragraphs and changes nothing else.

Offsets into the text a person gave stay good, because only NFC and LF are applied.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from reader.text.document import Document
from reader.text.markup import Range
from reader.text.normalize import nfc, storable

_WRAP_WIDTHS = range(40, 121)
"""Lines broken by a program end near one of these columns; longer ones are whole paragraphs."""

_LIST_ITEM = re.compile(r"\s*(?:[-*•–—·]|\(?\d{1,3}[.)])\s")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*\s*$")
_FEW_LINES = 3


def from_plain(text: str) -> Document:
    """The document of `text` in NFC with LF line ends, its paragraphs as ranges.

    Blank lines part paragraphs. Lines that a program wrapped stay together in one paragraph
    (with their LF, which a browser shows as a space); other lines are a paragraph each.
    NUL and lone surrogates become U+FFFD. No word, space or line end is taken away.
    """
    text = nfc(storable(text))
    groups = list(_groups(text))
    width = _wrap_width(groups)
    ranges = []
    for group in groups:
        start = group[0][0]
        for (low, line), (next_low, next_line) in pairwise(group):
            if not (width and _continues(line, next_line, width)):
                ranges.append(Range("paragraph", start, low + len(line)))
                start = next_low
        low, line = group[-1]
        ranges.append(Range("paragraph", start, low + len(line)))
    return Document(text, tuple(ranges))


def _groups(text: str) -> Iterator[list[tuple[int, str]]]:
    """The runs of lines that are not blank, each line with its offset."""
    group: list[tuple[int, str]] = []
    offset = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            group.append((offset, line))
        elif group:
            yield group
            group = []
        offset += len(line) + 1
    if group:
        yield group


def _wrap_width(groups: list[list[tuple[int, str]]]) -> int:
    """The column at which a program wrapped the lines, or 0 if none did.

    Wrapped lines are full: the next line's first word would not have fitted. That is asked of
    the lines with another one below them: among lines of any length a fifth happens to be full,
    and in a wrapped text some are verse or lists.
    """
    pairs = [(line, below) for group in groups for (_, line), (_, below) in pairwise(group)]
    if not pairs:
        return 0
    lengths = sorted(len(line.rstrip()) for line, _ in pairs)
    width = lengths[(len(lengths) - 1) * 9 // 10]
    if width not in _WRAP_WIDTHS:
        return 0
    if len(pairs) < _FEW_LINES:
        return 0 if any(_SENTENCE_END.search(line) for line, _ in pairs) else width
    full = sum(_continues(line, below, width) for line, below in pairs)
    return width if full >= len(pairs) / 2 else 0


def _continues(line: str, below: str, width: int) -> bool:
    """Whether the line `below` goes on with the paragraph that `line` belongs to."""
    if below[0] in " \t" and line[0] not in " \t":
        return False
    first_word = below.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(first_word) > width and not _LIST_ITEM.match(below)
