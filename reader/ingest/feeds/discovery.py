"""Feeds that a web page names: by <link rel="alternate">, else by links that look like feeds."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from reader.ingest.feeds import html
from reader.ingest.files import Unreadable, decode_html

MAX_FOUND = 50
"""Feeds that one page may name; more are no choice for people."""

_TYPES = {
    "application/atom+xml": "Atom",
    "application/rss+xml": "RSS",
    "application/rdf+xml": "RSS",
    "application/feed+json": "JSON Feed",
    "application/json": "JSON Feed",
    "application/xml": "",
    "text/xml": "",
}
_TAG = re.compile(
    r"<!--(?s:.*?-->|.*)"
    r"|<(?P<unparsed>script|style|textarea|template|noscript)(?=[\s/>])[^>]*+>"
    r"|<(?P<name>link|a|base|body)(?=[\s/>])"
    r"(?P<attrs>(?:[^>\"'=]|=\s*+\"[^\"]*\"|=\s*+'[^']*'|[\"'=])*+)>"
    r"|</(?P<ending>a)\s*>",
    re.IGNORECASE,
)
_ATTR = re.compile(
    r"(?P<name>[^\s/>=][^\s/>=]*+)"
    r"(?:\s*+=\s*+(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>]*+)))?"
)
_FEED_PATH = re.compile(
    r"(?:^|/)(?:feeds?|rss|atom)(?:/?$|\.(?:xml|json|rss|atom|rdf)$|/.*$)"
    r"|\.(?:rss|atom|rdf)$|/(?:index|feed)\.(?:xml|json)$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\b(?:rss|atom|web\s?feed)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a page names. `url` is absolute. `title` and `kind` ("Atom", "RSS",
    "JSON Feed") are empty where the page doesn't say. `declared` tells that the page declares it;
    else it is a link that looks like a feed and has to be tried."""

    url: str
    title: str
    kind: str
    declared: bool


def discover(content: bytes, url: str) -> list[FoundFeed]:
    """The feeds that the page `content` at the address `url` names, in its order, those that it
    declares first; each once. None for what is no text. Never fetches.

    WordPress's feeds of comments come last, since nobody means them.
    """
    try:
        page = decode_html(content)
    except Unreadable:
        return []
    base = url
    found: dict[str, FoundFeed] = {}
    for name, attrs, inner in _tags(page):
        if name == "base" and base == url and attrs.get("href"):
            base = html.web_address(attrs["href"], url) or url
            continue
        feed = _declared(attrs, base) if name == "link" else _linked(attrs, inner, base)
        if feed is not None and (feed.url not in found or feed.declared > found[feed.url].declared):
            found[feed.url] = feed
    ordered = sorted(found.values(), key=lambda feed: (not feed.declared, _of_comments(feed)))
    return ordered[:MAX_FOUND]


def _tags(page: str) -> list[tuple[str, dict[str, str], str]]:
    """The links of a page: name, attributes, and what stands inside an <a>."""
    found: list[tuple[str, dict[str, str], str]] = []
    anchor: tuple[dict[str, str], int] | None = None
    position = 0
    while (match := _TAG.search(page, position)) is not None:
        position = match.end()
        name = (match["name"] or "").lower()
        if anchor is not None and (match["ending"] or name == "a"):
            inner = page[anchor[1] : min(match.start(), anchor[1] + 500)]
            found.append(("a", anchor[0], html.plain(inner)))
            anchor = None
        if match["unparsed"]:
            end = re.compile(rf"</{match['unparsed']}\b", re.IGNORECASE).search(page, position)
            position = end.end() if end else len(page)
        elif name == "a":
            anchor = (_attributes(match["attrs"]), position)
        elif name in ("link", "base"):
            found.append((name, _attributes(match["attrs"]), ""))
    return found


def _attributes(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTR.finditer(source):
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), unescape(value).strip())
    return found


def _declared(attrs: dict[str, str], base: str) -> FoundFeed | None:
    relations = attrs.get("rel", "").lower().split()
    kind = _TYPES.get(attrs.get("type", "").partition(";")[0].strip().lower())
    named_so = "feed" in relations or ("alternate" in relations and kind is not None)
    if not named_so or "stylesheet" in relations or not attrs.get("href"):
        return None
    # WordPress declares each post's JSON in its API so.
    if "/wp-json/" in attrs["href"] or "oembed" in attrs["href"]:
        return None
    return _feed(attrs["href"], attrs.get("title", ""), kind or "", base, declared=True)


def _linked(attrs: dict[str, str], inner: str, base: str) -> FoundFeed | None:
    href = attrs.get("href", "")
    kind = _TYPES.get(attrs.get("type", "").lower(), "")
    try:
        path = urlsplit(href).path
    except ValueError:
        return None
    if not href or not (kind or _FEED_PATH.search(path) or _WORDS.search(inner)):
        return None
    return _feed(href, inner or attrs.get("title", ""), kind, base, declared=False)


def _feed(href: str, title: str, kind: str, base: str, *, declared: bool) -> FoundFeed | None:
    if href.lower().startswith("feed:"):
        rest = href[5:]
        href = f"http:{rest}" if rest.startswith("//") else rest
    address = html.web_address(href, base).partition("#")[0]
    if not address.startswith(("http://", "https://")):
        return None
    return FoundFeed(address, html.line(title), kind, declared)


def _of_comments(feed: FoundFeed) -> bool:
    return "/comments/" in feed.url
