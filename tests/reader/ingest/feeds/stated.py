"""What the feed files of other readers' test suites expect, in our words.

The suites write expectations in three ways: feedparser as a Python expression in the file's first
comment, the others as JSON beside it, each in its own shape. Only what is about title, link, id,
date, author or content of the feed or of an entry is taken from them.
"""

import ast
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from reader.ingest.feeds import Entry, ParsedFeed, html, read_date

FEEDS = Path(__file__).resolve().parents[4].parent / "shared" / "data" / "feeds"

_FEED_KEYS = {
    "title": "title", "title_detail.value": "title", "link": "link", "links": "link",
    "home_page_url": "link", "id": "id", "guid": "id",
    "author": "author", "authors": "author", "author_detail.name": "author",
    "author_detail.email": "author", "authors.name": "author", "author.name": "author",
    "updated": "date", "lastBuildDate": "date", "pubDate": "date", "modified": "date",
    "published": "date", "issued": "date", "created": "date",
    "published_parsed": "moment", "publishedParsed": "moment", "pubDateParsed": "moment",
    "created_parsed": "moment",
    "updated_parsed": "moment", "updatedParsed": "moment", "lastBuildDateParsed": "moment",
    "description": "content", "subtitle": "content", "tagline": "content", "info": "content",
    "tagline_detail.value": "content", "subtitle_detail.value": "content",
    "description_detail.value": "content", "info_detail.value": "content",
}  # fmt: skip
_ENTRY_KEYS = {
    "title": "title", "title_detail.value": "title", "link": "link", "links": "link",
    "url": "link", "id": "id", "guid": "id",
    "author": "author", "authors": "author", "author_detail.name": "author",
    "author_detail.email": "author", "authors.name": "author", "author.name": "author",
    "creator": "author",
    "published": "date", "pubDate": "date", "issued": "date", "created": "date",
    "updated": "date", "modified": "date", "date_published": "date",
    "published_parsed": "moment", "publishedParsed": "moment", "pubDateParsed": "moment",
    "updated_parsed": "moment", "created_parsed": "moment", "updatedParsed": "moment",
    "isoDate": "moment",
    "description": "content", "summary": "content", "content.value": "content",
    "summary_detail.value": "content", "content": "content", "content:encoded": "content",
    "content_html": "content", "content_text": "content",
}  # fmt: skip


# The index also pairs files that only have the same name: netnewswire's and lemon24-reader's JSON
# are JSON Feeds of their own, with other ids and links.
_WITH_JSON = frozenset({"gofeed", "rss-parser", "feedsmith"})


class Stated(NamedTuple):
    """One expectation: of the feed (`entry` is None) or of its entry of that number."""

    suite: str
    path: str
    entry: int | None
    field: str
    expected: Any


