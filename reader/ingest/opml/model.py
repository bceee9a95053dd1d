"""A list of feeds, and how one is put together."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from reader.ingest.feeds import html


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """A feed of a list. `labels` are the folders it stands in, the outermost first, and its
    categories; each once. What the list does not give is empty."""

    url: str
    title: str = ""
    site_url: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedOpml:
    """A list of feeds.

    `sites` are entries that name a page but no feed (their `url` is empty): feeds may be
    discovered there. `lists` are other lists that it includes. `problems` are sentences for people
    about what could not be read.
    """

    title: str = ""
    feeds: tuple[OpmlFeed, ...] = ()
    sites: tuple[OpmlFeed, ...] = ()
    lists: tuple[OpmlFeed, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class Collected:
    """What has been read of a list so far: `feeds` by address, `faults` of its XML."""

    title: str = ""
    feeds: dict[str, OpmlFeed] = field(default_factory=dict)
    sites: list[OpmlFeed] = field(default_factory=list)
    lists: list[OpmlFeed] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, url: str, title: str, site: str, labels: Iterable[str]) -> None:
        """Take up a feed; what is known of it already stays."""
        url = url.strip()
        if url.lower().startswith("feed:"):
            url = f"http:{url[5:]}" if url.startswith("//", 5) else url[5:]
        if not url.lower().startswith(("http://", "https://")):
            self.problems.append(f"“{title or url}” was left out: “{url}” is no web address.")
            return
        known = self.feeds.get(url, OpmlFeed(url))
        self.feeds[url] = replace(
            known,
            title=known.title or title,
            site_url=known.site_url or (html.web_address(site, url) if site else ""),
            labels=tuple(dict.fromkeys((*known.labels, *(label for label in labels if label)))),
        )

    def result(self) -> ParsedOpml:
        """The whole list."""
        return ParsedOpml(
            title=self.title,
            feeds=tuple(self.feeds.values()),
            sites=tuple(self.sites),
            lists=tuple(self.lists),
            problems=tuple(self.problems),
        )
