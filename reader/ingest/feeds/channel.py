"""What a feed says about itself: the children of <channel>, <feed> or <rdf:RDF>."""

from typing import Any

from lxml.etree import _Element as Element

from reader.ingest.feeds import html
from reader.ingest.feeds.elements import Context, as_line, first_text, named, text
from reader.ingest.feeds.entries import byline, dated, identity, link_of, of_cdf, people, title_of

MAX_MINUTES = 60 * 24 * 31
"""The longest time that a feed may ask to be left alone: a month."""

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_DESCRIPTIONS = ("description", "subtitle", "tagline", "dc:description", "itunes:summary", "info",
                 "itunes:subtitle")  # fmt: skip
_PUBLISHED = ("pubdate", "published", "issued", "dcterms:issued", "dcterms:created", "created")
_UPDATED = ("lastbuilddate", "updated", "modified", "dcterms:modified", "dc:date")


def read_channel(element: Element, context: Context) -> dict[str, Any]:
    """The fields of `ParsedFeed`, but for kind, entries and problems."""
    context = context.within(element)
    authors = people(element)
    descriptions = (as_line(child, context) for child in named(element, *_DESCRIPTIONS))
    return {
        "id": identity(element, context)[0],
        "title": title_of(element, context),
        "link": link_of(element, context),
        "description": next((found for found in descriptions if found), ""),
        "author": ", ".join(map(str, authors)),
        "byline": byline(authors),
        "language": first_text(element, "language", "dc:language") or context.language,
        "published_raw": dated(element, *_PUBLISHED),
        "updated_raw": dated(element, *_UPDATED) or of_cdf(element, "lastmod"),
        "moved_to": html.web_address(
            first_text(element, "newlocation", "itunes:new-feed-url"), context.base
        )
        if named(element, "newlocation", "itunes:new-feed-url")
        else "",
        "every_minutes": _minutes(element),
        "skip_hours": frozenset(_hours(element)),
        "skip_days": frozenset(_days(element)),
    }


def _minutes(element: Element) -> int | None:
    """How many minutes the feed asks to be left alone."""
    ttl = _number(first_text(element, "ttl"))
    if ttl is None and (period := _PERIODS.get(first_text(element, "sy:updateperiod").lower())):
        times = _number(first_text(element, "sy:updatefrequency")) or 1
        ttl = max(1, period // times)
    return None if ttl is None else min(ttl, MAX_MINUTES)


def _hours(element: Element) -> list[int]:
    numbers = [_number(text(hour)) for skip in named(element, "skiphours") for hour in skip]
    return [number % 24 for number in numbers if number is not None and number <= 24]


def _days(element: Element) -> list[int]:
    days = [text(day).lower() for skip in named(element, "skipdays") for day in skip]
    return [_DAYS.index(day) for day in days if day in _DAYS]


def _number(written: str) -> int | None:
    """A whole number above or equal to zero; None for anything else."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None
