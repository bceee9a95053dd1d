"""Lists of feeds as readers exchange them: OPML in and out, and FOAF in. Pure.

What is broken gives what could be read, and `problems` say what could not.
"""

from reader.ingest.feeds.balance import balance
from reader.ingest.feeds.encoding import decode
from reader.ingest.feeds.names import canonical
from reader.ingest.feeds.source import prepare
from reader.ingest.feeds.xml import xml_events
from reader.ingest.files import Unreadable
from reader.ingest.opml.foaf import Foaf
from reader.ingest.opml.model import Collected, OpmlFeed, ParsedOpml
from reader.ingest.opml.outlines import Outlines
from reader.ingest.opml.writing import write

__all__ = ["MAX_BYTES", "OpmlFeed", "ParsedOpml", "Unreadable", "parse", "write"]

MAX_BYTES = 10_000_000
"""The largest file that is read."""

MAX_ELEMENTS = 100_000
"""Elements that are read of one file, each of which may be a feed."""


def parse(content: bytes) -> ParsedOpml:
    """The list of feeds in `content`. A feed that stands there twice comes once, with the labels
    of both.

    Raises `Unreadable` for what is no such list, too large, or made to harm.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable(
            f"The file has {len(content) / 1e6:.1f} MB; {MAX_BYTES / 1e6:.0f} MB is the most."
        )
    source = prepare(decode(content))
    found = _collect(source)
    if found.faults:
        faults, found = found.faults, _collect(balance(source).source)
        found.problems[:0] = faults[:1]
    return found.result()


def _collect(source: str) -> Collected:
    """What the XML `source` lists. Raises `Unreadable`."""
    found = Collected()
    reader: Outlines | Foaf | None = None
    count = 0
    for event, element in xml_events(source, found.faults):
        name = canonical(str(element.tag)).rpartition(":")[2]
        if reader is None:
            _check_root(name)
            reader = Foaf(found) if name == "rdf" else Outlines(found)
        if event == "start":
            count += 1
            reader.start(name, element)
        else:
            reader.end(name, element)
            element.clear()
        if count > MAX_ELEMENTS:
            found.problems.append(f"Only the first {len(found.feeds):,} feeds were read.")
            break
    if reader is None:
        raise Unreadable("This is no OPML file.")
    return found


def _check_root(name: str) -> None:
    if name in ("rss", "feed", "channel"):
        raise Unreadable("This is a feed, not a list of feeds. Subscribe to its address instead.")
    if name in ("html", "head", "p", "div"):
        raise Unreadable("This is a web page, not an OPML file.")
    if name not in ("opml", "rdf", "body", "outline"):
        raise Unreadable("This is no OPML file.")
