"""Blogrolls in FOAF, which planets publish (http://xmlns.com/foaf/spec/): agents in groups."""

from lxml.etree import _Element as Element

from reader.ingest.feeds import html
from reader.ingest.feeds.elements import text
from reader.ingest.opml.model import Collected, OpmlFeed

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_AGENTS = frozenset({"agent", "person", "organization"})


class Foaf:
    """Reads the elements of FOAF, one after the other, into `found`.

    A name may come before or behind what it names, so what an agent has is taken up at its end.
    """

    def __init__(self, found: Collected) -> None:
        self.found = found
        self.inside: list[str] = []
        self.group = self.name = self.site = ""
        self.feeds: list[tuple[str, str]] = []  # of the open agent: address, page

    def start(self, name: str, element: Element) -> None:
        """An element begins; its attributes are there."""
        self.inside.append(name)
        if name in _AGENTS:
            self.name = ""
        elif name == "group":
            self.group = ""
        elif name == "document":
            self.site = element.get(f"{_RDF}about", "").strip()
        elif name == "channel":
            self.feeds.append((element.get(f"{_RDF}about", "").strip(), self.site))
        elif name == "feed":
            self.feeds.append((element.get(f"{_RDF}resource", "").strip(), self.site))

    def end(self, name: str, element: Element) -> None:
        """An element ends; its text is there."""
        if self.inside:
            self.inside.pop()
        within = self.inside[-1] if self.inside else ""
        if name == "name" and within == "group":
            self.group = html.line(text(element))
        elif name == "name" and within in _AGENTS:
            self.name = html.line(text(element))
        elif name in _AGENTS or (name == "rdf" and (self.feeds or self.site)):
            self._close()

    def _close(self) -> None:
        """Take up what an agent, or a file without agents, has."""
        feeds = [(url, site) for url, site in self.feeds if url]
        for url, site in feeds:
            self.found.add(url, self.name, site, [self.group])
        if self.site and not feeds:
            labels = (self.group,) if self.group else ()
            self.found.sites.append(OpmlFeed("", self.name, self.site, labels))
        self.feeds, self.site, self.name = [], "", ""
