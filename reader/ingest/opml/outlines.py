"""OPML 1.0 to 2.0 (http://opml.org/spec2): <outline>s in folders."""

from collections.abc import Mapping

from lxml.etree import _Element as Element

from reader.ingest.feeds import html
from reader.ingest.feeds.elements import text
from reader.ingest.opml.model import Collected, OpmlFeed

_LISTS = frozenset({"include", "list"})
_FEEDS = frozenset({"rss", "atom", "pie", "feed", "source", "rdf", "rss1", "atom1"})


class Outlines:
    """Reads the elements of OPML, one after the other, into `found`."""

    def __init__(self, found: Collected) -> None:
        self.found = found
        self.folders: list[str] = []  # the names of the open outlines; a feed is no folder

    def start(self, name: str, element: Element) -> None:
        """An element begins; its attributes are there."""
        if name != "outline":
            return
        attrs = {str(key).lower(): html.line(str(value)) for key, value in element.attrib.items()}
        self._read(attrs)
        self.folders.append("" if attrs.get("xmlurl") else _title(attrs))

    def end(self, name: str, element: Element) -> None:
        """An element ends; its text is there."""
        if name == "outline" and self.folders:
            self.folders.pop()
        elif name == "title" and not self.folders:
            self.found.title = self.found.title or html.line(text(element))

    def _read(self, attrs: Mapping[str, str]) -> None:
        kind, title = attrs.get("type", "").lower(), _title(attrs)
        address, site = attrs.get("url", ""), attrs.get("htmlurl", "")
        url = attrs.get("xmlurl") or (address if kind in _FEEDS else "")
        labels = [*self.folders, *_categories(attrs.get("category", ""))]
        if url:
            self.found.add(url, title, site, labels)
        elif kind in _LISTS or (kind == "link" and address.lower().endswith(".opml")):
            if address:
                self.found.lists.append(OpmlFeed(address, title))
        elif site or (address and kind == "link"):
            kept = tuple(dict.fromkeys(label for label in labels if label))
            self.found.sites.append(OpmlFeed("", title, site or address, kept))
        elif kind in _FEEDS:
            self.found.problems.append(f"“{title or 'An entry'}” was left out: it has no address.")


def _title(attrs: Mapping[str, str]) -> str:
    return attrs.get("text") or attrs.get("title") or ""


def _categories(written: str) -> list[str]:
    """The labels of a category attribute: "one,/two/three"."""
    parts = (part.strip() for path in written.split(",") for part in path.split("/"))
    return [part for part in parts if part]
