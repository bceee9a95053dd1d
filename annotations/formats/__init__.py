"""What a project's annotations can be exported as: one module a format, one table of them all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from annotations.formats import jsonl
from annotations.formats.records import Record


@dataclass(frozen=True, slots=True)
class Format:
    """A format; views, commands and docs/formats.md take what they say of it from here.

    `write` gives the file in pieces, none of them larger than one record needs.
    """

    name: str
    extension: str
    media_type: str
    label: str
    description: str
    write: Callable[[Iterable[Record]], Iterator[bytes]]


FORMATS = {
    one.name: one
    for one in [
        Format(
            name="jsonl",
            extension="jsonl",
            media_type="application/jsonl; charset=utf-8",
            label="JSON Lines",
            description="Everything, without loss, one object a line. Can be imported again.",
            write=jsonl.write,
        ),
    ]
}
