"""Feeds: how fast they are parsed, and one cycle of polls by two workers."""

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import datetime

import requests
from django.conf import settings
from django.db import connection
from django.utils import timezone

from reader.models import Article, Feed, Subscription, User
from reader.queries.status import workers_alive
from reader.services.queue import defer_due_polls
from tests.bench.results import Result
from tests.bench.scale import Scale
from tests.reader.ingest.feeds.throughput import entries_per_second
from tests.served import ROOT, environment, until

WORKERS, CONCURRENCY = 2, 4
ITEMS = 20
"""Articles that each feed lists."""

PATIENCE = 600


def measure(scale: Scale) -> list[Result]:
    """Entries/s of the parser, and feeds/s of a first poll and of one that finds nothing new."""
    with _feed_site(scale.feeds) as address, _workers():
        urls = [f"{address}/{n}" for n in range(scale.feeds)]
        bare = scale.feeds / min(_fetch_all(urls) for _ in range(2))
        _subscribe(urls)
        first, again = scale.feeds / _cycle(scale.feeds), scale.feeds / _cycle(scale.feeds)
        articles = Article.objects.count()
    _empty()
    if articles != scale.feeds * ITEMS:
        raise RuntimeError(f"{articles} articles came of {scale.feeds * ITEMS}")
    limit = f"bare requests {bare:,.0f}/s"
    return [
        Result("feeds, parsed", f"{entries_per_second():,.0f} entries/s"),
        Result(
            f"poll {scale.feeds} feeds with {ITEMS} new articles each, {WORKERS} workers",
            f"{first:,.0f} feeds/s",
            limit,
            f"{first / bare:.2f}",
        ),
        Result(
            f"poll {scale.feeds} feeds with nothing new, {WORKERS} workers",
            f"{again:,.0f} feeds/s",
            limit,
            f"{again / bare:.2f}",
        ),
    ]


@contextmanager
def _feed_site(number: int) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.bench.feed_site", str(number), str(ITEMS)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as site:
        assert site.stdin and site.stdout
        yield site.stdout.readline().strip()
        site.stdin.close()


@contextmanager
def _workers() -> Iterator[None]:
    """Workers for feeds alone: articles are not indexed meanwhile."""
    command = [sys.executable, "manage.py", "worker", "--concurrency", str(CONCURRENCY)]
    own = environment(SECRET_KEY=settings.SECRET_KEY, FETCH_ALLOW_PRIVATE="1")
    with ExitStack() as running:
        before = workers_alive()
        for _ in range(WORKERS):
            process = running.enter_context(
                subprocess.Popen([*command, "--queues", "feeds"], cwd=ROOT, env=own)
            )
            running.callback(process.terminate)
        if not until(lambda: workers_alive() == before + WORKERS, 60):
            raise TimeoutError("the workers did not start")
        yield


def _subscribe(urls: list[str]) -> None:
    user = User.objects.create_user("feeds@example.org")
    feeds = Feed.objects.bulk_create(Feed(url=url) for url in urls)
    Subscription.objects.bulk_create(Subscription(user=user, feed=feed) for feed in feeds)


def _cycle(number: int) -> float:
    """Seconds until each feed has been polled once more."""
    start = timezone.now()
    Feed.objects.update(next_poll_at=start)
    begin = time.perf_counter()
    defer_due_polls()
    if not until(lambda: _polled_since(start) == number, PATIENCE):
        raise TimeoutError(f"{_polled_since(start)} of {number} feeds were polled")
    return time.perf_counter() - begin


def _polled_since(moment: datetime) -> int:
    return Feed.objects.filter(last_success_at__gte=moment).count()


def _fetch_all(urls: list[str]) -> float:
    """Seconds for the same requests, as many at once, and nothing else."""
    begin = time.perf_counter()
    with ThreadPoolExecutor(WORKERS * CONCURRENCY) as threads:
        for response in threads.map(lambda url: requests.get(url, timeout=30), urls):
            response.raise_for_status()
    return time.perf_counter() - begin


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE reader_user, reader_feed, reader_article CASCADE")
