"""A document and its annotations to HTML, in one sweep over sorted boundaries.

All text is escaped here and only the elements and attributes named here are written, so that
nothing else can come out. Two invariants hold, in a browser too: the text content of the result
is the text, and the marks of a span, joined, are `text[start:end]` without block separators.
Marks are flat: `<mark data-a="3 17" data-k="allegation quote">` where two annotations overlap.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from reader.text.document import Document
from reader.text.elements import Shown, has_right_to_left, image, opening, tag
from reader.text.marks import Marks, reference
from reader.text.markup import WORDLESS, Range, Step, steps
from reader.text.spans import Layers, Runs, flatten

Pictures = Mapping[str, Shown]
"""What is shown for pictures, by their addresses."""

_NO_PICTURES: Pictures = MappingProxyType({})


def render(document: Document, layers: Layers = (), pictures: Pictures = _NO_PICTURES) -> str:
    """The HTML of `document` with the spans of `layers` marked, to stand inside any block.

    A mark names its annotations (`data-a`, ascending) and their kinds (`data-k`, sorted, each
    once); the first mark of a span says what begins in `data-start`, the last what ends in
    `data-end`. Where a span with an anchor begins stands an empty `<a class="ref">`, or a
    `<span class="ref" role="img">` where it leads nowhere or would be a link in a link. Of a
    picture that is not among `pictures` nothing is written: no address of another site ever is.
    Takes time linear in the text and in what it writes. Raises `ValueError` for a span that does
    not fit the text.
    """
    return _Sweep(document, layers, pictures).run()


class _Sweep:
    """One rendering: what is written so far, and what is open there."""

    def __init__(self, document: Document, layers: Layers, pictures: Pictures) -> None:
        self.text = document.text
        self.pictures = pictures
        self.blocks = list(document.blocks())
        self.auto_direction = has_right_to_left(self.text)
        self.out: list[str] = []
        self.closings: list[str] = []  # end tags of the open blocks
        self.open: list[tuple[Range, int]] = []  # open inlines, with where each ends
        inlines = list(document.inlines())
        leaves = document.leaves()
        self.breaks = {r.start for r in inlines if r.type == "break"}
        lines = Runs(_without(self.breaks, leaves) if self.breaks else leaves)
        self.marks = Marks(flatten(layers, len(self.text)), lines, Runs(leaves))
        self.inlines_from: defaultdict[int, list[tuple[Range, int]]] = defaultdict(list)
        self.inlines_to: set[int] = set()
        for inline in inlines:
            trimmed = lines.trim(inline.start, inline.end)
            if trimmed is not None:
                self.inlines_from[trimmed[0]].append((inline, trimmed[1]))
                self.inlines_to.add(trimmed[1])
        after_breaks = (position + 1 for position in self.breaks)
        cuts = {*self.marks.boundaries(), *self.inlines_from, *self.inlines_to}
        self.cuts = [*sorted(cuts.union(self.breaks, after_breaks)), len(self.text) + 1]
        self.next_cut = 0

    def run(self) -> str:
        """The whole HTML."""
        cursor = 0
        if not self.blocks:
            self._words(0, len(self.text))
            cursor = len(self.text)
        for step in steps(self.blocks):
            block = step.block
            position = block.end if step.kind == "end" else block.start
            self.out.append(self.text[cursor:position])
            cursor = position
            if step.kind == "end":
                self.out.append(self.closings.pop())
            elif step.kind == "begin":
                self._begin(step, words=False)
            else:
                self._leaf(step)
                cursor = block.end
        self.out.append(self.text[cursor:])
        return "".join(self.out)

    def _leaf(self, step: Step) -> None:
        block = step.block
        if block.type == "rule":
            self.out.append("<hr>")
        elif block.type == "picture":
            self._picture(step)
        elif block.type in WORDLESS:
            self._begin(step, words=False)
            self.out.append(self.text[block.start : block.end])
            self.out.append(self.closings.pop())
        else:
            self._begin(step, words=True)
            self._words(block.start, block.end)
            self.out.append(self.closings.pop())

    def _picture(self, step: Step) -> None:
        shown = self.pictures.get(step.block.attrs["src"])
        if shown is not None:
            written = image(step.block, shown)
            in_figure = step.holder == "figure"
            self.out.append(written if in_figure else f"<figure>{written}</figure>")

    def _begin(self, step: Step, *, words: bool) -> None:
        block = step.block
        if block.type == "row" and self.closings[-1] == "</table>":
            self.out.append("<tbody>")
            self.closings[-1] = "</tbody></table>"
        name = tag(block, step.holder)
        self.out.append(opening(name, block.attrs, auto_direction=words and self.auto_direction))
        if name == "pre":
            self.out.append("\n")  # which every parser takes away again
        self.closings.append(f"</{name}>")

    def _words(self, start: int, end: int) -> None:
        """Write the leaf `text[start:end]`, its breaks, inlines and marks."""
        for inline, _ in self.open:
            self._open_tag(inline)
        position = start
        while position < end:
            while self.cuts[self.next_cut] <= position:
                self.next_cut += 1
            stop = min(self.cuts[self.next_cut], end)
            self._refs(position, closing=False)
            for inline, inline_end in self.inlines_from.get(position, ()):
                self.open.append((inline, inline_end))
                self._open_tag(inline)
            self.marks.begin(position)
            if position in self.breaks:
                self.out.append("<br>\n")
            else:
                words = _escaped(self.text[position:stop])
                mark = self.marks.tag(stop)
                self.out.append(f"{mark}{words}</mark>" if mark else words)
            self.marks.end(stop)
            if stop < end and stop in self.inlines_to:
                self._close_inlines(stop)
            position = stop
        self._refs(end, closing=True)
        for inline, _ in reversed(self.open):
            self.out.append(f"</{tag(inline, '')}>")
        self.open = [(inline, inline_end) for inline, inline_end in self.open if inline_end > end]

    def _refs(self, position: int, *, closing: bool) -> None:
        for span in self.marks.refs(position, closing=closing):
            in_link = any(inline.type == "link" for inline, _ in self.open)
            self.out.append(reference(span, in_link=in_link))

    def _open_tag(self, inline: Range) -> None:
        self.out.append(opening(tag(inline, ""), inline.attrs))

    def _close_inlines(self, position: int) -> None:
        """Close what ends at `position`; what crosses it is closed and opened again."""
        ended = sum(inline_end == position for _, inline_end in self.open)
        again = []
        while ended:
            inline, inline_end = self.open.pop()
            self.out.append(f"</{tag(inline, '')}>")
            if inline_end == position:
                ended -= 1
            else:
                again.append((inline, inline_end))
        for item in reversed(again):
            self.open.append(item)
            self._open_tag(item[0])


def _without(breaks: Iterable[int], leaves: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines of `leaves`: what is left of them without the characters at `breaks`."""
    waiting = iter([*sorted(breaks), -1])
    position = next(waiting)
    for start, end in leaves:
        low = start
        while position >= 0 and position < end:
            if position > low:
                yield low, position
            low = max(low, position + 1)
            position = next(waiting)
        if low < end:
            yield low, end


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
