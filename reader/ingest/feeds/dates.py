"""Dates as feeds write them: RFC 822 and its successors, ISO 8601, and what people make of them.

Nothing is guessed. A moment needs a time and a zone that means one thing: an offset, GMT, or a
zone name that RFC 822 defines or only one zone uses. "BST", "IST" and other names stand for
several zones, a single letter was misdefined (RFC 2822, section 4.3), and a time without any zone
is somewhere on Earth: there the day is kept and the moment is unknown. "CST" is Central Standard
Time only in dates of the American kind; Java's "Mon Mar 29 10:00:00 CST 2021" may come from China.
"03/04/2021" is two days, so it is none; "29/03/2021" can only be one.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple


class Stated(NamedTuple):
    """What a date says for certain.

    `moment` has the offset that was written. Where no time of day is stated it is the first
    moment, in UTC, of the day, month or year, for order only: `precision` says that it is not
    to be shown. `on` is the day as written, the first of it where only a month or year is.
    `precision` is "second", "minute", "day", "month", "year", or "" if nothing is certain.
    """

    moment: datetime | None
    on: date | None
    precision: str


UNKNOWN = Stated(None, None, "")

LONGEST = 200
"""Code points of the longest date that is read."""

_UNIVERSAL = frozenset({"z", "ut", "utc", "gmt"})
_ZONES = {
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "wet": 0, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3,
    "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
_ZONE = (
    r"\s*(?P<zone>(?:(?:GMT|UTC|UT)?\s*(?P<sign>[+\-−])(?P<zh>\d\d?):?(?P<zm>\d\d)?)|[A-Za-z][A-Za-z/_]*)?"
    r"(?:\s*\([^()]*\))?"
)
_CLOCK = rf"(?:{_TIME}(?:\s*(?P<half>[ap])\.?m\.?)?{_ZONE})?"
_ISO = re.compile(
    r"(?P<year>\d{4})(?:(?P<dash>-?)(?P<month>\d\d)(?:(?P=dash)(?P<day>\d\d))?)?"
    rf"(?:(?:\s*T\s*|\s+){_CLOCK})?",
    re.IGNORECASE,
)
_ISO_COMPACT = re.compile(
    r"(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)"
    rf"T(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?{_ZONE}",
    re.IGNORECASE,
)
_ISO_ORDINAL = re.compile(r"(?P<year>\d{4})-?(?P<nth>\d{3})")
_WEEKDAY = r"(?:[^\W\d]+(?:\.?,\s*|\.?\s+))?"
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s\-]\s*(?P<name>[A-Za-z]{{3,9}})\.?,?[\s\-]"
    rf"\s*(?P<year>\d{{4}}|\d\d),?(?:\s+{_CLOCK})?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<name>[A-Za-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?"
    rf"\s+(?P<year>\d{{4}}),?(?:\s+{_CLOCK})?",
    re.IGNORECASE,
)
_ASCTIME = re.compile(
    rf"{_WEEKDAY}(?P<name>[A-Za-z]{{3,9}})\s+(?P<day>\d{{1,2}})\s+{_TIME}"
    r"(?:\s+(?P<zone>(?P<sign>[+\-])(?P<zh>\d\d):?(?P<zm>\d\d)|[A-Za-z]+))?\s+(?P<year>\d{4})",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    rf"(?P<a>\d{{1,2}})(?P<sep>[/.\-])(?P<b>\d{{1,2}})(?P=sep)(?P<year>\d{{4}}),?(?:\s+{_CLOCK})?",
    re.IGNORECASE,
)
_YEAR_SLASH = re.compile(
    rf"(?P<year>\d{{4}})/(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}}),?(?:\s+{_CLOCK})?", re.IGNORECASE
)
_PATTERNS = (
    _ISO, _ISO_COMPACT, _ISO_ORDINAL, _DAY_FIRST, _MONTH_FIRST, _ASCTIME, _NUMBERS, _YEAR_SLASH,
)  # fmt: skip
_AMERICAN = (_DAY_FIRST, _MONTH_FIRST)


def read_date(raw: str) -> Stated:
    """What `raw` says for certain; `UNKNOWN` for what is no date, or no existing day."""
    text = " ".join(raw[: LONGEST + 1].split())
    if len(text) > LONGEST or (not text.isascii() and "−" not in text):
        return UNKNOWN
    for pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found is not None:
            try:
                parts = {key: value for key, value in found.groupdict().items() if value}
                return _stated(parts, american=pattern in _AMERICAN)
            except (ValueError, OverflowError):
                return UNKNOWN
    return UNKNOWN


def _stated(parts: dict[str, str], *, american: bool) -> Stated:
    on, precision = _day(parts)
    start = datetime(on.year, on.month, on.day, tzinfo=UTC)
    if "hour" not in parts:
        return Stated(start, on, precision)
    if precision != "day":
        raise ValueError("a time of day, but no day")
    day_only = Stated(None, on, "day")
    offset = _offset(parts, american=american)
    hour, minute, second = (int(parts.get(key, 0)) for key in ("hour", "minute", "second"))
    if "half" in parts:
        if not 1 <= hour <= 12:
            return day_only
        hour = hour % 12 + (12 if parts["half"].lower() == "p" else 0)
    if offset is None or hour > 24 or minute > 59 or second > 60 or (hour == 24 and minute):
        return day_only
    # A leap second, and 24:00 of ISO 8601, are moments of the next minute and day.
    local = start.replace(tzinfo=timezone(offset) if offset else UTC)
    moment = local + timedelta(hours=hour, minutes=minute, seconds=second)
    return Stated(moment, on, "second" if "second" in parts else "minute")


def _day(parts: dict[str, str]) -> tuple[date, str]:
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year += 2000 if year < 50 else 1900  # RFC 2822, section 4.3
    if "nth" in parts:
        on = date(year, 1, 1) + timedelta(days=int(parts["nth"]) - 1)
        if on.year != year:
            raise ValueError("no such day")
        return on, "day"
    if "a" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        if parts["sep"] == ".":  # only written where the day comes first
            return date(year, second, first), "day"
        if first <= 12 and second <= 12 and first != second:
            raise ValueError("two days")
        return date(year, min(first, second), max(first, second)), "day"
    if "name" in parts:
        return date(year, _month(parts["name"]), int(parts["day"])), "day"
    on = date(year, int(parts.get("month", 1)), int(parts.get("day", 1)))
    return on, "day" if "day" in parts else "month" if "month" in parts else "year"


def _month(name: str) -> int:
    """1 to 12 for an English name, whole or cut short. Raises ValueError."""
    return _MONTHS.index(name[:3].lower()) + 1


def _offset(parts: dict[str, str], *, american: bool) -> timedelta | None:
    """The offset from UTC, or None where none is certain."""
    if "zh" in parts:
        hours, minutes = int(parts["zh"]), int(parts.get("zm", 0))
        if hours > 14 or minutes > 59:
            return None
        size = timedelta(hours=hours, minutes=minutes)
        return size if parts["sign"] == "+" else -size
    name = parts.get("zone", "").lower()
    if name in _UNIVERSAL:
        return timedelta(0)
    return timedelta(hours=_ZONES[name]) if american and name in _ZONES else None
