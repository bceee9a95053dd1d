"""Charts of how many there are of each kind over time: a lane for each kind, bars above a common
axis. Nothing here is placed more exactly than it is dated.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from annotations.periods import (
    YEAR,
    Period,
    fits,
    labelled,
    percent,
    periods_of,
    slot_of,
    start_of,
)
from annotations.timing import Dated

MOST_PERIODS = 24
"""Bars side by side in one lane: more would be too thin on a phone."""

LANE, TALLEST = 70, 34
"""Pixels: the height of a lane, and that of its tallest bar."""

_FILLED = 0.7
"""The part of a period's width that its bar takes."""


@dataclass(frozen=True, slots=True)
class Tally:
    """So many of one kind at one time; `when` is None where no date is known."""

    kind: str
    when: Dated | None
    number: int = 1


@dataclass(frozen=True, slots=True)
class Bar:
    """So many of a lane's kind in one period. `x` and `width` are percent of the page's width, `y`
    and `height` pixels of the chart."""

    period: Period
    number: int
    x: str
    width: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Lane:
    """One kind: its bars (none where there is nothing: a gap), its number in every period, and
    what has no place. `label_y` and `y` are where its name and its line stand, in pixels; `total`
    counts all of the kind."""

    kind: str
    name: str
    letter: str
    label_y: int
    y: int
    bars: tuple[Bar, ...]
    numbers: tuple[int, ...]
    inexact: int
    undated: int
    total: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart by month, or by longer periods where there would be too many.

    `height` is in pixels, the axis included, whose two lines of words stand at `axis_y` and
    `year_y`; `end` is where its lines end, in percent. `inexact` counts those that are dated less
    exactly than the periods, `undated` those without a date; neither is placed. Of those with a
    date, `said` counts the ones dated by when they were said, `published` by their article.
    """

    lanes: tuple[Lane, ...]
    periods: tuple[Period, ...]
    height: int
    axis_y: int
    year_y: int
    end: str
    inexact: int
    undated: int
    said: int
    published: int

    @property
    def total(self) -> int:
        """All that was counted."""
        return sum(lane.total for lane in self.lanes)

    @property
    def table(self) -> list[tuple[Period, list[int]]]:
        """The numbers of each period, lane by lane."""
        return [
            (period, [lane.numbers[place] for lane in self.lanes])
            for place, period in enumerate(self.periods)
        ]

    @property
    def unit(self) -> str:
        """What a period is; empty where there is none."""
        return self.periods[0].unit if self.periods else ""


def by_month(
    tallies: Iterable[Tally],
    kinds: Mapping[str, tuple[str, str]],
    named: Callable[[date, int], str],
    most: int = MOST_PERIODS,
) -> Chart:
    """The chart of these.

    Periods are months, or the shortest of quarters, years, 2, 5, 10 … years of which `most` are
    enough. Where something is dated to the month at least, what is dated to the year only has no
    place among months and quarters.

    Args:
        kinds: the letter and the name of each lane by its kind, in their order; names are shown as
            they are given.
        named: a period in words, by its first day and its number of months.
        most: periods, 10 to 288: ten of a thousand years each hold every date there is.

    Raises:
        KeyError: a tally is of another kind.
    """
    several = list(tallies)
    dated = [(one.when, one.number) for one in several if one.when]
    step, starts = periods_of([when for when, _ in dated], most)
    numbers: dict[str, Counter[int]] = {kind: Counter() for kind in kinds}
    inexact, undated, totals = (dict.fromkeys(kinds, 0) for _ in range(3))
    for one in several:
        totals[one.kind] += one.number
        if one.when is None:
            undated[one.kind] += one.number
        elif fits(one.when, step):
            numbers[one.kind][start_of(one.when.on, step)] += one.number
        else:
            inexact[one.kind] += one.number
    periods = labelled(step, starts, named)
    tallest = max((max(of.values(), default=0) for of in numbers.values()), default=0)
    lanes = tuple(
        Lane(
            kind=kind,
            name=name,
            letter=letter,
            label_y=place * LANE + 14,
            y=(place + 1) * LANE - 4,
            bars=tuple(_bars(periods, starts, numbers[kind], tallest, (place + 1) * LANE - 4)),
            numbers=tuple(numbers[kind][start] for start in starts),
            inexact=inexact[kind],
            undated=undated[kind],
            total=totals[kind],
        )
        for place, (kind, (letter, name)) in enumerate(kinds.items())
    )
    below = len(lanes) * LANE
    return Chart(
        lanes=lanes,
        periods=periods,
        height=below + (20 if step >= YEAR else 36),
        axis_y=below + 13,
        year_y=below + 29,
        end=percent(len(periods) * slot_of(len(periods))),
        inexact=sum(inexact.values()),
        undated=sum(undated.values()),
        said=sum(number for when, number in dated if when.is_said),
        published=sum(number for when, number in dated if not when.is_said),
    )


def _bars(
    periods: tuple[Period, ...], starts: range, numbers: Counter[int], tallest: int, line: int
) -> Iterable[Bar]:
    slot = slot_of(len(starts))
    for place, (period, start) in enumerate(zip(periods, starts, strict=True)):
        if number := numbers[start]:
            height = max(2, round(TALLEST * number / tallest))
            yield Bar(
                period=period,
                number=number,
                x=percent((place + (1 - _FILLED) / 2) * slot),
                width=percent(_FILLED * slot),
                y=line - height,
                height=height,
            )
