"""When watched articles are looked at again."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from reader.ingest.watching import LONGEST, SOONEST, is_over, next_look

START = datetime(2026, 3, 1, 10, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def looks(finding: Collection[int] = (), chance: float = 0) -> list[timedelta]:
    """The waits of a whole watch, where the looks of these numbers find another text."""
    waits: list[timedelta] = []
    now, changed = START, START - DAY
    while moment := next_look(now, START, changed, chance):
        waits.append(moment - now)
        now = moment
        if len(waits) in finding:
            changed = now
    return waits


@pytest.mark.parametrize("chance", [0, 0.5, 1])
def test_often_at_first_then_less_then_no_more(chance):
    waits = looks(chance=chance)
    quarters = [round(wait / (1 + chance / 10) / SOONEST) for wait in waits]
    assert quarters[:7] == [1, 2, 4, 8, 16, 32, 96]
    assert set(quarters[7:]) == {96, 7 * 96}
    assert quarters == sorted(quarters)
    assert quarters.count(96) == 14 if chance == 0 else 12 <= quarters.count(96) <= 14
    assert LONGEST <= sum(waits, timedelta()) < LONGEST + 8 * DAY


def test_sooner_again_after_a_change():
    calm, changed = looks(), looks({9})
    assert calm[9] == DAY
    assert changed[9] < DAY / 10
    assert changed[9] < changed[10] < changed[11]


def test_a_page_that_always_changes_is_not_asked_for_without_end():
    assert len(looks(range(10_000))) < 500


def test_it_ends():
    assert next_look(START + LONGEST, START, START + LONGEST, 0) is None
    assert is_over(START + LONGEST, START)
    assert not is_over(START + LONGEST - SOONEST, START)


@given(
    since=st.timedeltas(timedelta(0), 2 * LONGEST),
    changed=st.timedeltas(-LONGEST, 2 * LONGEST),
    chance=st.floats(0, 1),
)
def test_never_sooner_and_never_later_than_it_should(since, changed, chance):
    now = START + since
    moment = next_look(now, START, START + changed, chance)
    assert (moment is None) == (since >= LONGEST)
    if moment:
        assert SOONEST <= moment - now <= timedelta(weeks=1) * 1.1
