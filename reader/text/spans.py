"""What an annotation layer asks the renderer to mark, fitted to where there are words."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

_KIND = re.compile(r"[a-z-]+")
_HREF = re.compile(r"#|/|https?://")


@dataclass(frozen=True, slots=True)
class Span:
    """One contiguous piece of an annotation, `text[start:end]` in code points.

    `number` names the annotation on its page (all its pieces share it), `kind` is its kind.
    `anchor` is the id of the reference put where the span begins (give it to the first piece
    only), `href` where that leads, and `label` what a screen reader says there; `start_label` and
    `end_label` are what it says where the span's words begin and end.
    """

    start: int
    end: int
    number: int
    kind: str
    anchor: str = ""
    href: str = ""
    label: str = ""
    start_label: str = ""
    end_label: str = ""


Layers: TypeAlias = Sequence[Span] | Sequence[Sequence[Span]]
"""Spans, or several layers of them."""


def flatten(layers: Layers, length: int) -> list[Span]:
    """All spans of `layers`, ordered by number.

    Raises `ValueError` for one that does not fit a text of `length` code points (a wrong offset
    is refused, never guessed), whose kind is no lower-case word, or whose address is no page.
    """
    spans: list[Span] = []
    for item in layers:
        if isinstance(item, Span):
            spans.append(item)
        else:
            spans.extend(item)
    for span in spans:
        if not 0 <= span.start <= span.end <= length:
            raise ValueError(f"{span} is out of a text of {length} code points")
        if not _KIND.fullmatch(span.kind):
            raise ValueError(f"{span.kind!r} is no kind")
        if span.href and not _HREF.match(span.href):
            raise ValueError(f"{span.href!r} leads out of the web")
    spans.sort(key=lambda span: span.number)
    return spans


class Runs:
    """The stretches of a text that hold words: its leaves, or the lines within them."""

    def __init__(self, bounds: Iterable[tuple[int, int]]) -> None:
        """`bounds` are half-open, in order and apart, none empty."""
        pairs = list(bounds)
        self.starts = [start for start, _ in pairs]
        self.ends = [end for _, end in pairs]

    def trim(self, start: int, end: int) -> tuple[int, int] | None:
        """`start` and `end` moved towards each other onto words; None if there are none."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end) - 1
        if first > last or start >= end:
            return None
        return max(start, self.starts[first]), min(end, self.ends[last])

    def place(self, position: int, *, after: bool) -> tuple[int, bool]:
        """The spot nearest to `position` from there on, else the last one, and whether it is at
        a run's end. `after` says that words follow: then the end of a run is not the spot.

        A text without words has the spot 0, at its end.
        """
        if not self.starts:
            return 0, True
        find = bisect_right if after else bisect_left
        index = find(self.ends, position)
        if index == len(self.ends):
            return self.ends[-1], True
        spot = max(position, self.starts[index])
        return spot, spot == self.ends[index]
