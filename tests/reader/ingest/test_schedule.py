"""When feeds are asked again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from reader.ingest.schedule import (
    LATEST,
    SOONEST,
    USUAL,
    Wishes,
    after_failure,
    after_success,
    fresh_for,
    pace,
    retry_after,
)

NOW = datetime(2021, 3, 29, 10, 30, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)


def every(between: timedelta, number: int = 10) -> list[datetime]:
    """The moments of so many articles, the last of them just out."""
    return [NOW - between * n for n in range(1, number + 1)]


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ([], USUAL),
        (every(HOUR, 2), USUAL),
        (every(timedelta(minutes=10)), SOONEST),
        (every(2 * HOUR), HOUR / 2),
        (every(timedelta(days=30)), 6 * HOUR),
        ([NOW + HOUR] * 10, USUAL),  # of the future: no habit
    ],
)
def test_a_feed_is_asked_as_often_as_it_brings_something(listed, expected):
    assert pace(listed, NOW) == expected


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        (Wishes(), HOUR),
        (Wishes(alone=3 * HOUR), 3 * HOUR),
        (Wishes(alone=timedelta(minutes=1)), HOUR),
        (Wishes(alone=timedelta(days=30)), LATEST),
        (Wishes(skip_hours=frozenset({11, 12})), timedelta(hours=2, minutes=30)),
        (Wishes(skip_hours=frozenset(range(24))), LATEST),
        (Wishes(skip_days=frozenset({0})), timedelta(hours=13, minutes=30)),
        (Wishes(skip_days=frozenset({0, 1, 2})), LATEST),
    ],
)
def test_wishes_are_honoured_within_a_day(wishes, expected):
    assert after_success(NOW, HOUR, wishes, chance=0) - NOW == expected


def test_failures_double_the_wait_up_to_a_day():
    waits = [after_failure(NOW, failures, None, chance=0) - NOW for failures in range(1, 9)]
    assert waits[:4] == [SOONEST, SOONEST * 2, SOONEST * 4, SOONEST * 8]
    assert waits[-1] == LATEST
    assert after_failure(NOW, 10**6, None, chance=1) - NOW == LATEST


def test_a_server_that_asks_for_time_gets_it():
    assert after_failure(NOW, 1, 2 * HOUR, chance=0) - NOW == 2 * HOUR
    assert after_failure(NOW, 1, timedelta(seconds=1), chance=0) - NOW == SOONEST
    assert after_failure(NOW, 4, HOUR, chance=0) - NOW == SOONEST * 8


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", timedelta(minutes=2)),
        (" 3600 ", HOUR),
        ("9" * 5000, LATEST),
        ("Mon, 29 Mar 2021 11:30:00 GMT", HOUR),
        ("Mon, 29 Mar 2021 11:30:00", HOUR),
        ("Tue, 29 Mar 2095 11:30:00 GMT", LATEST),
        ("Mon, 29 Mar 2021 09:30:00 GMT", None),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("²", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value, expected):
    assert retry_after(value, NOW) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("public, max-age=1800", timedelta(minutes=30)),
        ("MAX-AGE = 60", timedelta(minutes=1)),
        ("s-maxage=5", timedelta(0)),
        ("max-age=99999999999999999", LATEST),
        ("no-store", timedelta(0)),
        ("", timedelta(0)),
    ],
)
def test_cache_control_says_how_long_an_answer_is_fresh(value, expected):
    assert fresh_for(value) == expected


moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
waits = st.timedeltas(timedelta(0), timedelta(days=4000))
chances = st.floats(0, 1)


@given(
    moments,
    waits,
    waits,
    st.frozensets(st.integers(0, 23)),
    st.frozensets(st.integers(0, 6)),
    chances,
)
def test_the_next_poll_is_always_within_the_bounds(now, pace, alone, hours, days, chance):
    wishes = Wishes(alone, hours, days)
    moment = after_success(now, pace, wishes, chance)
    assert SOONEST <= moment - now <= LATEST
    assert wishes.allow(moment) or moment - now == LATEST


@given(moments, st.integers(1, 10**9), st.none() | waits, chances)
def test_so_is_the_next_try(now, failures, asked, chance):
    assert SOONEST <= after_failure(now, failures, asked, chance) - now <= LATEST


@given(st.text(), moments)
def test_no_header_is_too_strange(value, now):
    retry_after(value, now)
    assert timedelta(0) <= fresh_for(value) <= LATEST
