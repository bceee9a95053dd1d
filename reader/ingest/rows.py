"""Prepared articles, one JSON object a line (JSON Lines)."""

import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from reader.ingest.details import check_details
from reader.ingest.files import MAX_BYTES
from reader.ingest.incoming import Arrival, Incoming, Refusal, from_page, from_text
from reader.services.errors import Refused

KEYS = ("title", "url", "published_on", "byline", "publication", "language", "text", "html")
"""What is read of a row, all of it optional but the text or HTML; other keys are passed over."""

# JSON may write each byte of a text as six, and there are other keys.
MAX_LINE = 8 * MAX_BYTES


def rows(lines: BinaryIO, where: str, advance: Callable[[int], object]) -> Iterator[Arrival]:
    """The articles of a file, read line by line.

    Args:
        where: the file, for people; the number of the line is added.
        advance: is told how many bytes have been read since it was told last.
    """
    number = 0
    while line := lines.readline(MAX_LINE):
        number += 1
        place = f"{where}:{number}"
        advance(len(line))
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            _skip_line(lines, advance)
            yield Refusal(place, f"The line is longer than {MAX_LINE / 1e6:.0f} MB.")
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")  # a BOM is no part of it
        if line.strip():
            try:
                yield read_row(line, place)
            except Refused as refused:
                yield Refusal(place, refused.message)


def read_row(line: bytes, where: str) -> Incoming:
    """One article; where both are given, its HTML counts and not its text.

    Raises:
        Refused: it is no JSON object in UTF-8, or something in it cannot be kept.
    """
    given = {key: _words(value, key) for key, value in _parsed(line).items() if key in KEYS}
    details = check_details(given)
    if given.get("html"):
        return from_page(given["html"], details, where=where)
    return from_text(given.get("text", ""), details, where=where)


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode())
    except UnicodeDecodeError:
        raise Refused("The line is not UTF-8.") from None
    except RecursionError:
        raise Refused("The line nests too deeply.") from None
    except json.JSONDecodeError as error:
        raise Refused(f"The line is not JSON: {error.msg} at character {error.pos + 1}.") from None
    except ValueError:  # a number of thousands of digits
        raise Refused("The line is not JSON that can be read.") from None
    if not isinstance(row, dict):
        raise Refused("The line is not a JSON object.")
    return row


def _words(value: object, key: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(f"“{key}” must be a text, in quotation marks.", key)
    return value


def _skip_line(lines: BinaryIO, advance: Callable[[int], object]) -> None:
    while rest := lines.readline(MAX_LINE):
        advance(len(rest))
        if rest.endswith(b"\n"):
            return
