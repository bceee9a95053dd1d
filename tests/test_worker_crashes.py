"""kill -9 while workers poll feeds, fetch pages and place passages: nothing is lost, nothing comes
twice, nothing is half done."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event, Lock

import psycopg
import pytest

from reader.database.server import Server
from tests.embedded import target, temporary_data_dir
from tests.rss import WORDS, item, rss
from tests.served import ROOT, environment, until
from tests.website import Website, website

STALLED_SECONDS = 2
PATIENCE = 120  # by the issue; with a worker that is taken for dead so early it takes seconds
FEEDS, ITEMS, PAGES = 24, 5, 3
PAGE = f"<html><head><title>Report</title></head><body><article><p>{WORDS * 8}</p></article>"

_SUBSCRIBE = """
from reader.models import User
from reader.services.feeds import subscribe
user = User.objects.create_user("alice@example.org", "x")
for url in {urls!r}:
    feed = subscribe(user, url).feed
    feed.delivery = {delivery!r}
    feed.save()
"""

_WATCH = """
from datetime import timedelta
from django.utils import timezone
from reader.ingest.address import fetch_article
from reader.ingest.pipeline import store
from reader.models import Article, ArticleWatch, Revision
from reader.services.watching import defer_due_looks, watch
from tests.factories import make_mark, make_project, make_user
project, alice = make_project(), make_user()
outcome = store(fetch_article({url!r})[0], project)
article = Article.objects.select_related("current_revision").get(pk=outcome.article_id)
for n in range({marks}):
    make_mark(project, article, "denied on Monday", by=alice)
watch(article, alice)
hour = timedelta(hours=1)
Revision.objects.update(fetched_at=timezone.now() - hour)
ArticleWatch.objects.update(started_at=timezone.now() - hour, next_fetch_at=timezone.now())
defer_due_looks()  # workers look only once a minute for what is due
"""

_POLL_NOW = """
from django.utils import timezone
from reader.models import Feed
from reader.services.queue import defer_due_polls
Feed.objects.update(next_poll_at=timezone.now())
defer_due_polls()
"""
_PLACED = "annotations_anchor WHERE made_by = 'machine'"
_PIECES = f"annotations_fragment WHERE anchor_id IN (SELECT id FROM {_PLACED})"
_WAITING = """
SELECT count(*) FROM pg_locks
 WHERE NOT granted AND relation = 'annotations_fragment'::regclass
"""
MARKS = 200


class Traffic:
    """A site's requests: how many of a path there are at once, and one that does not end."""

    def __init__(self, site: Website) -> None:
        self.site = site
        self.most: Counter[str] = Counter()
        self.caught, self.freed = Event(), Event()
        self._trap = ""
        self._now: Counter[str] = Counter()
        self._lock = Lock()

    def put(self, path: str, content: str, content_type: str) -> str:
        """A page that answers unless it is the trap."""
        self.site.page(path, content, content_type)
        real = self.site.answers[path]

        def answer(request: BaseHTTPRequestHandler) -> None:
            with self._lock:
                self._now[path] += 1
                self.most[path] = max(self.most[path], self._now[path])
            try:
                if path == self._trap and not self.freed.is_set():
                    self.caught.set()
                    self.freed.wait(60)
                real(request)
            finally:
                with self._lock:
                    self._now[path] -= 1

        self.site.answers[path] = answer
        return self.site.address + path

    def trap(self, path: str) -> None:
        """Let the next who asks for `path` wait until `free` is called."""
        self._trap = path
        self.caught.clear()
        self.freed.clear()

    def free(self) -> None:
        self.freed.set()
        until(lambda: not self._now[self._trap])


def command(folder: Path) -> dict[str, str]:
    return environment(
        DATA_DIR=str(folder),
        ON_RECORD_ENV="demo",
        FETCH_ALLOW_PRIVATE="1",
        WORKER_STALLED_SECONDS=str(STALLED_SECONDS),
    )


def manage(folder: Path, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=command(folder), check=True
    )


@contextmanager
def worker(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker, killed at the end if it still lives."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"], cwd=ROOT, env=command(folder)
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


@pytest.fixture(scope="module")
def migrated() -> Iterator[Path]:
    """A site's folder, whose database runs whether there is a worker or not."""
    with temporary_data_dir() as one:
        server = Server(one)
        server.ensure()
        manage(one, "migrate", "--verbosity", "0")
        yield one
        server.release()


@pytest.fixture
def folder(migrated) -> Iterator[Path]:
    yield migrated
    tables = "reader_user, reader_feed, reader_article, procrastinate_jobs, procrastinate_workers"
    with psycopg.connect(target(migrated)) as connection:
        connection.execute(f"TRUNCATE {tables} CASCADE")


@pytest.fixture
def traffic() -> Iterator[Traffic]:
    with website() as site:
        yield Traffic(site)


def ask(folder: Path, sql: str) -> list[tuple]:
    with psycopg.connect(target(folder)) as connection:
        return connection.execute(sql).fetchall()


def number(folder: Path, sql: str) -> int:
    return ask(folder, f"SELECT count(*) FROM {sql}")[0][0]


def die_in(traffic: Traffic, folder: Path, paths: list[str]) -> None:
    """At each of these requests, kill the worker that makes it."""
    for path in paths:
        traffic.trap(path)
        with worker(folder):
            assert traffic.caught.wait(PATIENCE)
        traffic.free()


