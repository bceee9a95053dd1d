"""What the workers have to do, whether there are any, and what they failed at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils import timezone
from procrastinate.contrib.django.models import (
    ProcrastinateEvent,
    ProcrastinateJob,
    ProcrastinateWorker,
)

from reader.models import Feed, FeedEntry
from reader.queries.indexing import Backlog, backlog

NEWEST_FAILED = 20
"""Failed jobs that are listed."""


@dataclass(frozen=True, slots=True)
class Depth:
    """How many jobs of a task wait for a worker, wait for a later time, and run."""

    task: str
    waiting: int
    later: int
    running: int


@dataclass(frozen=True, slots=True)
class Status:
    """`workers` are those that showed a sign of life lately."""

    workers: int
    depths: Sequence[Depth]
    backlog: Backlog
    last_polled_at: datetime | None


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that was given up, and the feed that it was about, if that is known."""

    task: str
    attempts: int
    at: datetime | None
    feed: Feed | None
    error: str


def status() -> Status:
    """How the workers are doing. Done jobs are deleted, so the queue is small. Five queries."""
    return Status(
        workers=workers_alive(),
        depths=_depths(),
        backlog=backlog(),
        last_polled_at=Feed.objects.aggregate(last=Max("last_polled_at"))["last"],
    )


def workers_alive() -> int:
    """Workers that showed a sign of life lately."""
    since = timezone.now() - timedelta(seconds=settings.WORKER_STALLED_SECONDS)
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).count()


def failed_jobs() -> list[FailedJob]:
    """The jobs that were given up last. Four queries."""
    jobs = list(ProcrastinateJob.objects.filter(status="failed").order_by("-pk")[:NEWEST_FAILED])
    ended = dict(
        ProcrastinateEvent.objects.filter(job__in=jobs, type="failed")
        .order_by("pk")
        .values_list("job", "at")
    )
    entries = FeedEntry.objects.select_related("feed").in_bulk(_about(jobs, "entry_id"))
    feeds = Feed.objects.in_bulk(_about(jobs, "feed_id"))
    return [_failed(job, ended.get(job.pk), feeds, entries) for job in jobs]


def _depths() -> list[Depth]:
    later = Q(status="todo", scheduled_at__gt=timezone.now())
    rows = (
        ProcrastinateJob.objects.filter(status__in=("todo", "doing"))
        .values("task_name")
        .annotate(
            waiting=Count("pk", filter=Q(status="todo") & ~later),
            later=Count("pk", filter=later),
            running=Count("pk", filter=Q(status="doing")),
        )
        .order_by("task_name")
    )
    return [Depth(row["task_name"], row["waiting"], row["later"], row["running"]) for row in rows]


def _about(jobs: Sequence[ProcrastinateJob], argument: str) -> list[int]:
    return [job.args[argument] for job in jobs if argument in job.args]


def _failed(
    job: ProcrastinateJob,
    at: datetime | None,
    feeds: dict[int, Feed],
    entries: dict[int, FeedEntry],
) -> FailedJob:
    entry = entries.get(job.args.get("entry_id", 0))
    feed = entry.feed if entry else feeds.get(job.args.get("feed_id", 0))
    error = entry.error if entry else feed.last_error if feed else ""
    return FailedJob(job.task_name, job.attempts, at, feed, error)
