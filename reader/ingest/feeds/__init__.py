"""Feeds: from the bytes that a server sent to titles, links, dates and texts. Pure.

See docs/feeds.md for the rules. Everything that cannot be read raises `Unreadable`, with a
message for people; everything else gives what could be read.
"""

from reader.ingest.feeds.dates import Stated, read_date
from reader.ingest.feeds.discovery import FoundFeed, discover
from reader.ingest.feeds.encoding import decode
from reader.ingest.feeds.json_feed import read_json
from reader.ingest.feeds.model import Entry, ParsedFeed
from reader.ingest.feeds.xml import read_xml
from reader.ingest.files import Unreadable

__all__ = [
    "MAX_BYTES",
    "Entry",
    "FoundFeed",
    "ParsedFeed",
    "Stated",
    "Unreadable",
    "discover",
    "parse",
    "read_date",
]

MAX_BYTES = 10_000_000
"""The largest feed that is read."""


def parse(content: bytes, url: str, content_type: str = "") -> ParsedFeed:
    """The feed in `content`, which came from the address `url`, uncompressed.

    `url` is what relative addresses are seen from; `content_type` is the server's header, whose
    charset counts. RSS 0.9x, 1.0, 1.1 and 2.0, Atom 0.3 and 1.0, CDF, JSON Feed 1.0 and 1.1.

    Raises `Unreadable` for what is no feed, too large, or made to harm.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable(
            f"The feed has {len(content) / 1e6:.1f} MB; {MAX_BYTES / 1e6:.0f} MB is the most."
        )
    source = decode(content, content_type)
    start = source.lstrip("\ufeff \t\r\n\0")[:1]
    if not start:
        raise Unreadable("There is nothing at this address: the answer is empty.")
    if start in "{[":
        return read_json(source, url)
    if "<" not in source:
        raise Unreadable("There is no feed here: no RSS, no Atom, and no JSON Feed.")
    return read_xml(source, url)
