"""When a watched article is looked at again. Pure: every moment and every chance is given.

Most corrections come within hours of a report; later ones are rare. So an article is looked at
often at first, and again after each change, but never so often that its site would mind.
"""

import math
from datetime import datetime, timedelta

SOONEST = timedelta(minutes=15)
DOUBLED_UP_TO = timedelta(hours=8)
DAILY = timedelta(days=1)
WEEKLY, WEEKLY_AFTER = timedelta(weeks=1), timedelta(weeks=2)

LONGEST = timedelta(days=90)
"""Then the watch ends."""

_SHARE = 48
"""A watch waits for this part of its age at least: a page that changes each time, as by a counter,
would else be fetched every quarter of an hour until its end."""


def next_look(
    now: datetime, started: datetime, changed: datetime, chance: float
) -> datetime | None:
    """When to look next after a look that went well; None where the watch is over.

    From the start, or the last change after it, the waits are 15 and 30 minutes, 1, 2, 4 and 8
    hours, then days, and after a fortnight weeks.

    Args:
        changed: when the newest text came in.
        chance: from 0 to 1; it spreads what began together over a tenth of the time.
    """
    if is_over(now, started):
        return None
    wait = max(_pace(now - max(started, changed)), (now - started) / _SHARE)
    return now + wait * (1 + chance / 10)


def is_over(now: datetime, started: datetime) -> bool:
    """Whether a watch that began then has come to its end."""
    return now - started >= LONGEST


def _pace(calm: timedelta) -> timedelta:
    """How long to wait where nothing has changed for so long."""
    if calm >= WEEKLY_AFTER:
        return WEEKLY
    # The waits so far, doubled each time, add up to one less than the next, in units of SOONEST.
    waits = max(calm / SOONEST, 0) + 1
    wait = SOONEST * 2 ** math.floor(math.log2(waits))
    return wait if wait <= DOUBLED_UP_TO else DAILY
