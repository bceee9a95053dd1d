"""Spans of time as searches write them: a day, a month, a year, or from one to another. PURE."""

import re
from calendar import monthrange
from datetime import date

from reader.search.tree import Dated

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


def parse_dates(text: str) -> Dated | None:
    """Read "2021-03-29", "2021-03", "2021", "2021-03/2022-01", "2021/" or "/2022-01"; None for
    anything else, also where the end lies before the beginning."""
    begin, slash, end = text.partition("/")
    if not slash:
        days = _days(begin)
        return Dated(*days) if days else None
    first, last = _days(begin), _days(end)
    if (begin and not first) or (end and not last) or not (first or last):
        return None
    dated = Dated(first[0] if first else None, last[1] if last else None)
    return None if dated.first and dated.last and dated.last < dated.first else dated


def _days(text: str) -> tuple[date, date] | None:
    """First and last day of what is named."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part or 0) for part in found.groups())
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    last_month = month or 12
    return first, date(year, last_month, monthrange(year, last_month)[1])


def write_dates(dated: Dated) -> str:
    """What `parse_dates` reads as this span, as short as it can be.

    Raises:
        ValueError: it is open at both ends.
    """
    first, last = dated.first, dated.last
    if first and last:
        for length in (4, 7, 10):
            text = first.isoformat()[:length]
            if _days(text) == (first, last):
                return text
    if not (first or last):
        raise ValueError("a span needs a beginning or an end")
    return f"{_begin(first) if first else ''}/{_end(last) if last else ''}"


def _begin(first: date) -> str:
    return first.isoformat()[: 7 if first.day == 1 else 10]


def _end(last: date) -> str:
    ends_month = last.day == monthrange(last.year, last.month)[1]
    return last.isoformat()[: 7 if ends_month else 10]
