"""Arithmetic of dates that are as precise as they were given: a day, a month or a year.

Nothing here is finer than what it was made from: between a day and a month there is an order where
they don't overlap, and never a number of days.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

_DAY, _MONTH, _YEAR = "day", "month", "year"
_LAST = date.max


@dataclass(frozen=True, slots=True)
class Dated:
    """A time that was given: its first day, and whether it is a "day", a "month" or a "year".

    `is_said`: it is when something was said, as far as the annotator knows; else it is when the
    article was published.
    """

    on: date
    precision: str
    is_said: bool = False

    @property
    def last(self) -> date:
        """Its last day."""
        if self.precision == _YEAR:
            return date(self.on.year, 12, 31)
        if self.precision == _MONTH:
            return self.on.replace(day=monthrange(self.on.year, self.on.month)[1])
        return self.on


def dated(said_on: date | None, published_on: date | None, precision: str) -> Dated | None:
    """When something was said; where nobody knows, when the article was published.

    Args:
        precision: of the publication; a day on which something was said is always a day.
    """
    if said_on:
        return Dated(said_on, _DAY, is_said=True)
    return Dated(published_on, precision) if published_on else None


def order(one: Dated | None) -> tuple[date, date]:
    """A key by which times stand in order: by their first day, then the shorter before the longer;
    unknown ones last."""
    return (one.on, one.last) if one else (_LAST, _LAST)


class Gap(StrEnum):
    """How the time of an answer stands to that of what it answers."""

    UNKNOWN = "unknown"
    BEFORE = "before"
    SAME_DAY = "same_day"
    SAME_MONTH = "same_month"
    SAME_YEAR = "same_year"
    SAME_ARTICLE = "same_article"
    DAYS = "days"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Span:
    """`days` only where both days are known and the answer came later. `by_publication`: counted
    between the days on which the articles came out, of one of the two nothing better is known."""

    gap: Gap
    days: int | None = None
    by_publication: bool = False


def span(since: Dated | None, until: Dated | None) -> Span:
    """From an allegation to its denial.

    `LATER` and `BEFORE` stand where no day of the one is one of the other; where months or years
    overlap, which came first is not known.
    """
    if since is None or until is None:
        return Span(Gap.UNKNOWN)
    if until.last < since.on:
        return Span(Gap.BEFORE)
    if since.precision == until.precision == _DAY:
        days = (until.on - since.on).days
        return Span(Gap.DAYS, days) if days else Span(Gap.SAME_DAY)
    if since.last < until.on:
        return Span(Gap.LATER)
    # They overlap, so one holds the other: the longer of the two says how much is known.
    return Span(Gap.SAME_YEAR if _YEAR in (since.precision, until.precision) else Gap.SAME_MONTH)


@dataclass(frozen=True, slots=True)
class Told:
    """When something was said, if anybody knows, and in which article, published when."""

    said: Dated | None
    published: Dated | None
    article: UUID


def since(alleged: Told, denied: Told) -> Span:
    """From an allegation to its denial, like counted with like.

    The day on which an article came out is the last on which its words can have been spoken, so
    what is known to be said the day before need not have come first. Where only one of the two is
    known to be said on a day, the articles' dates decide; in one article, nothing does.
    """
    if (alleged.said is None) == (denied.said is None):
        return span(alleged.said or alleged.published, denied.said or denied.published)
    if alleged.article == denied.article:
        return Span(Gap.SAME_ARTICLE)
    return replace(span(alleged.published, denied.published), by_publication=True)


def share(on: date, first: date, last: date) -> float:
    """How far along a day stands between two others, from 0 to 1; the middle where they are one.

    Raises:
        ValueError: `last` is before `first`.
    """
    if last < first:
        raise ValueError(f"{last} is before {first}")
    whole = (last - first).days
    return (on - first).days / whole if whole else 0.5
