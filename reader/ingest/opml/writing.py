"""Feeds to OPML 2.0 (http://opml.org/spec2)."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from reader.ingest.feeds import html
from reader.ingest.feeds.source import legal
from reader.ingest.opml.model import OpmlFeed


def write(feeds: Iterable[OpmlFeed], title: str = "Subscriptions") -> bytes:
    """`feeds` as OPML 2.0. Labels become folders; a feed with several stands in each of them."""
    folders: dict[str, list[OpmlFeed]] = {"": []}
    for feed in feeds:
        labels = dict.fromkeys(_line(label) for label in feed.labels)
        for label in labels or ("",):
            folders.setdefault(label, []).append(feed)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += [f"  <head><title>{escape(_line(title))}</title></head>", "  <body>"]
    for label, members in folders.items():
        if not label:
            lines += [f"    {_outline(feed)}" for feed in members]
            continue
        lines.append(f"    <outline text={_quoted(label)} title={_quoted(label)}>")
        lines += [f"      {_outline(feed)}" for feed in members]
        lines.append("    </outline>")
    return "\n".join([*lines, "  </body>", "</opml>", ""]).encode()


def _outline(feed: OpmlFeed) -> str:
    title, url = _quoted(feed.title), _quoted(feed.url)
    site = f" htmlUrl={_quoted(feed.site_url)}" if feed.site_url else ""
    return f'<outline type="rss" text={title} title={title} xmlUrl={url}{site}/>'


def _quoted(written: str) -> str:
    return quoteattr(_line(written))


def _line(written: str) -> str:
    return html.line(legal(written))