@cache
def rows() -> list[dict[str, Any]]:
    lines = (FEEDS / "index.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def content_of(path: str) -> tuple[bytes, str, str]:
    """The bytes of a file, with the address and content type that it is to be read under."""
    content = (FEEDS / path).read_bytes()
    headers = {
        name.lower(): value.strip().decode()
        for key, value in re.findall(rb"Header:\s+([\w-]+):([^\n]*)", content[:3000])
        if (name := key.decode())
    }
    url = headers.get("content-location", f"http://127.0.0.1:8097/{path}")
    return content, url, headers.get("content-type", "")


def all_stated() -> Iterator[Stated]:
    for row in rows():
        if row["suite"] == "feedparser" and row["expect"]:
            yield from _of_expression(row)
        elif row["expected_json"] and row["suite"] in _WITH_JSON and row["format"] != "opml":
            yield from _of_json(row)


def _of_expression(row: dict[str, Any]) -> Iterator[Stated]:
    body = ast.parse(row["expect"], mode="eval").body
    for part in body.values if isinstance(body, ast.BoolOp) else [body]:
        if not isinstance(part, ast.Compare) or len(part.ops) != 1:
            continue
        path = re.sub(r"[\[\]'.]+", ".", ast.unparse(part.left)).strip(".").split(".")
        try:
            expected = ast.literal_eval(part.comparators[0])
        except ValueError:
            continue
        if path == ["len(entries)"]:
            yield Stated("feedparser", row["path"], None, "count", expected)
        elif isinstance(expected, dict) and expected.get("rel") != "alternate":
            continue
        elif path[0] == "feed":
            key = _FEED_KEYS.get(_key(path[1:]))
            if key:
                yield Stated("feedparser", row["path"], None, key, expected)
        elif path[0] == "entries" and (key := _ENTRY_KEYS.get(_key(path[2:]))):
            yield Stated("feedparser", row["path"], int(path[1]), key, expected)


def _key(path: list[str]) -> str:
    return ".".join(part for part in path if not part.isdigit())


def _of_json(row: dict[str, Any]) -> Iterator[Stated]:
    expected = json.loads((FEEDS / row["expected_json"]).read_bytes())
    feed = expected.get("feed", expected)
    yield from _of_object(row, None, feed, _FEED_KEYS)
    entries = feed.get("items") or feed.get("entries") or []
    if entries:
        yield Stated(row["suite"], row["path"], None, "count", len(entries))
    for number, entry in enumerate(entries):
        yield from _of_object(row, number, entry, _ENTRY_KEYS)


def _of_object(
    row: dict[str, Any], number: int | None, given: dict[str, Any], keys: dict[str, str]
) -> Iterator[Stated]:
    for key, value in given.items():
        field = keys.get(key)
        if field is not None and value not in (None, "", [], {}):
            for expected in _values(field, value):
                yield Stated(row["suite"], row["path"], number, field, expected)


def _values(field: str, value: Any) -> list[Any]:
    """What `value`, in whatever shape, expects of one field."""
    if field == "link":
        links = value if isinstance(value, list) else [value]
        found = [
            link if isinstance(link, str) else link.get("href")
            for link in links
            if isinstance(link, str) or link.get("rel", "alternate") == "alternate"
        ]
        return [[link for link in found if link]] if any(found) else []
    if field == "author":
        people = value if isinstance(value, list) else [value]
        parts = [
            [person] if isinstance(person, str) else [person.get("name"), person.get("email")]
            for person in people
        ]
        return [part for group in parts for part in group if part]
    if isinstance(value, dict):
        value = value.get("value") or value.get("encoded")
    return [value] if value else []


def met(feed: ParsedFeed, stated: Stated) -> bool:
    """Whether `feed` is as `stated`.

    Titles are plain text here and HTML in some suites: the words are compared. So are those of
    articles, with the addresses of their links and pictures; what is kept of other elements is
    for the sanitiser to say.
    """
    expected = stated.expected
    if stated.field == "count":
        return len(feed.entries) == expected
    if stated.entry is not None and stated.entry >= len(feed.entries):
        return False
    holder: ParsedFeed | Entry = feed if stated.entry is None else feed.entries[stated.entry]
    if stated.field == "title":
        return holder.title in (html.line(expected), html.plain(expected))
    if stated.field == "link":
        if isinstance(expected, dict):
            expected = expected["href"]
        expected = [expected] if isinstance(expected, str) else expected
        return _level(holder.link) in [
            _level(html.absolute(link, holder.link)) for link in expected
        ]
    if stated.field == "id":
        return holder.id == expected
    if stated.field == "author":
        return html.line(expected) in holder.author or html.plain(expected) in holder.author
    if stated.field in ("date", "moment"):
        return _date_met(holder, expected)
    if isinstance(holder, ParsedFeed):
        return holder.description in (html.line(expected), html.plain(expected))
    given = (holder.html, holder.summary_html)
    return _shown(expected) in [_shown(one) for one in given] or html.line(expected) in [
        html.plain(one) for one in given
    ]


def _date_met(holder: ParsedFeed | Entry, expected: Any) -> bool:
    raws = [holder.updated_raw, holder.published_raw]
    if expected in raws:
        return True
    if isinstance(expected, tuple):
        moment = datetime(*expected[:6], tzinfo=UTC)
    else:
        moment = read_date(expected).moment
    moments = [read_date(raw).moment for raw in raws]
    return moment is not None and any(
        one is not None and one.replace(microsecond=0) == moment for one in moments
    )


def _level(address: str) -> str:
    return address.strip().removesuffix("/")


def _shown(source: str) -> tuple[str, list[str]]:
    cleaned = html.article(source, "http://127.0.0.1:8097/")
    return html.plain(cleaned), re.findall(r'(?:href|src)="([^"]*)"', cleaned)
