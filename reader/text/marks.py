"""The annotations of one rendering: which of them cover the words at hand."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape

from reader.text.spans import Runs, Span


class Marks:
    """Spans by the positions where they begin and end, and those that are open now.

    A span is first trimmed to words, so that each begins and ends in a line, not between two.
    """

    def __init__(self, spans: list[Span], lines: Runs, leaves: Runs) -> None:
        """`spans` ordered by number; `lines` are the stretches that may be marked."""
        self._spans = spans
        self._from: defaultdict[int, list[int]] = defaultdict(list)
        self._to: defaultdict[int, list[int]] = defaultdict(list)
        self._refs: defaultdict[tuple[int, bool], list[Span]] = defaultdict(list)
        self._open: list[int] = []  # indexes into spans, ascending
        self._tag = ""
        self._starting: list[int] = []  # indexes of spans begun, but not yet announced
        for index, span in enumerate(spans):
            trimmed = lines.trim(span.start, span.end)
            if trimmed is not None:
                self._from[trimmed[0]].append(index)
                self._to[trimmed[1]].append(index)
            if span.anchor:
                start = trimmed[0] if trimmed else span.start
                self._refs[leaves.place(start, after=trimmed is not None)].append(span)

    def boundaries(self) -> Iterator[int]:
        """The positions at which something begins or ends."""
        yield from self._from
        yield from self._to
        for position, _ in self._refs:
            yield position

    def begin(self, position: int) -> None:
        """Open what begins at `position`."""
        if position in self._from:
            for index in self._from[position]:
                insort(self._open, index)
            self._starting = sorted(self._from[position])
            self._renew()

    def end(self, position: int) -> None:
        """Close what ends at `position`."""
        if position in self._to:
            for index in self._to[position]:
                del self._open[bisect_left(self._open, index)]
            self._renew()

    def tag(self, end: int) -> str:
        """The start tag of the mark for words up to `end`, or "" if none is open."""
        starting, self._starting = self._starting, []
        if not self._tag or not (starting or end in self._to):
            return self._tag
        starts = (self._spans[index].start_label for index in starting)
        ends = (self._spans[index].end_label for index in sorted(self._to.get(end, ())))
        return f"{self._tag[:-1]}{_spoken('start', starts)}{_spoken('end', ends)}>"

    def refs(self, position: int, *, closing: bool) -> list[Span]:
        """The spans whose reference stands at `position`, with `closing` at a block's end."""
        return self._refs.get((position, closing), [])

    def _renew(self) -> None:
        spans = [self._spans[index] for index in self._open]
        if spans:
            numbers = " ".join(str(n) for n in dict.fromkeys(span.number for span in spans))
            kinds = " ".join(sorted({span.kind for span in spans}))
            self._tag = f'<mark data-a="{numbers}" data-k="{kinds}">'
        else:
            self._tag = ""


def _spoken(name: str, labels: Iterable[str]) -> str:
    spoken = ", ".join(filter(None, labels))
    return f' data-{name}="{escape(spoken)}"' if spoken else ""


def reference(span: Span, *, in_link: bool) -> str:
    """The empty element by which `span` is found, announced and, if not in a link, followed."""
    shared = f'class="ref" id="{escape(span.anchor)}" data-k="{span.kind}" data-n="{span.number}"'
    label = f' aria-label="{escape(span.label)}"' if span.label else ""
    if in_link or not span.href:
        return f'<span {shared} role="img"{label}></span>'
    return f'<a {shared} href="{escape(span.href)}"{label}></a>'
