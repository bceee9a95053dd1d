"""Passages as the layer of marks that the renderer lays over a text."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from annotations.pages.cards import who
from annotations.pages.labels import labels
from annotations.passage import Passage
from annotations.spans import Extent, merge
from reader.text import Document, Span, render, sentence_around


def numbered(passages: Sequence[Passage]) -> dict[UUID, int]:
    """Numbers of this page, in the order of the text, from 1."""
    return {passage.id: number for number, passage in enumerate(passages, start=1)}


def spans(passages: Sequence[Passage], numbers: Mapping[UUID, int]) -> list[Span]:
    """One span a fragment; the first of each annotation carries its address and spoken name, the
    others say that it goes on."""
    layer: list[Span] = []
    called = labels()
    for passage in passages:
        number = numbers[passage.id]
        kind = called.kinds[passage.kind]
        spoken = {"kind": called.nouns[passage.kind], "number": number}
        placed = [(p.start, p.end) for p in passage.pieces if p.start is not None]
        for position, (start, end) in enumerate(placed):
            layer.append(
                Span(
                    start=start,
                    end=end or start,
                    number=number,
                    kind=passage.kind,
                    anchor="" if position else f"a-{passage.id}",
                    href="" if position else f"#c-{passage.id}",
                    label="" if position else f"{kind} {number}: {who(passage, called)}",
                    start_label=called.goes_on % spoken if position else "",
                    end_label=called.end % spoken,
                )
            )
    return layer


def excerpts(document: Document, layer: Sequence[Span]) -> list[str]:
    """Each marked passage with the sentence around it, as HTML, in the order of the text."""
    around: list[Extent] = [sentence_around(document.text, span.start, span.end) for span in layer]
    parts = []
    for start, end in merge(around):
        inside = [
            Span(
                start=span.start - start,
                end=span.end - start,
                number=span.number,
                kind=span.kind,
                anchor=span.anchor,
                href=span.href,
                label=span.label,
                start_label=span.start_label,
                end_label=span.end_label,
            )
            for span in layer
            if start <= span.start and span.end <= end
        ]
        parts.append(render(document.slice(start, end), inside))
    return parts
