"""Builds a document from front to back, as a parser reports what it meets.

Blocks come to be with their first word (an empty table cell with its row), so that nothing
empty is kept, and white space is held back until a word shows that it is needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from reader.text.document import Document
from reader.text.markup import CHILDREN, FLOW, Range
from reader.text.normalize import nfc_with_offsets

MAX_NESTING = 30
"""Quotes, lists, tables and figures within one another; deeper ones give only their text."""

MAX_LANGUAGES = 8
"""Changes of language or direction within one another, inside of a line."""

_NESTS = frozenset({"quote", "list", "table", "figure"})
_UNWRAPPED = frozenset({"item", "cell", "caption"})
_IMPLIED = {"list": ("item",), "table": ("row", "cell"), "row": ("cell",)}
_SPACES = re.compile(r"[ \t\n\f]+")


@dataclass(slots=True)
class _Entry:
    """A range in the making; `end` is known when it is over."""

    type: str
    start: int
    end: int = -1
    attrs: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class _Block:
    """A block with others in it; `entry` is None until there is a word in it."""

    type: str
    attrs: dict[str, str]
    parent: _Block | None
    implied: bool = False
    entry: _Entry | None = None
    last_item: _Block | None = None  # of a list
    empty_cells: list[dict[str, str]] = field(default_factory=list)  # of a row without words yet
    has_cells: bool = False  # of a row


@dataclass(slots=True, eq=False)
class _Inline:
    """Marked words; `start` is None until the first of them."""

    type: str
    attrs: dict[str, str]
    start: int | None = None


class Builder:
    """Takes blocks, words and line breaks in reading order and gives the `Document`.

    Every `open_…` must be matched by its `close_…`, properly nested.
    """

    def __init__(self) -> None:
        self._chunks: list[str] = []
        self._position = 0
        self._pending = ""  # white space not yet written
        self._breaks = 0
        self._rule = False
        self._entries: list[_Entry] = []  # blocks, in document order
        self._leaf: _Entry | None = None
        self._blocks: list[_Block] = []
        self._opened: list[_Block | None] = []  # one for each open_block; None: not kept
        self._leaf_kinds: list[tuple[str, dict[str, str]]] = [("paragraph", {})]
        self._languages: list[dict[str, str]] = [{}]  # for the next block within
        self._inlines: list[_Inline | None] = []  # one for each open_inline; None: not kept
        self._open_inlines: dict[str, int] = {}
        self._waiting: list[_Inline] = []
        self._marked: list[Range] = []

    def open_block(self, type_: str, attrs: Mapping[str, str]) -> None:
        """A block that holds others begins; where it may not stand, only its content counts."""
        self._end_leaf()
        self._leaf_kinds.append(("paragraph", {}))
        block = self._place(type_, {**self._languages[-1], **attrs})
        self._opened.append(block)
        self._languages.append({} if block else self._languages[-1])

    def close_block(self) -> None:
        """The block begun last ends."""
        self._end_leaf()
        self._leaf_kinds.pop()
        self._languages.pop()
        block = self._opened.pop()
        while block in self._blocks:  # and with it what was implied within
            self._end_block()

    def open_leaf(self, kind: str, attrs: Mapping[str, str], language: Mapping[str, str]) -> None:
        """Words up to the matching close form a block of type `kind` ("": of the one around)."""
        self._end_leaf()
        self._leaf_kinds.append((kind, dict(attrs)) if kind else self._leaf_kinds[-1])
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
        inline = _Inline(type_, dict(attrs))
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
            self._marked.append(Range(inline.type, inline.start, self._position, inline.attrs))

    def line_break(self) -> None:
        """The line ends here; two of these in a paragraph begin another one."""
        if self._leaf_kinds[-1][0] == "pre":
            self._pending += "\n"
        elif self._leaf is not None:
            self._breaks += 1
            self._pending = ""

    def rule(self) -> None:
        """A line across parts what comes from what came."""
        self._end_leaf()
        self._rule = self._position > 0

    def text(self, text: str) -> None:
        """Words and white space, with LF line ends; white space counts as it does in a browser."""
        if self._leaf_kinds[-1][0] != "pre":
            text = _SPACES.sub(" ", text)
        core = text.strip()
        if not core:
            self._hold(text)
            return
        begin = text.index(core[0])
        self._hold(text[:begin])
        self._write_words(core)
        self._hold(text[begin + len(core) :])

    def finish(self) -> Document:
        """The document of all that was reported."""
        self._end_leaf()
        while self._blocks:
            self._end_block()
        ranges = [Range(e.type, e.start, e.end, e.attrs) for e in _unwrapped(self._entries)]
        ranges += sorted(self._marked, key=lambda r: (r.start, -r.end))
        text = "".join(self._chunks)
        if not unicodedata.is_normalized("NFC", text):
            text, moved = nfc_with_offsets(text, (o for r in ranges for o in (r.start, r.end)))
            ranges = [
                Range(r.type, moved[r.start], moved[r.end], r.attrs)
                for r in ranges
                if moved[r.start] < moved[r.end] or r.start == r.end
            ]
        return Document(text, tuple(ranges))

    def _hold(self, space: str) -> None:
        if self._leaf_kinds[-1][0] != "pre" and (self._pending or "x")[-1] == " ":
            space = space.removeprefix(" ")
        self._pending += space

    def _write(self, text: str) -> None:
        self._chunks.append(text)
        self._position += len(text)

    def _write_words(self, words: str) -> None:
        if self._breaks > 1 and self._leaf is not None and self._leaf.type == "paragraph":
            self._end_leaf()
        if self._leaf is None:
            pending = self._pending
            self._begin_leaf()
            if self._leaf_kinds[-1][0] == "pre":
                self._write(pending.rpartition("\n")[2])
            else:
                self._write(pending.lstrip(" "))
        elif self._breaks:
            self._marked.append(Range("break", self._position, self._position + 1))
            self._write("\n")
            self._write(self._pending.lstrip(" "))
        else:
            self._write(self._pending)
        self._pending, self._breaks = "", 0
        for inline in self._waiting:
            inline.start = self._position
        self._waiting.clear()
        self._write(words)

    def _begin_leaf(self) -> None:
        if self._blocks and self._blocks[-1].type in _IMPLIED:
            self._imply(self._blocks[-1])
        self._begin_blocks()
        kind, attrs = self._leaf_kinds[-1]
        self._leaf = _Entry(kind, self._position, -1, {**attrs, **self._languages[-1]})
        self._entries.append(self._leaf)

    def _end_leaf(self) -> None:
        if self._leaf is not None:
            self._leaf.end = self._position
            self._leaf = None
        self._pending, self._breaks = "", 0

    def _place(self, type_: str, attrs: dict[str, str]) -> _Block | None:
        """Open a block of `type_` here, or give None where it may not stand."""
        while self._blocks and self._blocks[-1].implied and type_ not in self._welcome():
            self._end_block()
        if type_ in FLOW and self._blocks and self._blocks[-1].type in _IMPLIED:
            self._imply(self._blocks[-1])
        if type_ not in self._welcome():
            return None
        if type_ in _NESTS and sum(b.type in _NESTS for b in self._blocks) >= MAX_NESTING:
            return None
        return self._push(_Block(type_, attrs, self._blocks[-1] if self._blocks else None))

    def _welcome(self) -> frozenset[str]:
        return CHILDREN[self._blocks[-1].type if self._blocks else ""]

    def _push(self, block: _Block) -> _Block:
        self._blocks.append(block)
        return block

    def _imply(self, holder: _Block) -> None:
        """Open what must stand between `holder` and words; after an item, go on with that one."""
        if holder.last_item is not None:
            self._push(holder.last_item).implied = True
            return
        for type_ in _IMPLIED[holder.type]:
            self._push(_Block(type_, {}, self._blocks[-1], implied=True))

    def _begin_blocks(self) -> None:
        """Part what comes from what came, and begin the open blocks that had no words so far."""
        new: list[_Block] = []
        holder = self._blocks[-1] if self._blocks else None
        while holder is not None and holder.entry is None:
            new.append(holder)
            holder = holder.parent
        if holder is not None and holder.type == "row" and holder.has_cells:
            self._write("\t")
        elif self._position:
            self._write("\n")
        if self._rule and "rule" in CHILDREN[holder.type if holder else ""]:
            self._entries.append(_Entry("rule", self._position, self._position))
        self._rule = False
        for block in reversed(new):
            self._begin_block(block)

    def _begin_block(self, block: _Block) -> None:
        block.entry = _Entry(block.type, self._position, -1, block.attrs)
        self._entries.append(block.entry)
        for attrs in block.empty_cells:
            self._entries.append(_Entry("cell", self._position, self._position, attrs))
            self._write("\t")
        if block.type == "cell" and block.parent is not None:
            block.parent.has_cells = True

    def _end_block(self) -> _Block:
        block = self._blocks.pop()
        if block.entry is not None:
            block.entry.end = self._position
            if block.type == "item" and block.parent is not None:
                block.parent.last_item = block
        elif block.type == "cell" and block.parent is not None:
            if block.parent.entry is None:
                block.parent.empty_cells.append(block.attrs)
            else:
                self._write("\t")
                self._entries.append(_Entry("cell", self._position, self._position, block.attrs))
        return block


def _unwrapped(entries: list[_Entry]) -> list[_Entry]:
    """`entries` without the paragraphs that are all there is in a list item, cell or caption."""
    kept: list[_Entry] = []
    for entry in entries:
        holder = kept[-1] if kept else None
        if (
            holder is not None
            and entry.type == "paragraph"
            and holder.type in _UNWRAPPED
            and (holder.start, holder.end) == (entry.start, entry.end)
        ):
            holder.attrs = {**holder.attrs, **entry.attrs}
        else:
            kept.append(entry)
    return kept
