"""When a feed is asked again. Pure: every moment and every chance is given.

A feed is asked as often as it brings something, but never more often than it wishes, and within
bounds that neither tire a site nor let a feed be forgotten.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SOONEST, LATEST = timedelta(minutes=15), timedelta(days=1)
"""No hint, no error and no habit moves the next poll out of these."""

USUAL = timedelta(hours=1)
"""For a feed of which no habit is known."""

SLOWEST_BY_HABIT = timedelta(hours=6)
"""A feed that rarely brings something is asked four times a day nevertheless."""

PER_ARTICLE = 4
"""Polls for each article that a feed is expected to bring, so that none comes very late."""

FEWEST = 3
"""Articles that make a habit."""

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a feed and its server say about when to ask: how long to leave them alone, and the
    hours (0 to 23, GMT) and days (0 is Monday) when nobody should ask."""

    alone: timedelta = timedelta(0)
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()

    def allow(self, moment: datetime) -> bool:
        """Whether the feed may be asked then."""
        moment = moment.astimezone(UTC)
        return moment.hour not in self.skip_hours and moment.weekday() not in self.skip_days


def pace(listed: Sequence[datetime], now: datetime) -> timedelta:
    """How long to wait for more of a feed whose newest articles are of these moments."""
    past = [moment for moment in listed if moment <= now]
    if len(past) < FEWEST:
        return USUAL
    between = (now - min(past)) / len(past)
    return min(max(between / PER_ARTICLE, SOONEST), SLOWEST_BY_HABIT)


def after_success(now: datetime, pace: timedelta, wishes: Wishes, chance: float) -> datetime:
    """When to ask next.

    Args:
        chance: from 0 to 1; it spreads feeds that were asked together over a tenth of the time.
    """
    wait = min(max(pace, wishes.alone, SOONEST), LATEST)
    moment = now + min(wait * (1 + chance / 10), LATEST)
    # Whole hours: the wishes are in hours and days, and none lasts longer than the bound.
    while not wishes.allow(moment) and moment < now + LATEST:
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return min(moment, now + LATEST)


def after_failure(
    now: datetime, failures: int, retry_after: timedelta | None, chance: float
) -> datetime:
    """When to try again after so many failures in a row (at least one).

    Args:
        retry_after: when the server said that it could be asked again.
        chance: from 0 to 1, as in `after_success`; here it is a fifth of the time.
    """
    doubled = SOONEST * 2 ** min(failures - 1, 10)
    wait = max(doubled * (1 + chance / 5), retry_after or SOONEST)
    return now + min(wait, LATEST)


def retry_after(value: str, now: datetime) -> timedelta | None:
    """What a `Retry-After` says: seconds, or a date (RFC 9110, section 10.2.3). None for neither,
    and for what is over."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(timedelta(seconds=int(value)), LATEST) if len(value) < 10 else LATEST
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(moment - now, LATEST) if moment > now else None


def fresh_for(cache_control: str) -> timedelta:
    """How long an answer stays fresh by its `Cache-Control`; zero where it does not say."""
    found = _MAX_AGE.search(cache_control)
    return min(timedelta(seconds=int(found[1])), LATEST) if found else timedelta(0)
