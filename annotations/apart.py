"""How far two publications are apart, no finer than their dates are known."""

from dataclasses import dataclass
from enum import StrEnum

from annotations.timing import Dated

_DAYS_SHOWN = 45
"""Beyond that, days are counted as months."""

_MONTHS_SHOWN = 23
"""Beyond that, months are counted as years."""

_MONTH, _YEAR = 365.25 / 12, 365.25


class Unit(StrEnum):
    """In what the distance is counted; the first four are no number."""

    UNKNOWN = "unknown"
    SAME_DAY = "same_day"
    SAME_MONTH = "same_month"
    SAME_YEAR = "same_year"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Distance:
    """`is_about`: a date is known to the month or the year only."""

    unit: Unit
    number: int = 0
    is_about: bool = False


def apart(one: Dated | None, other: Dated | None) -> Distance:
    """The time between two dates, whichever is first."""
    if one is None or other is None:
        return Distance(Unit.UNKNOWN)
    precisions = {one.precision, other.precision}
    if precisions == {"day"}:
        return _of_days(abs((one.on - other.on).days))
    if one.on <= other.last and other.on <= one.last:
        return Distance(Unit.SAME_YEAR if "year" in precisions else Unit.SAME_MONTH)
    years = abs(one.on.year - other.on.year)
    months = abs(12 * (one.on.year - other.on.year) + one.on.month - other.on.month)
    if "year" in precisions:
        return Distance(Unit.YEARS, years, is_about=True)
    if months <= _MONTHS_SHOWN:
        return Distance(Unit.MONTHS, months, is_about=True)
    return Distance(Unit.YEARS, round(months / 12), is_about=True)


def _of_days(days: int) -> Distance:
    if not days:
        return Distance(Unit.SAME_DAY)
    if days <= _DAYS_SHOWN:
        return Distance(Unit.DAYS, days)
    months = round(days / _MONTH)
    if months <= _MONTHS_SHOWN:
        return Distance(Unit.MONTHS, months)
    return Distance(Unit.YEARS, round(days / _YEAR))
