"""The blocks of a document in the making.

Blocks come to be with their first word (an empty table cell with its row), so that nothing
empty is kept and whatever separates two blocks is written once, when the second begins. Rules and
pictures, which have no words, wait for that block as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reader.text.markup import CHILDREN, FLOW, Range

MAX_NESTING = 30
"""Quotes, lists, tables and figures within one another; deeper ones give only their text."""

_NESTS = frozenset({"quote", "list", "table", "figure"})
_UNWRAPPED = frozenset({"item", "cell", "caption"})
_IMPLIED = {"list": ("item",), "table": ("row", "cell"), "row": ("cell",)}


class Tape:
    """The text written so far."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.position = 0  # in code points

    def write(self, text: str) -> None:
        """Add `text` at the end."""
        self._pieces.append(text)
        self.position += len(text)

    def text(self) -> str:
        """All of it."""
        return "".join(self._pieces)


@dataclass(slots=True, eq=False)
class _Entry:
    """A range in the making; `end` is known when it is over."""

    type: str
    start: int
    end: int
    attrs: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Block:
    """An open block that holds others; `entry` is None as long as there is no word in it."""

    type: str
    attrs: Mapping[str, str]
    parent: Block | None
    implied: bool = False
    entry: _Entry | None = None
    last_item: Block | None = None  # of a list
    empty_cells: list[Mapping[str, str]] = field(default_factory=list)  # of a row without words
    has_cells: bool = False  # of a row


@dataclass(slots=True)
class _Waiting:
    """A rule or picture that stands before the next block, if that is one of `within`."""

    type: str
    attrs: Mapping[str, str]
    within: Block | None


class Outline:
    """Takes the beginnings and ends of blocks in reading order and gives their ranges."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self._entries: list[_Entry] = []  # in document order
        self._open: list[Block] = []
        self._leaf: _Entry | None = None
        self._waiting: list[_Waiting] = []

    def open(self, type_: str, attrs: Mapping[str, str]) -> Block | None:
        """A block that holds others begins; None if none of that type may stand here."""
        while self._open and self._open[-1].implied and type_ not in self._welcome():
            self._end_block()
        if type_ in FLOW:
            self._imply()
        if type_ not in self._welcome():
            return None
        if type_ in _NESTS and sum(b.type in _NESTS for b in self._open) >= MAX_NESTING:
            return None
        return self._push(Block(type_, attrs, self._open[-1] if self._open else None))

    def close(self, block: Block) -> None:
        """`block` ends, and with it what was implied within."""
        while block in self._open:
            self._end_block()

    def begin_leaf(self, type_: str, attrs: Mapping[str, str]) -> None:
        """Words follow, in a block of `type_`."""
        self._imply()
        self._begin_blocks()
        self._leaf = self._enter(type_, attrs)

    def leaf_type(self) -> str:
        """The type of the leaf being written, or "" between two."""
        return self._leaf.type if self._leaf else ""

    def end_leaf(self) -> None:
        """No more words belong to the block of the words before, if any."""
        if self._leaf is not None:
            self._leaf.end = self._tape.position
            self._leaf = None

    def rule(self) -> None:
        """A line across parts what comes from what came, if there is both."""
        if self._tape.position and not any(one.type == "rule" for one in self._waiting):
            self._waiting.append(_Waiting("rule", {}, None))

    def picture(self, attrs: Mapping[str, str]) -> None:
        """A picture stands here. In a figure that has words already it is put above them."""
        figure = next((block for block in reversed(self._open) if block.type == "figure"), None)
        if figure is None or figure.entry is None:
            innermost = self._open[-1] if self._open else None
            self._waiting.append(_Waiting("picture", attrs, innermost))
            return
        place = self._entries.index(figure.entry) + 1
        while self._entries[place].type == "picture":
            place += 1
        start = figure.entry.start
        self._entries.insert(place, _Entry("picture", start, start, attrs))

    def finish(self) -> list[Range]:
        """The ranges of all blocks, parents before children."""
        self.end_leaf()
        while self._open:
            self._end_block()
        for one in self._waiting:
            if one.type == "picture" and self._tape.position:  # where are words, that is
                self._enter(one.type, one.attrs)
        return [Range(e.type, e.start, e.end, e.attrs) for e in _unwrapped(self._entries)]

    def _enter(self, type_: str, attrs: Mapping[str, str]) -> _Entry:
        entry = _Entry(type_, self._tape.position, self._tape.position, attrs)
        self._entries.append(entry)
        return entry

    def _welcome(self) -> frozenset[str]:
        return CHILDREN[self._open[-1].type if self._open else ""]

    def _push(self, block: Block) -> Block:
        self._open.append(block)
        return block

    def _imply(self) -> None:
        """Open what must stand between a list, table or row and words in it.

        In a list that is the item before, if there was one: so browsers show a list that
        stands between two items.
        """
        holder = self._open[-1] if self._open else None
        if holder is None or holder.type not in _IMPLIED:
            return
        if holder.last_item is not None:
            self._push(holder.last_item).implied = True
            return
        for type_ in _IMPLIED[holder.type]:
            self._push(Block(type_, {}, self._open[-1], implied=True))

    def _begin_blocks(self) -> None:
        """Part what comes from what came, and begin the open blocks that had no words so far."""
        new: list[Block] = []
        holder = self._open[-1] if self._open else None
        while holder is not None and holder.entry is None:
            new.append(holder)
            holder = holder.parent
        if holder is not None and holder.type == "row" and holder.has_cells:
            self._tape.write("\t")
        elif self._tape.position:
            self._tape.write("\n")
        self._enter_waiting(holder)
        for block in reversed(new):
            self._begin_block(block)
            self._enter_waiting(block)

    def _enter_waiting(self, holder: Block | None) -> None:
        """Enter what waited and may stand in `holder`; pictures go on waiting for a block that
        is still to begin, or where they may stand."""
        welcome = CHILDREN[holder.type if holder else ""]
        begun = [block for block in self._open if block.entry is not None]
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            is_early = one.within in self._open and one.within not in begun
            if not is_early and one.type in welcome:
                self._enter(one.type, one.attrs)
            elif one.type == "picture":
                self._waiting.append(one)

    def _begin_block(self, block: Block) -> None:
        block.entry = self._enter(block.type, block.attrs)
        for attrs in block.empty_cells:
            self._enter("cell", attrs)
            self._tape.write("\t")
        if block.type == "cell" and block.parent is not None:
            block.parent.has_cells = True

    def _end_block(self) -> None:
        block = self._open.pop()
        if block.entry is not None:
            block.entry.end = self._tape.position
            if block.type == "item" and block.parent is not None:
                block.parent.last_item = block
        elif block.type == "cell" and block.parent is not None:
            if block.parent.entry is None:
                block.parent.empty_cells.append(block.attrs)
            else:
                self._tape.write("\t")
                self._enter("cell", block.attrs)


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
