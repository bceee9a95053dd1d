"""How far the search index is behind."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from reader.models import SearchBacklog

MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Backlog:
    """`waiting` articles are not in the index, or not as they are now; at least so many if
    `is_more`. `since` is when the first of them came."""

    waiting: int
    is_more: bool
    since: datetime | None


def backlog() -> Backlog:
    """What waits to be indexed. More than MOST_COUNTED are not counted. Two queries."""
    counted = SearchBacklog.objects.all()[: MOST_COUNTED + 1].count()
    since = SearchBacklog.objects.aggregate(first=Min("added_at"))["first"]
    return Backlog(min(counted, MOST_COUNTED), counted > MOST_COUNTED, since)


def is_behind() -> bool:
    """Whether there are articles that cannot be found yet, or not as they are now."""
    return SearchBacklog.objects.exists()
