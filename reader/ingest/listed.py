"""What a feed lists, made fit to keep: what an entry is called by, and the article that it is."""

import gzip
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from reader.dates import UNKNOWN, GivenDate
from reader.ingest.details import CHECKS, LONGEST, Details
from reader.ingest.feeds import Entry
from reader.ingest.incoming import Incoming, article, page_text
from reader.services.errors import Refused
from reader.text.normalize import nfc, storable

FROM_FEED = "feed"
"""What the extractors of texts from feeds begin with."""

LONGEST_RAW_DATE = 200
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry with what tells it from others.

    `key` (SHA-256, hex) is of the feed's id for it, else its address, else title and content.
    `sha256` (hex) is of the words of its content: markup that changes with each poll is no news.
    """

    entry: Entry
    key: str
    sha256: str

    @property
    def title(self) -> str:
        """The title, as it can be kept."""
        return fitting("title", self.entry.title)

    @property
    def link(self) -> str:
        """The address of the article, "" where it can't be one."""
        return fitting("url", self.entry.link)

    @property
    def published_raw(self) -> str:
        """The date as it was written."""
        return storable(self.entry.published_raw)[:LONGEST_RAW_DATE]

    @property
    def html(self) -> str:
        """The feed's own text, not sanitised; only it can be stored."""
        return storable(self.entry.html)

    def published(self, now: datetime) -> GivenDate:
        """The date that it states; one that is still to come is not believed."""
        on, precision = self.entry.published_on, self.entry.precision
        if on is None or not precision or on > (now + timedelta(days=1)).date():
            return UNKNOWN
        return GivenDate(on, precision if precision in ("month", "year") else "day")


def listed(entries: Iterable[Entry]) -> list[Listed]:
    """The entries of a feed in its order, each once."""
    found: dict[str, Listed] = {}
    for entry in entries:
        key = _digest(entry.id or entry.link or f"{entry.title}\0{entry.html}")
        found.setdefault(key, Listed(entry, key, words_digest(entry.html)))
    return list(found.values())


def words_digest(html: str) -> str:
    """SHA-256, in hex, of the words of HTML."""
    return _digest(" ".join(_TAG.sub(" ", html).split()))


def feed_article(
    one: Listed, kind: str, publication: str, now: datetime, revises: UUID | None = None
) -> Incoming:
    """The article with the text that the feed gives.

    Args:
        kind: the feed's format, which is kept as what the text was read from.
        revises: the article that this is a further text of.

    Raises:
        Refused: there is no text, or it cannot be kept.
    """
    # What is only dated by its last change keeps the date that it came with.
    changed = revises is not None and one.entry.dated_by == "updated"
    details = Details(
        title=one.title,
        url=one.link,
        byline=fitting("byline", one.entry.byline),
        publication=publication,
        language=fitting("language", one.entry.language),
        published=UNKNOWN if changed else one.published(now),
    )
    return article(
        page_text(one.html),
        details,
        extractor=f"{FROM_FEED}: {kind}",
        raw=gzip.compress(one.html.encode(), mtime=0),
        where=one.link or one.title,
        revises=revises,
    )


def fitting(detail: str, text: str) -> str:
    """`text` as it can be kept for that detail of an article, cut if need be; "" if it can't."""
    text = nfc(" ".join(storable(text).replace("\ufffd", "").split()))
    if detail in ("url", "language") and len(text) > LONGEST[detail]:
        return ""
    try:
        return CHECKS[detail](text[: LONGEST[detail]].rstrip())
    except Refused:
        return ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
