"""Timelines: where marks stand, and that no day is made up."""

from datetime import date

from annotations.ledger import Part, Point
from annotations.pages.timeline import Timed, axis_of, marks, timeline
from annotations.timing import Dated


def day(on: str) -> Dated:
    return Dated(date.fromisoformat(on), "day")


def test_days_are_shapes_and_months_are_bars() -> None:
    axis = axis_of([day("2024-01-01"), Dated(date(2024, 12, 1), "month")])
    assert axis and (axis.first, axis.last) == (date(2024, 1, 1), date(2024, 12, 31))
    first, month, denied = marks(
        axis,
        [
            Point(Part.ALLEGES, date(2024, 1, 1), "day", 2),
            Point(Part.ALLEGES, date(2024, 12, 1), "month", 1),
            Point(Part.DENIES, date(2024, 12, 31), "day", 1),
        ],
    )
    assert (first.x, first.end) == ("3.0%", "")
    assert (month.x, month.end) == ("89.3%", "97.0%")
    assert (denied.part, denied.x, denied.end) == ("denies", "97.0%", "")
    assert first.y != denied.y


def test_one_day_stands_in_the_middle_and_none_nowhere() -> None:
    axis = axis_of([day("2024-01-01")])
    assert axis and axis.at(date(2024, 1, 1)) == 50
    assert axis_of([]) is None
    assert timeline([]) is None


def test_each_publication_has_a_lane_and_near_marks_are_one() -> None:
    found = timeline(
        [
            Timed(Part.ALLEGES, "The Reed", day("2024-01-01"), "#1"),
            Timed(Part.ALLEGES, "The Reed", day("2024-01-02"), "#2"),
            Timed(Part.DENIES, "The Reed", day("2024-01-02"), "#3"),
            Timed(Part.ALLEGES, "The Courier", day("2024-12-31"), "#4"),
        ]
    )
    assert found
    reed, courier = found.lanes
    assert [(one.part, one.number, one.path) for one in reed.stops] == [
        ("alleges", 2, "#1"),
        ("denies", 1, "#3"),
    ]
    assert reed.stops[0].when == "1 January 2024 – 2 January 2024"
    assert reed.stops[0].y < reed.y < reed.stops[1].y
    assert [one.path for one in courier.stops] == ["#4"]
    assert found.height > courier.y
