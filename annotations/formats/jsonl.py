"""JSON Lines: everything, without loss. Each line is one record, its fields by their names.

docs/formats.md describes it; `annotations.formats.reading` reads it again.
"""

from collections.abc import Iterable, Iterator

import orjson

from annotations.formats.records import Record


def write(records: Iterable[Record]) -> Iterator[bytes]:
    """The records as lines of UTF-8, each with its line end."""
    for record in records:
        yield orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
