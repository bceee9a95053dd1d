"""Builds a document from front to back, as a parser reports what it meets.

White space is held back until a word shows that it is needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from reader.text.document import Document
from reader.text.markup import Range
from reader.text.normalize import nfc_with_offsets
from reader.text.outline import Block, Outline, Tape

MAX_LANGUAGES = 8
"""Changes of language or direction within one another, inside of a line."""

MAX_PICTURES = 30
"""In a document; a picture that comes again counts once, and stands where it came first."""

_SPACES = re.compile(r"[ \t\n\f]+")


@dataclass(slots=True, eq=False)
class _Inline:
    """Marked words; `start` is None until the first of them."""

    type: str
    attrs: Mapping[str, str]
    start: int | None = None


class Builder:
    """Takes blocks, words and line breaks in reading order and gives the `Document`.

    Every `open_…` must be matched by its `close_…`, properly nested.
    """

    def __init__(self) -> None:
        self._tape = Tape()
        self._outline = Outline(self._tape)
        self._pending = ""  # white space not yet written
        self._breaks = 0  # likewise
        self._blocks: list[Block | None] = []  # one for each open_block; None: not kept
        self._leaf_kinds: list[tuple[str, Mapping[str, str]]] = [("paragraph", {})]
        self._languages: list[Mapping[str, str]] = [{}]  # for the next block within
        self._inlines: list[_Inline | None] = []  # one for each open_inline; None: not kept
        self._open_inlines: dict[str, int] = {}
        self._waiting: list[_Inline] = []  # for their first word
        self._marked: list[Range] = []
        self._pictures: set[str] = set()  # their addresses

    def open_block(self, type_: str, attrs: Mapping[str, str]) -> None:
        """A block that holds others begins; where it may not stand, only its content counts."""
        self._end_leaf()
        block = self._outline.open(type_, {**self._languages[-1], **attrs})
        self._blocks.append(block)
        self._leaf_kinds.append(("paragraph", {}))
        self._languages.append({} if block else self._languages[-1])

    def close_block(self) -> None:
        """The block begun last ends."""
        self.close_leaf()
        block = self._blocks.pop()
        if block is not None:
            self._outline.close(block)

    def open_leaf(self, kind: str, attrs: Mapping[str, str], language: Mapping[str, str]) -> None:
        """Words up to the matching close form a block of type `kind` ("": of the one around)."""
        self._end_leaf()
        self._leaf_kinds.append((kind, attrs) if kind else self._leaf_kinds[-1])
        self._languages.append({**self._languages[-1], **language})

    def close_leaf(self) -> None:
        """What `open_leaf` began ends."""
        self._end_leaf()
        self._leaf_kinds.pop()
        self._languages.pop()

    def open_inline(self, type_: str, attrs: Mapping[str, str]) -> None:
        """Words up to the matching close are of `type_`; a second time says nothing new."""
        open_ = self._open_inlines.get(type_, 0)
        limit = MAX_LANGUAGES if type_ == "lang" else 1
        if open_ >= limit or (type_ == "lang" and not attrs) or attrs.get("href") == "":
            self._inlines.append(None)
            return
        self._open_inlines[type_] = open_ + 1
        inline = _Inline(type_, attrs)
        self._inlines.append(inline)
        self._waiting.append(inline)

    def close_inline(self) -> None:
        """The inline begun last ends."""
        inline = self._inlines.pop()
        if inline is None:
            return
        self._open_inlines[inline.type] -= 1
        if inline.start is None:
            self._waiting.remove(inline)
        else:
            self._mark(inline.type, inline.start, inline.attrs)

    def line_break(self) -> None:
        """The line ends here; two of these in a paragraph begin another one."""
        if self._in_pre():
            self._pending += "\n"
        elif self._outline.leaf_type():
            self._breaks += 1
            self._pending = ""

    def rule(self) -> None:
        """A line across parts what comes from what came."""
        self._end_leaf()
        self._outline.rule()

    def picture(self, attrs: Mapping[str, str]) -> None:
        """A picture stands here: `src` is its address, `alt` what it shows."""
        if attrs["src"] not in self._pictures and len(self._pictures) < MAX_PICTURES:
            self._pictures.add(attrs["src"])
            self._outline.picture(attrs)

    def text(self, text: str) -> None:
        """Words and white space, with LF line ends; the space counts as it does in a browser."""
        if not self._in_pre():
            text = _SPACES.sub(" ", text)
        words = text.strip()
        if not words:
            self._hold(text)
            return
        begin = text.index(words[0])
        self._hold(text[:begin])
        self._write_words(words)
        self._hold(text[begin + len(words) :])

    def finish(self) -> Document:
        """The document of all that was reported."""
        ranges = self._outline.finish()
        ranges += sorted(self._marked, key=lambda r: (r.start, -r.end))
        text = self._tape.text()
        if not unicodedata.is_normalized("NFC", text):
            text, moved = nfc_with_offsets(text, (o for r in ranges for o in (r.start, r.end)))
            ranges = [
                Range(r.type, moved[r.start], moved[r.end], r.attrs)
                for r in ranges
                if moved[r.start] < moved[r.end] or r.start == r.end
            ]
        return Document(text, tuple(ranges))

    def _in_pre(self) -> bool:
        return self._leaf_kinds[-1][0] == "pre"

    def _end_leaf(self) -> None:
        self._outline.end_leaf()
        self._pending, self._breaks = "", 0

    def _hold(self, space: str) -> None:
        if self._pending.endswith(" ") and not self._in_pre():
            space = space.removeprefix(" ")
        self._pending += space

    def _mark(self, type_: str, start: int, attrs: Mapping[str, str]) -> None:
        self._marked.append(Range(type_, start, self._tape.position, attrs))

    def _write_words(self, words: str) -> None:
        pending, breaks = self._pending, self._breaks
        if breaks > 1 and self._outline.leaf_type() == "paragraph":
            self._end_leaf()
        if not self._outline.leaf_type():
            kind, attrs = self._leaf_kinds[-1]
            self._outline.begin_leaf(kind, {**attrs, **self._languages[-1]})
            self._tape.write(pending.rpartition("\n")[2] if kind == "pre" else pending.lstrip(" "))
        elif breaks:
            self._tape.write("\n")
            self._mark("break", self._tape.position - 1, {})
            self._tape.write(pending.lstrip(" "))
        else:
            self._tape.write(pending)
        self._pending, self._breaks = "", 0
        for inline in self._waiting:
            inline.start = self._tape.position
        self._waiting.clear()
        self._tape.write(words)
