"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from reader.ingest.feeds import html
from reader.ingest.feeds.dates import UNKNOWN, read_date
from reader.ingest.feeds.entries import byline
from reader.ingest.feeds.model import Entry, ParsedFeed, Person
from reader.ingest.feeds.source import repaired
from reader.ingest.feeds.xml import MAX_ENTRIES
from reader.ingest.files import Unreadable

Object = dict[str, Any]


def read_json(source: str, url: str) -> ParsedFeed:
    """The feed in the JSON `source`, found at `url`. Raises `Unreadable`.

    Members of other types than the format has are passed over.
    """
    try:
        feed = json.loads(source.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        raise Unreadable("This looks like JSON, but it can't be read as JSON.") from None
    if not isinstance(feed, dict) or not _is_feed(feed):
        raise Unreadable("This is JSON, but no JSON Feed.")
    version = _text(feed, "version")
    items = [item for item in feed.get("items") or [] if isinstance(item, dict)]
    people = _people(feed)
    problems: tuple[str, ...] = ()
    if len(items) > MAX_ENTRIES:
        problems = (f"Only the first {MAX_ENTRIES:,} entries were read.",)
    return ParsedFeed(
        kind=f"JSON Feed {version.rpartition('/')[2][:10]}".strip(),
        title=html.line(_text(feed, "title")),
        link=_address(feed, "home_page_url", url),
        description=html.line(_text(feed, "description")),
        author=byline(people),
        byline=byline(people),
        language=_text(feed, "language"),
        entries=tuple(_entry(item, feed, people, url) for item in items[:MAX_ENTRIES]),
        expired=feed.get("expired") is True,
        problems=problems,
    )


def _is_feed(given: Object) -> bool:
    """Whether `given` says that it is a JSON Feed, or has the members of one."""
    if not isinstance(given.get("items"), list | None):
        return False
    named = any(given.get(key) for key in ("title", "home_page_url", "feed_url"))
    return "jsonfeed" in _text(given, "version") or (named and "items" in given)


def _entry(item: Object, feed: Object, feed_people: list[Person], url: str) -> Entry:
    authors = _people(item)
    published, updated = _text(item, "date_published"), _text(item, "date_modified")
    link = _address(item, "url", url)
    base = link or url
    content = html.article(_text(item, "content_html"), base) or html.from_text(
        _text(item, "content_text")
    )
    summary = html.from_text(_text(item, "summary"))
    entry_id = item.get("id")  # a number in feeds that take the format lightly
    if isinstance(entry_id, int | float) and not isinstance(entry_id, bool):
        entry_id = str(entry_id)
    entry_id = repaired(entry_id).strip() if isinstance(entry_id, str) else ""
    return Entry(
        id=entry_id,
        link=link or (entry_id if entry_id.startswith(("http://", "https://")) else ""),
        title=html.line(_text(item, "title")),
        author=", ".join(map(str, authors)),
        byline=byline(authors or feed_people),
        published_raw=published or updated,
        stated=read_date(published or updated) if published or updated else UNKNOWN,
        dated_by="published" if published else "updated" if updated else "",
        updated_raw=updated,
        html=content or summary,
        summary_html=summary if content else "",
        language=_text(item, "language") or _text(feed, "language"),
    )


def _people(holder: Object) -> list[Person]:
    """The authors of version 1.1, or the one author of 1.0."""
    found = _objects(holder, "authors")
    single = holder.get("author")
    if not found and isinstance(single, dict):
        found = [single]
    names = [html.line(_text(one, "name")) for one in found]
    return [Person(name) for name in dict.fromkeys(names) if name]


def _objects(holder: Object, key: str) -> list[Object]:
    found = holder.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _text(holder: Object, key: str) -> str:
    value = holder.get(key)
    return repaired(value).strip() if isinstance(value, str) else ""


def _address(holder: Object, key: str, url: str) -> str:
    written = _text(holder, key)
    return html.web_address(written, url) if written else ""
