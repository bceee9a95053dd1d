"""Dates as articles give them: a day, a month or a year, and never finer than that."""

import re
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

_GIVEN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


class GivenDate(NamedTuple):
    """The first day of the time that was given, and whether that is a "day", "month" or "year".

    An unknown date is None with an empty precision.
    """

    on: date | None
    precision: str


UNKNOWN = GivenDate(None, "")


def parse_given(text: str) -> GivenDate:
    """Read "2021-03-29", "2021-03" or "2021"; an empty text is an unknown date.

    An ISO 8601 timestamp is read as its day: the time of day is not kept.

    Raises:
        ValueError: with a message for people.
    """
    text = text.strip()
    if not text:
        return UNKNOWN
    found = _GIVEN.fullmatch(text.partition("T")[0] if "T" in text else text.partition(" ")[0])
    if not found:
        raise ValueError(
            format_lazy(
                _("“{text}” is not a date. Write 2021-03-29, or 2021-03, or 2021."), text=text
            )
        )
    year, month, day = found.groups()
    try:
        on = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError(
            format_lazy(_("There is no day {text}. Write the date as 2021-03-29."), text=text)
        ) from None
    return GivenDate(on, "day" if day else "month" if month else "year")


def show(on: date | None, precision: str) -> str:
    """For people, as their language writes it: "29 March 2021", "March 2021" or "2021"; empty
    where unknown."""
    if on is None:
        return ""
    if precision == "year":
        return f"{on.year}"
    return date_format(on, "YEAR_MONTH_FORMAT" if precision == "month" else "DATE_FORMAT")


def machine(on: date | None, precision: str) -> str:
    """For machines, exactly as precise as given: "2021-03-29", "2021-03" or "2021"; else empty."""
    if on is None:
        return ""
    return on.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def listing_moment(on: date | None, first_seen: datetime) -> datetime:
    """Where an article stands in lists: its publication date, else when it was first seen."""
    return datetime(on.year, on.month, on.day, tzinfo=UTC) if on else first_seen
