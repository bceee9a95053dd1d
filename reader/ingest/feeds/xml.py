"""XML feeds: RSS 0.9x, 1.0, 1.1 and 2.0, Atom 0.3 and 1.0, CDF.

Read entry by entry, so that no feed is in memory as a tree, by a parser that reads on behind
errors. That is lxml and not feedparser, whose time is not bounded: a feed of 1.3 MB that
declares 40,000 namespaces takes it two minutes, and an ordinary one 2 to 6 ms an entry.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from reader.ingest.feeds.balance import balance
from reader.ingest.feeds.channel import read_channel
from reader.ingest.feeds.elements import Context
from reader.ingest.feeds.entries import read_entry
from reader.ingest.feeds.model import Entry, ParsedFeed
from reader.ingest.feeds.names import canonical
from reader.ingest.feeds.source import prepare
from reader.ingest.files import Unreadable

MAX_ENTRIES = 5_000
"""Entries that are read of one feed, from its start: where the new ones are."""

MAX_ELEMENTS = 300_000
"""Elements that are read of one feed; an entry has some ten, or a hundred in XHTML."""

_ENTRIES = frozenset({"item", "entry"})
_ROOTS = frozenset({"rss", "rdf:rdf", "feed", "channel"})
_HTML = frozenset({"html", "head", "body", "xhtml:html", "script", "div", "p", "title", "h1"})
_ROOT = re.compile(r"\s*<(?:rss|feed|channel)\s[^<>]{0,5000}>", re.IGNORECASE)
_DEFAULT_SPACE = re.compile(r"""(\sxmlns\s*=\s*["'])([^"'<>]*)(["'])""")
_VERSIONS = {"http://purl.org/atom/ns#": "0.3", "http://www.w3.org/2005/atom": "1.0"}


class _Found(NamedTuple):
    root: Element
    entries: list[Entry]
    problems: list[str]
    broken: bool


def read_xml(source: str, url: str) -> ParsedFeed:
    """The feed in the XML `source`, found at `url`.

    What breaks off, or is too long, gives what could be read and says so in `problems`.
    Raises `Unreadable`.
    """
    source = _in_known_namespace(prepare(source))
    found = _walk(source, url)
    if found is None:
        raise Unreadable("There is no feed here: no RSS, no Atom, and no JSON Feed.")
    if found.broken:
        found = _repaired(source, url, found)
    root, entries, problems, _ = found
    name = canonical(str(root.tag))
    outer = Context(url, "", atom=name == "feed")
    holders = [c for c in root if canonical(str(c.tag)) == "channel"]
    feed = ParsedFeed(
        kind=_kind(root, name),
        **read_channel(holders[0] if holders else root, outer.within(root) if holders else outer),
        problems=tuple(problems),
    )
    inherited = feed.byline if outer.atom else ""  # RFC 4287, section 4.1.1
    return replace(
        feed,
        entries=tuple(
            replace(
                entry, byline=entry.byline or inherited, language=entry.language or feed.language
            )
            for entry in entries
        ),
    )


def _in_known_namespace(source: str) -> str:
    """`source` with a namespace of RSS in place of one that nobody knows on its root element."""
    root = _ROOT.match(source)
    space = _DEFAULT_SPACE.search(root[0]) if root else None
    if space is None or not canonical(f"{{{space[2]}}}rss").startswith("?"):
        return source
    known = f"{space[1]}http://backend.userland.com/rss{space[3]}"
    return source[: space.start()] + known + source[space.end() :]


def _walk(source: str, url: str) -> _Found | None:
    """The root element with all but the entries, the entries, and what went wrong."""
    entries: list[Entry] = []
    problems: list[str] = []
    faults: list[str] = []
    root: Element | None = None
    inside: Element | None = None  # the entry that is open
    context = Context(url, "", atom=False)
    count = 0
    for event, element in xml_events(source, faults):
        name = canonical(str(element.tag))
        if event == "start":
            count += 1
            if root is None:
                root = element
                _check_root(name)
                context = Context(url, "", atom=name == "feed").within(root)
            elif inside is None and name in _ENTRIES:
                inside = element
            if count > MAX_ELEMENTS:
                problems.append(f"Only the first {len(entries)} entries were read: it is too long.")
                break
        elif element is inside:
            entries.append(read_entry(element, _around(element, context)))
            element.clear()
            inside = None
            if len(entries) == MAX_ENTRIES:
                problems.append(f"Only the first {MAX_ENTRIES:,} entries were read.")
                break
    return None if root is None else _Found(root, entries, faults + problems, bool(faults))


def _repaired(source: str, url: str, broken: _Found) -> _Found:
    """The same of XML that is broken. An entry that the end of the file cuts off is left out,
    since it may lack half of its words."""
    balanced, open_elements = balance(source)
    found = _walk(balanced, url) or broken
    problems = broken.problems[:1] + [one for one in found.problems if one not in broken.problems]
    if found.entries and any(name.rpartition(":")[2].lower() in _ENTRIES for name in open_elements):
        return found._replace(
            entries=found.entries[:-1],
            problems=[*problems, "Its last entry is cut off, so it was left out."],
        )
    return found._replace(problems=problems)


def xml_events(source: str, problems: list[str]) -> Iterator[tuple[str, Element]]:
    """ "start" and "end" of the elements of `source`, which `prepare` gave, as far as there are
    any. Where XML is broken it goes on behind that, and adds a sentence to `problems`."""
    events = etree.iterparse(
        io.BytesIO(source.encode()),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    broken = ""
    try:
        yield from events
    except etree.XMLSyntaxError as error:
        broken = f"line {error.lineno}: {error.msg}"
    faults = [
        fault
        for fault in events.error_log
        if fault.domain == etree.ErrorDomains.PARSER and fault.level >= etree.ErrorLevels.ERROR
    ]
    if faults:
        broken = f"line {faults[0].line}: {faults[0].message}"
    if broken:
        broken = " ".join(broken[:100].split())
        problems.append(f"This is no whole XML document ({broken}). What could be read is here.")


def _check_root(name: str) -> None:
    if name in _ROOTS or name in _ENTRIES:
        return
    if name in _HTML:
        raise Unreadable("This is a web page, not a feed.")
    if name == "opml":
        raise Unreadable("This is a list of feeds (OPML), not a feed.")
    raise Unreadable("There is no feed here: no RSS, no Atom, and no JSON Feed.")


def _around(element: Element, context: Context) -> Context:
    """The context of an entry whose parents, below the root, may state a base and language."""
    parent = element.getparent()
    if parent is None or parent.getparent() is None:
        return context
    return context.within(parent)


def _kind(root: Element, name: str) -> str:
    space = str(root.tag)[1:].rpartition("}")[0].lower()
    version = (root.get("version") or "").strip()[:10]
    if name == "feed":
        return f"Atom {_VERSIONS.get(space) or version}".strip()
    if name == "rss":
        return f"RSS {version}".strip()
    if name == "rdf:rdf":
        netscape = any("netscape.com/rdf" in str(child.tag) for child in root)
        return "RSS 0.90" if netscape else "RSS 1.0"
    return "RSS 1.1" if "rss1.1" in space else "Atom entry" if name == "entry" else "CDF"
