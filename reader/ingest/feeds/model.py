"""What a feed says, whatever its format."""

from dataclasses import dataclass
from datetime import date, datetime

from reader.ingest.feeds.dates import UNKNOWN, Stated


@dataclass(frozen=True, slots=True)
class Person:
    """An author as a feed names one; what it does not give is empty."""

    name: str = ""
    email: str = ""

    def __str__(self) -> str:
        if self.name and self.email:
            return f"{self.name} ({self.email})"
        return self.name or self.email


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a feed. What the feed does not state is empty, or None.

    `id` is what the feed gives, and need not be an address. `link` is the article's address,
    absolute if the feed's own is. `title` is plain text. `author` has names and e-mail addresses
    as stated, `byline` the names only, and those of the feed where the format lets entries
    inherit them. `html` is the article or as much of it as the feed gives, `summary_html` the
    summary where there is one beside it: addresses in both are absolute, scripts and the like
    are gone, but both still have to pass `reader.ingest.sanitize`.

    `published_raw` is the date as written and `stated` what it says for certain (see
    `reader.ingest.feeds.dates`); where a feed says only when an entry was updated, that is taken,
    and `dated_by` is "updated" instead of "published". `updated_raw` is as written.
    """

    id: str = ""
    link: str = ""
    title: str = ""
    author: str = ""
    byline: str = ""
    published_raw: str = ""
    stated: Stated = UNKNOWN
    dated_by: str = ""
    updated_raw: str = ""
    html: str = ""
    summary_html: str = ""
    language: str = ""

    @property
    def published(self) -> datetime | None:
        """The moment stated, with its offset; None where it isn't certain."""
        return self.stated.moment

    @property
    def published_on(self) -> date | None:
        """The day stated, as the publisher writes it."""
        return self.stated.on

    @property
    def precision(self) -> str:
        """How exact the date is: "second", "minute", "day", "month", "year", or "" if unknown."""
        return self.stated.precision


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed. What it does not state is empty, or None.

    `kind` names its format, such as "RSS 2.0", "Atom 1.0" or "JSON Feed 1.1". `title` and
    `description` are plain text, `link` is the address of the site, `author` and `byline` are as
    in `Entry`, `language` is a tag such as "en-GB", and dates are as written.

    For polling: `moved_to` is where the feed says it has moved, `every_minutes` how long it asks
    to be left alone (`ttl` or `sy:update…`), `skip_hours` (0 to 23, GMT) and `skip_days` (0 is
    Monday) when it does not want to be asked, and `expired` tells that it is over. `problems` are
    sentences for people about what could not be read.
    """

    kind: str
    id: str = ""
    title: str = ""
    link: str = ""
    description: str = ""
    author: str = ""
    byline: str = ""
    language: str = ""
    published_raw: str = ""
    updated_raw: str = ""
    entries: tuple[Entry, ...] = ()
    moved_to: str = ""
    every_minutes: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    expired: bool = False
    problems: tuple[str, ...] = ()
