"""Charts: everything is counted once, in its own period or beside them."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from annotations.charts import MOST_PERIODS, TALLEST, Chart, Tally, by_month
from annotations.timing import Dated
from tests.annotations.test_timing import on

KINDS = {"quote": ("Q", "quotes"), "allegation": ("A", "allegations"), "denial": ("D", "denials")}


def plain(first: date, months: int) -> str:
    return f"{first:%Y-%m} +{months}"


def chart(*times: str, kind: str = "quote") -> Chart:
    """One of this kind at each of the times; "" is undated."""
    return by_month([Tally(kind, on(one) if one else None) for one in times], KINDS, plain)


def firsts(found: Chart) -> list[str]:
    return [f"{one.first:%Y-%m}" for one in found.periods]


def tallies() -> st.SearchStrategy[list[Tally]]:
    def given_as(day: date, precision: str, is_said: bool) -> Dated:
        exact = {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}
        return Dated(exact[precision], precision, is_said)

    times = st.builds(
        given_as,
        st.one_of(st.dates(date(2019, 1, 1), date(2021, 12, 31)), st.dates()),
        st.sampled_from(["day", "month", "year"]),
        st.booleans(),
    )
    one = st.builds(Tally, st.sampled_from([*KINDS]), st.none() | times, st.integers(1, 500))
    return st.lists(one, max_size=40)


@given(tallies(), st.integers(10, MOST_PERIODS))
def test_everything_is_counted_once(several: list[Tally], most: int) -> None:
    found = by_month(several, KINDS, plain, most)
    bars = [bar for lane in found.lanes for bar in lane.bars]
    everything = sum(one.number for one in several)
    assert sum(bar.number for bar in bars) + found.inexact + found.undated == everything
    assert found.total == everything
    assert found.said + found.published + found.undated == everything
    assert found.undated == sum(one.number for one in several if one.when is None)
    assert len(found.periods) <= most
    for lane in found.lanes:
        of_kind = [one for one in several if one.kind == lane.kind]
        assert lane.total == sum(one.number for one in of_kind)
        assert sum(lane.numbers) + lane.inexact + lane.undated == lane.total
        assert [number for number in lane.numbers if number] == [bar.number for bar in lane.bars]


@given(tallies())
def test_periods_follow_each_other_without_a_gap(several: list[Tally]) -> None:
    periods = by_month(several, KINDS, plain).periods
    for before, after in pairwise(periods):
        months = (after.first.year - before.first.year) * 12
        assert months + after.first.month - before.first.month in (
            before.months,
            before.months - 12,  # the year 0 is none
        )
    assert len({one.months for one in periods}) <= 1


@given(tallies())
def test_bars_are_as_tall_as_their_numbers_and_stay_inside(several: list[Tally]) -> None:
    found = by_month(several, KINDS, plain)
    bars = [bar for lane in found.lanes for bar in lane.bars]
    for lane in found.lanes:
        assert all(lane.label_y < bar.y and bar.y + bar.height == lane.y for bar in lane.bars)
        places = [float(bar.x.rstrip("%")) for bar in lane.bars]
        assert places == sorted(places)
    for bar in bars:
        assert 0 <= float(bar.x.rstrip("%")) + float(bar.width.rstrip("%")) <= 100
    for one in bars:
        assert all(one.height <= other.height for other in bars if one.number < other.number)
    assert max((bar.height for bar in bars), default=TALLEST) == TALLEST


@pytest.mark.parametrize(
    ("times", "unit", "periods"),
    [
        (["2024-05-08"], "month", ["2024-05"]),
        (["2024-05-08", "2024-08"], "month", ["2024-05", "2024-06", "2024-07", "2024-08"]),
        (["2022-01-31", "2023-12-01"], "month", [f"{y}-{m:02}" for y in (2022, 2023)
                                                 for m in range(1, 13)]),
        (["2022-02", "2024-02"], "quarter", ["2022-01", "2022-04", "2022-07", "2022-10", "2023-01",
                                             "2023-04", "2023-07", "2023-10", "2024-01"]),
        (["2000", "2002"], "year", ["2000-01", "2001-01", "2002-01"]),
        (["2000-05", "2007-05"], "year", [f"{year}-01" for year in range(2000, 2008)]),
        (["1981-03", "2024-05"], "years", [f"{year}-01" for year in range(1980, 2025, 2)]),
        (["1999", "2024-05", "2024-06"], "month", ["2024-05", "2024-06"]),
        (["", ""], "", []),
        ([], "", []),
    ],
)  # fmt: skip
def test_spans_have_the_shortest_periods_that_fit(
    times: Sequence[str], unit: str, periods: list[str]
) -> None:
    found = chart(*times)
    assert (found.unit, firsts(found)) == (unit, periods)


def test_a_year_has_no_place_among_months_and_is_told_apart() -> None:
    found = chart("2024-05-08", "2024", "")
    assert (found.inexact, found.undated, found.total) == (1, 1, 3)
    assert found.lanes[0].numbers == (1,)
    by_year = chart("2000-05-08", "2020-01-01", "2022", "")
    assert (by_year.unit, by_year.inexact, by_year.undated) == ("year", 0, 1)


def test_lanes_are_in_the_order_that_was_asked_for() -> None:
    found = by_month([Tally("denial", None), Tally("quote", None)], KINDS, plain)
    assert [(one.kind, one.letter, one.total) for one in found.lanes] == [
        ("quote", "Q", 1),
        ("allegation", "A", 0),
        ("denial", "D", 1),
    ]
    with pytest.raises(KeyError):
        by_month([Tally("rumour", None)], KINDS, plain)


def test_years_are_named_where_they_begin() -> None:
    found = chart("2023-05-01", "2024-02-01")
    assert [f"{one.first:%Y-%m}" for one in found.periods if one.has_year] == [
        "2023-05",
        "2024-01",
    ]
    near = chart("2022-12-01", "2023-12-01")
    assert [f"{one.first:%Y-%m}" for one in near.periods if one.has_year] == ["2023-01"]
