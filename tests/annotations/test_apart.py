"""The time between two publications, no finer than it is known."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from annotations.apart import Distance, Unit, apart
from annotations.timing import Dated


def at(text: str) -> Dated | None:
    if not text:
        return None
    year, month, day = [*map(int, text.split("-")), 1, 1][:3]
    return Dated(date(year, month, day), ("year", "month", "day")[text.count("-")])


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("2021-03-29", "2022-01-28", Distance(Unit.MONTHS, 10)),
        ("2021-03-29", "2021-03-29", Distance(Unit.SAME_DAY)),
        ("2021-03-29", "2021-03-30", Distance(Unit.DAYS, 1)),
        ("2021-03-01", "2021-04-15", Distance(Unit.DAYS, 45)),
        ("2021-03-01", "2021-04-16", Distance(Unit.MONTHS, 2)),
        ("2021-03-01", "2023-02-01", Distance(Unit.MONTHS, 23)),
        ("2021-03-01", "2023-03-01", Distance(Unit.YEARS, 2)),
        ("2021-03", "2021-03-29", Distance(Unit.SAME_MONTH)),
        ("2021-03", "2022-01-28", Distance(Unit.MONTHS, 10, is_about=True)),
        ("2021-03", "2024-01", Distance(Unit.YEARS, 3, is_about=True)),
        ("2021", "2021-03-29", Distance(Unit.SAME_YEAR)),
        ("2021", "2024-01", Distance(Unit.YEARS, 3, is_about=True)),
        ("", "2021-03-29", Distance(Unit.UNKNOWN)),
        ("", "", Distance(Unit.UNKNOWN)),
    ],
)
def test_how_far_apart(one: str, other: str, distance: Distance) -> None:
    assert apart(at(one), at(other)) == apart(at(other), at(one)) == distance


GIVEN = st.builds(
    lambda on, precision: Dated(
        on.replace(
            day=on.day if precision == "day" else 1, month=1 if precision == "year" else on.month
        ),
        precision,
    ),
    st.dates(date(1950, 1, 1), date(2050, 12, 31)),
    st.sampled_from(["day", "month", "year"]),
)


@given(GIVEN, GIVEN)
def test_a_number_is_only_told_where_there_is_one(one: Dated, other: Dated) -> None:
    found = apart(one, other)
    counted = found.unit in {Unit.DAYS, Unit.MONTHS, Unit.YEARS}
    assert counted == (found.number > 0)
    assert found.is_about == (counted and {one.precision, other.precision} != {"day"})
