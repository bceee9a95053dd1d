"""An article's text with its markup beside it: the one form in which it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reader.text.markup import CHILDREN, INLINE, WORDLESS, Range, check_attrs, holds, steps
from reader.text.normalize import is_storable

ASCII_SPACE = " \t\n\f"


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its markup: blocks in document order, parents before children, then inlines.

    A block with no block in it is a leaf and holds words; a text without blocks is one leaf.
    What stands outside of leaves separates blocks (LF, tab) and is white space. A picture is an
    empty block. Inline ranges come ordered by start and may cross blocks and each other; only
    links may not overlap.

    Raises `ValueError` when the text cannot be stored (NUL, CR, lone surrogate), or the markup
    is out of bounds, unknown, out of order, badly nested, or carries what it may not.
    """

    text: str
    markup: tuple[Range, ...] = ()

    def __post_init__(self) -> None:
        if not is_storable(self.text):
            raise ValueError("the text holds a NUL, a carriage return or a lone surrogate")
        self._check_ranges()
        self._check_separators()

    def to_json(self) -> list[list[Any]]:
        """The markup as JSON-able rows: `[type, start, end]` or `[type, start, end, attrs]`."""
        return [
            [r.type, r.start, r.end, dict(r.attrs)] if r.attrs else [r.type, r.start, r.end]
            for r in self.markup
        ]

    @classmethod
    def from_json(cls, text: str, data: Sequence[Sequence[Any]]) -> Document:
        """The document of `text` and of rows as `to_json` gives them; else `ValueError`."""
        try:
            return cls(text, tuple(Range(*row) for row in data))
        except (TypeError, AttributeError) as error:
            raise ValueError(f"not the markup of a text: {error}") from error

    def blocks(self) -> Iterator[Range]:
        """The ranges that are blocks, in document order."""
        return (r for r in self.markup if r.type not in INLINE)

    def inlines(self) -> Iterator[Range]:
        """The ranges that mark words within blocks, ordered by start."""
        return (r for r in self.markup if r.type in INLINE)

    def pictures(self) -> list[str]:
        """The addresses of its pictures, each once, in order."""
        found = (block.attrs["src"] for block in self.blocks() if block.type == "picture")
        return list(dict.fromkeys(found))

    def leaves(self) -> list[tuple[int, int]]:
        """Bounds (code points) of the pieces that hold words, in order, none empty."""
        bounds = [
            (step.block.start, step.block.end)
            for step in steps(self.blocks())
            if step.kind == "leaf"
            and step.block.end > step.block.start
            and step.block.type not in WORDLESS
        ]
        if not bounds and self.text and next(self.blocks(), None) is None:
            return [(0, len(self.text))]
        return bounds

    def slice(self, start: int, end: int) -> Document:
        """The document of `text[start:end]`, its markup clipped and shifted. A picture goes with
        what follows it.

        Raises `ValueError` unless `0 <= start <= end <= len(text)`.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"no {start}:{end} in a text of {len(self.text)} code points")
        kept: list[Range] = []
        open_: list[Range] = []
        for r in self.markup:
            low, high = max(r.start, start), min(r.end, end)
            if low > high or (low == high and r.start < r.end):
                continue
            if r.type == "picture" and r.start == end < len(self.text):
                continue
            if r.type in INLINE:
                kept.append(Range(r.type, low - start, high - start, r.attrs))
                continue
            while open_ and not holds(open_[-1], r):
                open_.pop()
            if r.type not in CHILDREN[open_[-1].type if open_ else ""]:
                continue
            open_.append(r)
            kept.append(Range(r.type, low - start, high - start, r.attrs))
        return Document(self.text[start:end], tuple(kept))

    def _check_ranges(self) -> None:
        length = len(self.text)
        inline_seen = False
        before = link_end = 0
        for r in self.markup:
            if type(r.start) is not int or type(r.end) is not int:
                raise ValueError(f"{r} needs whole numbers")
            if not 0 <= r.start <= r.end <= length:
                raise ValueError(f"{r} is out of a text of {length} code points")
            if r.attrs or r.type in ("heading", "link", "picture"):
                check_attrs(r)
            if r.type in INLINE:
                if not inline_seen:
                    inline_seen, before = True, 0
                if r.type == "link":
                    if r.start < link_end:
                        raise ValueError(f"{r} overlaps another link")
                    link_end = r.end
                elif r.type == "break" and self.text[r.start : r.end] != "\n":
                    raise ValueError(f"{r} is not the line feed it should be")
            elif r.type not in CHILDREN:
                raise ValueError(f"{r} is of no known type")
            elif r.type == "picture" and r.start < r.end:
                raise ValueError(f"{r} is a picture with words")
            elif inline_seen:
                raise ValueError(f"{r} comes after an inline range")
            if r.start < before:
                raise ValueError(f"{r} is out of order")
            before = r.start

    def _check_separators(self) -> None:
        blocks = list(self.blocks())
        if not blocks:
            return
        cursor = 0
        for step in steps(blocks):
            position = step.block.end if step.kind == "end" else step.block.start
            self._check_separator(cursor, position, step.holder)
            cursor = step.block.end if step.kind == "leaf" else position
            if step.kind == "leaf" and step.block.type in WORDLESS:
                self._check_separator(step.block.start, step.block.end, step.block.type)
        self._check_separator(cursor, len(self.text), "")

    def _check_separator(self, start: int, end: int, holder: str) -> None:
        gap = self.text[start:end]
        if gap and (gap.strip(ASCII_SPACE) if holder in WORDLESS else gap.strip()):
            raise ValueError(f"words outside of blocks at {start}:{end}")
