from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, strategies as st

from reader.ingest.feeds import read_date
from reader.ingest.feeds.dates import UNKNOWN, Stated


def at(*parts: int, hours: float = 0) -> datetime:
    return datetime(*parts, tzinfo=timezone(timedelta(hours=hours)) if hours else UTC)


@pytest.mark.parametrize(
    ("raw", "moment", "precision"),
    [
        ("Thu, 01 Jan 2004 19:48:21 GMT", at(2004, 1, 1, 19, 48, 21), "second"),
        ("Thu, 1 Jan 2004 19:48 +0200", at(2004, 1, 1, 19, 48, hours=2), "minute"),
        ("01 Jan 04 19:48:21 -05:30", at(2004, 1, 1, 19, 48, 21, hours=-5.5), "second"),
        ("Thu, 31 Dec 99 23:59:59 EST", at(1999, 12, 31, 23, 59, 59, hours=-5), "second"),
        ("Mon, 29 March 2021 09:05:00 CEST", at(2021, 3, 29, 9, 5, hours=2), "second"),
        ("Fri, 29-Mar-2021 09:05:00 UTC (Coordinated)", at(2021, 3, 29, 9, 5), "second"),
        ("March 29, 2021 9:05 PM EDT", at(2021, 3, 29, 21, 5, hours=-4), "minute"),
        ("2003-12-31T10:14:55Z", at(2003, 12, 31, 10, 14, 55), "second"),
        ("2003-12-31T10:14:55.123456+05:30", at(2003, 12, 31, 10, 14, 55, hours=5.5), "second"),
        ("2003-12-31 10:14 +0000", at(2003, 12, 31, 10, 14), "minute"),
        ("2003-12-31T101455+01:00", at(2003, 12, 31, 10, 14, 55, hours=1), "second"),
        ("20031231T101455Z", at(2003, 12, 31, 10, 14, 55), "second"),
        ("2003-12-31T24:00:00Z", at(2004, 1, 1), "second"),
        ("2016-12-31T23:59:60Z", at(2017, 1, 1), "second"),
        ("Mon Mar 29 10:00:00 GMT 2021", at(2021, 3, 29, 10), "second"),
        ("  Thu,\n 01 Jan 2004\t19:48:21 GMT ", at(2004, 1, 1, 19, 48, 21), "second"),
        ("2003-12-31", at(2003, 12, 31), "day"),
        ("2003-12", at(2003, 12, 1), "month"),
        ("2003", at(2003, 1, 1), "year"),
        ("2003-365", at(2003, 12, 31), "day"),
        ("29 March 2021", at(2021, 3, 29), "day"),
        ("2021/03/29", at(2021, 3, 29), "day"),
        ("29/03/2021", at(2021, 3, 29), "day"),
        ("03/29/2021", at(2021, 3, 29), "day"),
        ("03/03/2021", at(2021, 3, 3), "day"),
        ("04.03.2021", at(2021, 3, 4), "day"),
    ],
)
def test_what_is_certain(raw: str, moment: datetime, precision: str) -> None:
    stated = read_date(raw)
    assert stated.moment == moment
    assert stated.precision == precision


@pytest.mark.parametrize(
    "raw",
    [
        "Mon, 29 Mar 2021 10:00:00 BST",
        "Mon, 29 Mar 2021 10:00:00 IST",
        "Mon, 29 Mar 2021 10:00:00 A",
        "Mon, 29 Mar 2021 10:00:00",
        "2021-03-29T10:00:00",
        "2021-03-29 10:00 CST",
        "Mon Mar 29 10:00:00 CST 2021",
        "Mon Mar 29 10:00:00 2021",
        "Mon, 29 Mar 2021 10:00:00 Europe/London",
        "Mon, 29 Mar 2021 25:00:00 GMT",
        "Mon, 29 Mar 2021 10:61:00 GMT",
        "Mon, 29 Mar 2021 10:00:00 +9900",
        "29/03/2021 10:00",
    ],
)
def test_the_day_is_kept_where_the_moment_is_uncertain(raw: str) -> None:
    assert read_date(raw) == Stated(None, date(2021, 3, 29), "day")


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "yesterday",
        "03/04/2021",
        "03-04-2021",
        "04-01-02",
        "2021-02-30",
        "Mon, 32 Mar 2021 10:00:00 GMT",
        "Mon, 29 Foo 2021 10:00:00 GMT",
        "0000-01-01",
        "2003-366",
        "99999-01-01",
        "lun. 29 août 2021",
        "2021-03-29T10:00:00Z and more",
        "9" * 10_000,
    ],
)
def test_what_is_not_certain_is_unknown(raw: str) -> None:
    assert read_date(raw) == UNKNOWN


def test_the_day_is_the_publishers() -> None:
    stated = read_date("Thu, 01 Jan 2004 23:30:00 -0500")
    assert stated.on == date(2004, 1, 1)
    assert stated.moment is not None and stated.moment.astimezone(UTC).day == 2


@given(st.text())
def test_any_text_is_read_or_unknown(raw: str) -> None:
    assert isinstance(read_date(raw), Stated)


@given(st.datetimes(min_value=datetime(1950, 1, 1), timezones=st.just(UTC)))
def test_what_rfc_822_and_3339_write_is_read_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert read_date(moment.strftime("%a, %d %b %Y %H:%M:%S +0000")).moment == moment
    assert read_date(moment.isoformat()).moment == moment
