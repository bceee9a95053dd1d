"""Dates are never made finer than they were given."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, strategies as st

from annotations.timing import Dated, Gap, Span, Told, dated, order, share, since, span


def on(text: str) -> Dated:
    """ "2024-05-08", "2024-05" or "2024"."""
    year, month, day = (*map(int, text.split("-")), None, None)[:3]
    precision = "day" if day else "month" if month else "year"
    return Dated(date(year, month or 1, day or 1), precision)


def times() -> st.SearchStrategy[Dated]:
    days = st.dates(date(1990, 1, 1), date(1993, 12, 31))
    return st.builds(
        lambda day, precision: Dated(
            {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[
                precision
            ],
            precision,
        ),
        days,
        st.sampled_from(["day", "month", "year"]),
    )


@pytest.mark.parametrize(
    ("alleged", "denied", "found"),
    [
        ("2024-05-08", "2024-05-08", Span(Gap.SAME_DAY)),
        ("2024-05-08", "2024-05-09", Span(Gap.DAYS, 1)),
        ("2024-02-28", "2024-03-01", Span(Gap.DAYS, 2)),
        ("2024-05-08", "2024-05-07", Span(Gap.BEFORE)),
        ("2024-05-08", "2024-05", Span(Gap.SAME_MONTH)),
        ("2024-05", "2024-05", Span(Gap.SAME_MONTH)),
        ("2024-05", "2024-05-31", Span(Gap.SAME_MONTH)),
        ("2024-05", "2024", Span(Gap.SAME_YEAR)),
        ("2024", "2024-12-31", Span(Gap.SAME_YEAR)),
        ("2024-05-31", "2024-06", Span(Gap.LATER)),
        ("2024-05", "2024-06", Span(Gap.LATER)),
        ("2023", "2024", Span(Gap.LATER)),
        ("2024", "2023-12-31", Span(Gap.BEFORE)),
        ("2024-06", "2024-05-31", Span(Gap.BEFORE)),
    ],
)
def test_spans(alleged: str, denied: str, found: Span) -> None:
    assert span(on(alleged), on(denied)) == found


def test_without_a_date_nothing_is_known() -> None:
    for one, other in ((None, None), (on("2024"), None), (None, on("2024"))):
        assert span(one, other) == Span(Gap.UNKNOWN)


def test_what_was_said_goes_before_what_was_published() -> None:
    said, published = date(2024, 5, 7), date(2024, 5, 1)
    assert dated(said, published, "month") == Dated(said, "day", is_said=True)
    assert dated(None, published, "month") == Dated(published, "month")
    assert dated(None, None, "") is None


def test_a_leap_year_ends_its_february_later() -> None:
    assert [on(text).last.day for text in ("2023-02", "2024-02", "2024")] == [28, 29, 31]


@given(times(), times())
def test_days_are_counted_between_days_only(alleged: Dated, denied: Dated) -> None:
    found = span(alleged, denied)
    assert (found.days is not None) == (found.gap == Gap.DAYS)
    if found.days is not None:
        assert alleged.precision == denied.precision == "day"
        assert alleged.on + timedelta(days=found.days) == denied.on
        assert found.days > 0


@given(times(), times())
def test_an_order_is_given_only_where_no_day_is_shared(alleged: Dated, denied: Dated) -> None:
    found = span(alleged, denied).gap
    assert (found == Gap.BEFORE) == (denied.last < alleged.on)
    assert (found in {Gap.DAYS, Gap.LATER}) == (alleged.last < denied.on)


@given(times(), times())
def test_before_for_the_one_is_later_for_the_other(alleged: Dated, denied: Dated) -> None:
    there, back = span(alleged, denied).gap, span(denied, alleged).gap
    assert (there == Gap.BEFORE) == (back in {Gap.DAYS, Gap.LATER})
    if there not in {Gap.BEFORE, Gap.DAYS, Gap.LATER}:
        assert there == back


@given(st.lists(st.none() | times()))
def test_the_order_is_by_the_first_day_and_ends_with_the_unknown(several: list) -> None:
    found = sorted(several, key=order)
    known = [one for one in found if one]
    assert found == known + [None] * (len(found) - len(known))
    assert [one.on for one in known] == sorted(one.on for one in known)


@given(st.dates(), st.dates(), st.dates())
def test_shares_lie_between_the_ends(one: date, other: date, third: date) -> None:
    first, middle, last = sorted((one, other, third))
    assert 0 <= share(middle, first, last) <= 1
    if first < last:
        assert (share(first, first, last), share(last, first, last)) == (0, 1)
        with pytest.raises(ValueError):
            share(middle, last, first)


HERE, THERE = uuid4(), uuid4()


def told(said: str, published: str, article: UUID = HERE) -> Told:
    return Told(
        dated(date.fromisoformat(said), None, "") if said else None,
        dated(None, date.fromisoformat(published), "day") if published else None,
        article,
    )


@pytest.mark.parametrize(
    ("alleged", "denied", "expected"),
    [
        (("2024-05-02", "2024-05-08"), ("2024-05-03", "2024-05-20", THERE), Span(Gap.DAYS, 1)),
        (("2024-05-02", "2024-05-08"), ("2024-05-01", "2024-05-08"), Span(Gap.BEFORE)),
        (("", "2024-05-08"), ("", "2024-05-08"), Span(Gap.SAME_DAY)),
        (("", "2024-05-08"), ("2024-05-07", "2024-05-08"), Span(Gap.SAME_ARTICLE)),
        (("2024-05-07", "2024-05-08"), ("", "2024-05-08"), Span(Gap.SAME_ARTICLE)),
        (
            ("", "2024-05-08"),
            ("2024-05-07", "2024-05-10", THERE),
            Span(Gap.DAYS, 2, by_publication=True),
        ),
        (
            ("2024-05-07", "2024-05-08"),
            ("", "2024-05-08", THERE),
            Span(Gap.SAME_DAY, by_publication=True),
        ),
        (
            ("", "2024-05-08"),
            ("2024-05-01", "", THERE),
            Span(Gap.UNKNOWN, by_publication=True),
        ),
    ],
)
def test_like_is_counted_with_like(
    alleged: tuple[str, str], denied: tuple[str, str, UUID], expected: Span
) -> None:
    assert since(told(*alleged), told(*denied)) == expected
