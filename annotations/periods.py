"""The periods of a chart: months, quarters, years or several years, and where they stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from annotations.timing import Dated

_LABELLED = 12
"""Periods that are labelled on the axis, at most."""

_SLENDER = 12
"""A chart of fewer periods than these leaves the rest of the width free."""

_STEPS = (1, 3, *(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)))
"""How many months a period may have: the first that needs few enough of them is taken."""

YEAR = 12
"""Months."""


@dataclass(frozen=True, slots=True)
class Period:
    """A month, a quarter, a year or several years, from its first day on.

    `name` says which in words. `x` is its middle, in percent of the width. `is_labelled` and
    `has_year` say which periods the axis labels, and under which of them it writes the year.
    """

    first: date
    months: int
    name: str
    x: str
    is_labelled: bool
    has_year: bool

    @property
    def unit(self) -> str:
        """ "month", "quarter", "year" or "years"."""
        return unit_of(self.months)

    @property
    def quarter(self) -> int:
        """Which quarter of its year it begins in, from 1."""
        return quarter_of(self.first)


def unit_of(months: int) -> str:
    """What a period of so many months is: a "month", "quarter", "year", or "years"."""
    return {1: "month", 3: "quarter", YEAR: "year"}.get(months, "years")


def quarter_of(on: date) -> int:
    """The quarter of its year, from 1."""
    return (on.month + 2) // 3


def fits(when: Dated, step: int) -> bool:
    """Whether all of its days are in one period."""
    return when.precision != "year" or step >= YEAR


def start_of(on: date, step: int) -> int:
    """The first month of the period of a day, counted from January of the year 0."""
    return (on.year * YEAR + on.month - 1) // step * step


def periods_of(times: Sequence[Dated], most: int) -> tuple[int, range]:
    """How many months a period has, and the first month of each; no gap is left out.

    Args:
        most: how many there may be.
    """
    exact = [when.on for when in times if fits(when, 1)]
    days = exact or [when.on for when in times]
    if not days:
        return 1, range(0)
    first, last = min(days), max(days)
    for step in _STEPS:
        if step >= YEAR:  # now those that give the year only have a place, too
            first, last = min(when.on for when in times), max(when.on for when in times)
        starts = range(start_of(first, step), start_of(last, step) + 1, step)
        if len(starts) <= most and (exact or step >= YEAR):
            break
    return step, starts


def labelled(step: int, starts: range, named: Callable[[date, int], str]) -> tuple[Period, ...]:
    """The periods, with what the axis says under them: years are named where they begin, and
    under the first period, unless another year begins too near to it."""
    every = next(n for n in (1, 2, 3, 4, 6, 12, 24) if len(starts) <= n * _LABELLED)
    slot = slot_of(len(starts))
    years = [place for place, start in enumerate(starts) if start % YEAR == 0]
    if starts and (not years or years[0] * slot > 100 / _SLENDER):
        years.insert(0, 0)
    begins = [date(max(start // YEAR, 1), start % YEAR + 1, 1) for start in starts]
    return tuple(
        Period(
            first=first,
            months=step,
            name=named(first, step),
            x=percent((place + 0.5) * slot),
            is_labelled=start // step % every == 0,
            has_year=step < YEAR and place in years,
        )
        for place, (start, first) in enumerate(zip(starts, begins, strict=True))
    )


def slot_of(periods: int) -> float:
    """The width of a period, in percent."""
    return 100 / max(periods, _SLENDER)


def percent(number: float) -> str:
    """As an attribute of SVG takes it, in every language."""
    return f"{number:.2f}%"
