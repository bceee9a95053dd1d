"""What a page of the web states about its article: in JSON-LD, in its head, in its address.

What is stated for machines counts first. A date is taken as it is given, never finer, and only
where it can be read in one way.
"""

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from html import unescape

from htmldate import find_date
from lxml.etree import LxmlError

from reader.dates import UNKNOWN, GivenDate, parse_given
from reader.ingest.details import CHECKS, Details
from reader.ingest.linked_data import article_data
from reader.ingest.webpage import WebPage
from reader.services.errors import Refused

_METAS = {
    "title": ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title"),
    "byline": ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author"),
    "publication": ("application-name",),
    "language": ("og:locale", "dc.language"),
    "published_on": (
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "date.published",
        "publication_date",
        "publish_date",
        "publish-date",
        "pubdate",
        "dc.date.issued",
        "dcterms.issued",
        "parsely-pub-date",
        "sailthru.date",
    ),
}
_BY = re.compile(r"by:?\s+(?=\S)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:)?//|www\.|\S+@\S+$", re.IGNORECASE)
_BYLINES = "//*[@rel='author' or @itemprop='author' or contains(@class, 'byline')]"
_TIMES = "//time[@pubdate or @itemprop='datePublished']/@datetime"
_NO_NAME = re.compile(r"\d|.{100}")
_WORD = re.compile(r"\w+")
_SITE_PART = re.compile(r"\s+[|–—·»:-]+\s+")


def stated_details(page: WebPage, url: str) -> Details:
    """The details that `page`, fetched from `url`, states; what it does not state is empty."""
    metas = page.metas()
    headings = page.words("//h1")
    titles = [one for one in (metas.get("og:title", ""), *page.words("//title")) if one]
    known = [*titles, *headings]
    data = article_data(page.data, lambda title: not known or _agree(title, known))

    def first(name: str, *shown: str) -> str:
        stated = [data.get(name, ""), *(metas.get(meta, "") for meta in _METAS[name]), *shown]
        return next((kept for one in stated if (kept := _kept(name, one))), "")

    # Agencies' articles name the agency as their publisher wherever they stand.
    publication = _kept("publication", metas.get("og:site_name", "")) or first("publication")
    publication = _SITE_PART.split(publication)[0]
    title = first("title", *titles)
    headline = next((one for one in headings if _agree(one, [title, *titles])), "")
    bylines = [one for one in page.words(_BYLINES) if not _NO_NAME.search(one)]
    dates = [
        data.get("published_on", ""),
        *(metas.get(meta, "") for meta in _METAS["published_on"]),
        *page.tree.xpath(_TIMES),
    ]
    return Details(
        title=_kept("title", headline) or _without_site(title, publication),
        url=_kept("url", url),
        byline=first("byline", *bylines),
        publication=publication,
        language=_kept("language", page.tree.get("lang", "")) or first("language"),
        published=next((read for one in dates if (read := _date(one)).on), UNKNOWN)
        if any(dates)
        else _found_date(page, url),
    )


def _agree(headline: str, titles: Iterable[str]) -> bool:
    """Whether a heading says most of what one of the titles says."""
    words = _words(headline)
    return any(
        2 * len(words & other) > len(words) and 3 * len(words & other) > len(other)
        for other in map(_words, titles)
    )


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _kept(name: str, value: str) -> str:
    """A detail in the form in which it is kept; "" where it cannot be."""
    if name == "byline":
        value = _BY.sub("", value.strip(), count=1)
        if _ADDRESS.match(value):
            return ""
    try:
        return CHECKS[name](unescape(value))
    except Refused:
        return ""


def _without_site(title: str, publication: str) -> str:
    """A headline without the name of the site that stands behind it."""
    *parts, site = _SITE_PART.split(title) if publication else [title]
    if parts and site.casefold() in publication.casefold():
        return title[: title.rindex(site)].rstrip(" |–—·»:-")
    return title


def _date(written: str) -> GivenDate:
    """A date in ISO 8601 or as in e-mail; unknown where it is anything else."""
    written = written.strip()
    try:
        return parse_given(written)
    except ValueError:
        pass
    try:
        return GivenDate(parsedate_to_datetime(written).date(), "day")
    except ValueError:
        return UNKNOWN


def _found_date(page: WebPage, url: str) -> GivenDate:
    """The date that htmldate finds in the markup or the address, if it is really written there."""
    markup = page.html
    for script in page.data:  # which may be about other articles
        markup = markup.replace(script, "")
    try:
        found = find_date(markup, extensive_search=False, original_date=True, url=url or None)
    except (ValueError, TypeError, AttributeError, LxmlError):
        return UNKNOWN
    if not found:
        return UNKNOWN
    on = date.fromisoformat(found)
    if any(re.search(pattern, f"{url}\n{markup}") for pattern in _spellings(on)):
        return GivenDate(on, "day")
    return UNKNOWN


def _spellings(on: date) -> Iterator[str]:
    """Patterns of the ways in which a day is written that can mean no other day."""
    year, month, day = on.year, f"0?{on.month}", f"0?{on.day}"
    yield rf"(?<!\d){year}[-/.]{month}[-/.]{day}(?!\d)"
    yield rf"(?<!\d){on:%Y%m%d}(?!\d)"
    name = rf"(?:{calendar.month_name[on.month]}|{calendar.month_abbr[on.month]}\.?)"
    yield rf"(?i)\b{name}\s+{day}(?:st|nd|rd|th)?,?\s+{year}\b"
    # The month in whatever language: a day, a word, and a year.
    yield rf"(?<!\d){day}(?:st|nd|rd|th)?[.\s]\s*(?:de |of )?[^\W\d_]+\.?,?\s+(?:de )?{year}\b"
    if on.day > 12:
        yield rf"(?<!\d){day}[./-]{month}[./-]{year}(?!\d)"
        yield rf"(?<!\d){month}[./-]{day}[./-]{year}(?!\d)"
