"""Timelines as SVG: where marks stand, in percent of the width that the page gives them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from annotations.ledger import Part, Point
from annotations.timing import Dated, share
from reader import dates

_MARGIN = 3.0
"""Percent that stay free at either end, so that no mark is cut."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from `first` to `last`."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day stands, in percent of the width."""
        return _MARGIN + (100 - 2 * _MARGIN) * share(day, self.first, self.last)

    @property
    def ends(self) -> tuple[str, str]:
        """Both ends in words."""
        return dates.show(self.first, "day"), dates.show(self.last, "day")


def axis_of(times: Iterable[Dated]) -> Axis | None:
    """An axis on which all of these have their place; None for none of them."""
    several = list(times)
    if not several:
        return None
    return Axis(min(one.on for one in several), max(one.last for one in several))


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of a row's timeline, in percent: a shape at `x` where the day is known (`end` is
    empty), else a bar from `x` to `end`, over the month or year. `part` tells the shape; `y`, in
    pixels, is above the line for allegations and below it for denials."""

    part: str
    x: str
    end: str
    y: str


def marks(axis: Axis, points: Sequence[Point]) -> list[Mark]:
    """The marks of one row, which never say more than the dates do."""
    return [
        Mark(
            point.part.value,
            *_extent(axis, Dated(point.on, point.precision)),
            y="21" if point.part == Part.DENIES else "7",
        )
        for point in points
    ]


def _extent(axis: Axis, when: Dated) -> tuple[str, str]:
    """Begin and end in percent; no end for a day."""
    begin, end = axis.at(when.on), axis.at(when.last)
    if when.precision == "day":
        return f"{begin:.1f}%", ""
    return f"{begin:.1f}%", f"{max(end, begin + 2):.1f}%"


@dataclass(frozen=True, slots=True)
class Timed:
    """A passage that wants a place on a timeline: in a lane, with the address that it leads to."""

    part: Part
    lane: str
    when: Dated
    path: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A mark of a big timeline, which leads to the first of the passages that it stands for.

    `x`, `end`: as of `Mark`. `y` is in pixels. `when` says the time in words.
    """

    part: str
    x: str
    end: str
    y: int
    number: int
    when: str
    path: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One publication. `y` is where its line is, `label_y` where its name is, in pixels."""

    name: str
    y: int
    label_y: int
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A lane per publication; `height` is in pixels."""

    lanes: tuple[Lane, ...]
    height: int
    first: str
    last: str


COLUMNS = 12
"""Marks that stand nearer to each other than this share of the width are one: fingers hit them."""

_LANE, _LABEL, _ABOVE, _BELOW = 78, 14, 36, 62
"""Pixels: a lane's height, and in it the name, the allegations and the denials."""


def timeline(several: Sequence[Timed]) -> Timeline | None:
    """The timeline of these, allegations above each line and denials below; None for none.

    Args:
        several: in the order of their times.
    """
    axis = axis_of(one.when for one in several)
    if axis is None:
        return None
    of_lane: dict[str, list[Timed]] = defaultdict(list)
    for one in several:
        of_lane[one.lane].append(one)
    lanes = tuple(
        Lane(
            name=name,
            y=number * _LANE + (_ABOVE + _BELOW) // 2,
            label_y=number * _LANE + _LABEL,
            stops=tuple(_stops(axis, inside, number * _LANE)),
        )
        for number, (name, inside) in enumerate(of_lane.items())
    )
    return Timeline(lanes, len(lanes) * _LANE, *axis.ends)


def _stops(axis: Axis, several: Sequence[Timed], top: int) -> list[Stop]:
    groups: dict[tuple[Part, int, str], list[Timed]] = defaultdict(list)
    for one in several:
        middle = (axis.at(one.when.on) + axis.at(one.when.last)) / 2
        groups[one.part, int(middle * COLUMNS / 100), one.when.precision].append(one)
    return [_stop(axis, together, top) for together in groups.values()]


def _stop(axis: Axis, together: Sequence[Timed], top: int) -> Stop:
    first, last = together[0], together[-1]
    x, end = _extent(axis, first.when)
    times = [dates.show(one.when.on, one.when.precision) for one in (first, last)]
    return Stop(
        part=first.part.value,
        x=x,
        end=end,
        y=top + (_BELOW if first.part == Part.DENIES else _ABOVE),
        number=len(together),
        when=times[0] if times[0] == times[1] else " – ".join(times),
        path=first.path,
    )
