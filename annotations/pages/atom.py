"""Atom feeds (RFC 4287), written by Django's generator with what it leaves to its callers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.feedgenerator import Atom1Feed

# XML 1.0 (section 2.2) has no other characters, and readers would refuse the whole feed.
_NO_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """One entry. `id` stays the same for ever; `summary` is HTML; `link` is a whole address.

    There is no moment of publication: articles give a day at most, and none is made up.
    """

    id: str
    title: str
    link: str
    updated: datetime
    summary: str
    author: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class AtomFeed:
    """A feed; `updated` is the moment of its last significant change."""

    id: str
    title: str
    link: str
    self_link: str
    author: str
    updated: datetime
    entries: Sequence[AtomEntry]


class _Dated(Atom1Feed):
    """Django dates a feed by its entries, and an empty one by the present moment: it would look
    changed each time it is asked for."""

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated


def write(feed: AtomFeed, language: str) -> bytes:
    """The feed as XML in UTF-8.

    Args:
        language: of titles and summaries as far as we write them, a BCP 47 tag.
    """
    written = _Dated(
        title=_clean(feed.title),
        link=feed.link,
        description=None,
        language=language,
        author_name=_clean(feed.author),
        feed_url=feed.self_link,
        feed_guid=feed.id,
        updated=feed.updated,
    )
    for entry in feed.entries:
        written.add_item(
            title=_clean(entry.title),
            link=entry.link,
            description=_clean(entry.summary),
            unique_id=entry.id,
            updateddate=entry.updated,
            author_name=_clean(entry.author) or None,
            categories=[entry.category] if entry.category else (),
        )
    text: str = written.writeString("utf-8")
    return text.encode()


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