def test_polls(folder, traffic):
    urls = []
    for n in range(FEEDS):
        content = rss(item(f"{n}-{m}", f"Feed {n}, text {m}. {WORDS}") for m in range(ITEMS))
        urls.append(traffic.put(f"/feed/{n}", content, "application/rss+xml"))
    manage(folder, "shell", "-c", _SUBSCRIBE.format(urls=urls, delivery="feed"))
    die_in(traffic, folder, ["/feed/1", "/feed/9", "/feed/17"])
    polled = "reader_feed WHERE last_success_at IS NOT NULL"
    with worker(folder), worker(folder):
        assert until(lambda: number(folder, polled) == FEEDS, PATIENCE)
        assert until(lambda: number(folder, "procrastinate_jobs WHERE status = 'doing'") == 0)
    assert number(folder, "reader_feedentry") == FEEDS * ITEMS
    assert number(folder, "reader_article") == FEEDS * ITEMS
    assert number(folder, "reader_revision") == FEEDS * ITEMS
    assert number(folder, "reader_feed WHERE last_error <> '' OR failures > 0") == 0
    assert number(folder, "procrastinate_jobs WHERE status = 'failed'") == 0
    assert set(traffic.most.values()) == {1}


def test_pages(folder, traffic):
    items = []
    for n in range(PAGES):
        link = traffic.put(f"/page/{n}", PAGE.replace("Report", f"Report {n}"), "text/html")
        items.append(item(n, link=link))
    url = traffic.put("/feed", rss(items), "application/rss+xml")
    manage(folder, "shell", "-c", _SUBSCRIBE.format(urls=[url], delivery="page"))
    die_in(traffic, folder, ["/page/0", "/page/2"])
    with worker(folder), worker(folder):
        assert until(
            lambda: number(folder, "reader_feedentry WHERE status = 'stored'") == PAGES, PATIENCE
        )
    assert number(folder, "reader_article") == PAGES
    assert number(folder, "reader_revision") == PAGES
    assert number(folder, "reader_feedentry") == PAGES
    assert set(traffic.most.values()) == {1}


def test_a_worker_that_is_told_to_stop_ends_in_time_and_leaves_nothing_behind(folder, traffic):
    url = traffic.put("/feed", rss([item(1)]), "application/rss+xml")
    manage(folder, "shell", "-c", _SUBSCRIBE.format(urls=[url], delivery="feed"))
    with worker(folder) as idle:
        assert until(lambda: number(folder, "reader_article") == 1, PATIENCE)
        idle.terminate()
        assert idle.wait(10) == 0
    assert number(folder, "procrastinate_workers") == 0
    # One that is stuck in a job ends, too, and the next takes its job up.
    manage(folder, "shell", "-c", _POLL_NOW)
    traffic.trap("/feed")
    with worker(folder) as stuck:
        assert traffic.caught.wait(PATIENCE)
        stuck.terminate()
        assert stuck.wait(15) == 0
    traffic.free()
    with worker(folder):
        assert until(
            lambda: number(folder, "reader_feed WHERE next_poll_at > now()") == 1, PATIENCE
        )
    assert number(folder, "reader_revision") == 1


def test_everything_that_is_due_is_done_at_once(folder, traffic):
    url = traffic.put("/feed", rss([item(1)]), "application/rss+xml")
    manage(folder, "shell", "-c", _SUBSCRIBE.format(urls=[url], delivery="feed"))
    manage(folder, "worker", "--once")
    assert number(folder, "reader_article") == 1
    assert number(folder, "procrastinate_jobs") == 0


def corrected(traffic: Traffic, folder: Path) -> None:
    """A watched article with many marks, that is due and has another text now."""
    url = traffic.put("/page", PAGE, "text/html")
    manage(folder, "shell", "-c", _WATCH.format(url=url, marks=MARKS))
    now = PAGE.replace(
        "<article>", "<article><p>It rained, the harbour office said on Tuesday.</p>"
    )
    traffic.put("/page", now.replace("on Monday", "on Sunday"), "text/html")


def is_settled(folder: Path) -> bool:
    """Whether all has been done, and once."""
    return (
        number(folder, _PLACED) == number(folder, _PIECES) == MARKS
        and number(folder, "reader_revision") == 2
        and number(folder, "reader_articlewatch WHERE next_fetch_at > now()") == 1
        and number(folder, "procrastinate_jobs WHERE status IN ('doing', 'failed')") == 0
    )


def test_a_watched_article_is_looked_at_and_its_passages_are_placed(folder, traffic):
    corrected(traffic, folder)
    manage(folder, "worker", "--once")
    assert is_settled(folder)
    placed = f"{_PLACED} AND status = 'changed'"
    assert number(folder, placed) == MARKS
    manage(folder, "worker", "--once")
    assert is_settled(folder)


def test_looks(folder, traffic):
    corrected(traffic, folder)
    die_in(traffic, folder, ["/page", "/page"])
    assert number(folder, "reader_revision") == 1
    with worker(folder):
        assert until(lambda: is_settled(folder), PATIENCE)
    assert traffic.most["/page"] == 1


def test_placing(folder, traffic):
    corrected(traffic, folder)
    for _ in range(2):
        with psycopg.connect(target(folder)) as halfway:
            # Anchors are written first: whoever places passages now stops in the middle of it.
            halfway.execute("LOCK TABLE annotations_fragment IN EXCLUSIVE MODE")
            with worker(folder):
                assert until(lambda: ask(folder, _WAITING)[0][0] == 1, PATIENCE)
        assert until(lambda: ask(folder, _WAITING)[0][0] == 0)
        assert number(folder, _PLACED) == number(folder, _PIECES) == 0
    with worker(folder), worker(folder):
        assert until(lambda: is_settled(folder), PATIENCE)
