"""Work into the queue, in the transaction that makes it."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job

from reader.ingest.outlet import host_of
from reader.models import EntryStatus, Feed, FeedEntry, FeedStatus, Subscription
from reader.services.indexing import index_some
from reader.tasks import app, fetch_entry, fetch_pictures, index_articles, poll_feed

BATCH = 500
"""Feeds that are put into the queue by one statement."""

INDEXED_AT_ONCE = 20
"""Batches of articles that one job indexes."""

MOST_ATTEMPTS = 5
"""A job that its workers died of so often is given up."""

_POLL = "poll_feed:"
_PICTURES = "fetch_pictures:"

_STALLED = """
    SELECT id, attempts, queueing_lock IS NOT NULL AND EXISTS (
        SELECT FROM procrastinate_jobs waiting
        WHERE waiting.status = 'todo' AND waiting.queueing_lock = job.queueing_lock
    )
    FROM procrastinate_jobs job
    WHERE status = 'doing' AND (worker_id IS NULL OR worker_id IN (
        SELECT id FROM procrastinate_workers
        WHERE last_heartbeat < now() - make_interval(secs => %s)
    ))
    FOR UPDATE OF job SKIP LOCKED
"""


def defer_polls(feed_ids: Iterable[int]) -> int:
    """Have feeds polled, but for those that wait for it or are being polled.

    The caller's transaction holds the locks of their rows. Returns how many it is.
    """
    names = {f"{_POLL}{feed_id}": feed_id for feed_id in feed_ids}
    busy = ProcrastinateJob.objects.filter(
        Q(queueing_lock__in=names, status="todo") | Q(lock__in=names, status="doing")
    )
    for name in busy.values_list("lock", flat=True):
        names.pop(name or "", None)
    if names:
        app.job_manager.batch_defer_jobs([_poll(name, pk) for name, pk in names.items()])
    return len(names)


def defer_due_polls() -> int:
    """Put all feeds that are due into the queue, in batches. Returns how many."""
    deferred = 0
    while batch := _defer_due_batch():
        deferred += batch
    return deferred


@transaction.atomic
def _defer_due_batch() -> int:
    name = Concat(Value(_POLL), Cast(OuterRef("pk"), CharField()))
    due = (
        Feed.objects.filter(
            ~Exists(ProcrastinateJob.objects.filter(queueing_lock=name, status="todo")),
            ~Exists(ProcrastinateJob.objects.filter(lock=name, status="doing")),
            Exists(Subscription.objects.filter(feed=OuterRef("pk"))),
            status=FeedStatus.ACTIVE,
            next_poll_at__lte=timezone.now(),
        )
        .order_by("next_poll_at")
        # Whoever holds one, a poll or another worker's scheduler, sees to it.
        .select_for_update(skip_locked=True, of=("self",))
    )
    return defer_polls(list(due.values_list("pk", flat=True)[:BATCH]))


def _poll(name: str, feed_id: int) -> Job:
    """Of each feed's jobs one waits and one runs, at most."""
    return poll_feed.configure(lock=name, queueing_lock=name, task_kwargs={"feed_id": feed_id}).job


def defer_pictures(article_ids: Iterable[UUID]) -> None:
    """Have the pictures of articles fetched, but for those that wait for it already.

    The caller's transaction holds the lock of their scope, so that no other asks meanwhile.
    """
    names = {f"{_PICTURES}{article_id}": str(article_id) for article_id in article_ids}
    if not names:
        return
    waiting = ProcrastinateJob.objects.filter(queueing_lock__in=names, status="todo")
    for name in waiting.values_list("queueing_lock", flat=True):
        names.pop(name or "", None)
    jobs = [
        fetch_pictures.configure(
            lock=name, queueing_lock=name, task_kwargs={"article_id": article_id}
        ).job
        for name, article_id in names.items()
    ]
    if jobs:
        app.job_manager.batch_defer_jobs(jobs)


def defer_first_page(feed: Feed) -> None:
    """Have the newest page fetched that the feed's entries wait for; the others follow it."""
    waiting = FeedEntry.objects.filter(feed=feed, status=EntryStatus.WAITING)
    if (entry := waiting.order_by("-pk").first()) is not None:
        defer_page(entry)


def defer_page(entry: FeedEntry, after: timedelta = timedelta(0)) -> None:
    """Have an entry's page fetched, unless one of its feed waits for that already. Of one site
    one page is fetched at a time."""
    job = fetch_entry.configure(
        lock=f"page:{host_of(entry.link)}",
        queueing_lock=f"fetch_entry:{entry.feed_id}",
        schedule_at=timezone.now() + after if after else None,
    )
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(entry_id=entry.pk)


def defer_indexing() -> None:
    """Have a worker index what waits for it, once the transaction's changes are there."""
    # What waits stands in a table, so this only wakes one up: none is needed if it is lost, and
    # within the transaction it would make all those wait that add articles at the same time.
    transaction.on_commit(_wake_indexer, robust=True)


def _wake_indexer() -> None:
    if ProcrastinateJob.objects.filter(queueing_lock="index_articles", status="todo").exists():
        return
    with suppress(AlreadyEnqueued), transaction.atomic():
        index_articles.defer()


def index_backlog() -> None:
    """Index a bounded number of articles; where there are more, another job follows."""
    for _ in range(INDEXED_AT_ONCE):
        if not index_some():
            return
    defer_indexing()


@transaction.atomic
def requeue_stalled() -> int:
    """Put the jobs of workers that show no sign of life back into the queue. Returns how many.

    Any worker may do so at any time: a job that another one puts back is passed over.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STALLED, [settings.WORKER_STALLED_SECONDS])
        stalled = cursor.fetchall()
        for job_id, attempts, is_waiting_again in stalled:
            if is_waiting_again or attempts >= MOST_ATTEMPTS:
                cursor.execute(
                    "SELECT procrastinate_finish_job_v1(%s, 'failed', %s)",
                    [job_id, is_waiting_again],
                )
            else:
                cursor.execute(
                    "SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job_id]
                )
    return len(stalled)


def work_left(queues: Sequence[str] = ()) -> bool:
    """Whether any job of these queues (none: of all) waits or runs."""
    jobs = ProcrastinateJob.objects.filter(status__in=("todo", "doing"))
    return (jobs.filter(queue_name__in=queues) if queues else jobs).exists()
