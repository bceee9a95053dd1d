"""Watched articles: when they are looked at, and what comes of it."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connections, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from reader.ingest.address import fetch_article
from reader.ingest.pipeline import store
from reader.models import Article, ArticleWatch, Revision, User
from reader.services import watching
from reader.services.errors import Refused
from reader.services.watching import defer_due_looks, look, unwatch, watch
from tests.factories import make_article, make_user
from tests.feeds import take
from tests.reader.ingest.test_extract import MORE, WORDS, page
from tests.website import Website

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def alice() -> User:
    return make_user()


@pytest.fixture
def article(site: Website) -> Article:
    """Fetched an hour ago."""
    url = site.page("/ferry", page())
    article = Article.objects.get(pk=store(fetch_article(url)[0], None).article_id)
    Revision.objects.update(fetched_at=timezone.now() - HOUR)
    return article


def due(article: Article, user: User, since: timedelta = HOUR) -> ArticleWatch:
    """A watch that began so long ago and is due."""
    watch(article, user)
    now = timezone.now()
    ArticleWatch.objects.update(started_at=now - since, next_fetch_at=now)
    return ArticleWatch.objects.get()


def looked(article: Article, **more: int) -> ArticleWatch:
    look(article.pk, **more)
    return ArticleWatch.objects.get()


def test_it_begins_with_a_quarter_of_an_hour(alice, article):
    found = watch(article, alice)
    assert found.next_fetch_at == found.started_at + timedelta(minutes=15)
    assert found.added_by == alice
    before = found.started_at
    assert watch(article, make_user("bob@example.org")).started_at == before
    assert ArticleWatch.objects.get().added_by == alice
    unwatch(article)
    assert not ArticleWatch.objects.exists()


def test_one_without_an_address_cannot_be_watched(alice):
    with pytest.raises(Refused):
        watch(make_article(None), alice)


def test_what_is_not_due_is_left_alone(alice, site, article):
    watch(article, alice)
    look(article.pk)
    assert site.asked.count("/ferry") == 1


def test_the_same_text_is_looked_at_later(alice, article):
    due(article, alice)
    found = looked(article)
    assert Revision.objects.count() == 1
    wait = found.next_fetch_at - found.last_fetched_at
    assert HOUR <= wait <= 1.1 * HOUR
    assert (found.failures, found.last_error) == (0, "")


def test_another_text_is_a_revision_and_looked_at_sooner(alice, site, article):
    due(article, alice, since=timedelta(hours=9))
    site.page("/ferry", page(WORDS + MORE + "<p>Nobody was hurt, the harbour office added.</p>"))
    found = looked(article)
    assert Revision.objects.count() == 2
    assert found.next_fetch_at - found.last_fetched_at < timedelta(minutes=17)


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_ends_it_and_says_why(alice, site, article, status):
    due(article, alice)
    site.page("/ferry", "gone", status=status)
    found = looked(article)
    assert found.next_fetch_at is None
    assert str(status) in found.last_error
    assert defer_due_looks() == 0
    again = watch(article, alice)
    assert (again.last_error, again.failures) == ("", 0)
    assert again.next_fetch_at


def test_failures_wait_longer_each_time(alice, site, article):
    due(article, alice)
    site.page("/ferry", "", status=503)
    waits = []
    for failures in (1, 2, 3):
        found = looked(article)
        assert found.failures == failures
        assert "503" in found.last_error
        waits.append(found.next_fetch_at - timezone.now())
        ArticleWatch.objects.update(next_fetch_at=timezone.now())
    assert waits[0] * 1.5 < waits[1]
    assert waits[1] * 1.5 < waits[2]
    site.page("/ferry", page())
    found = looked(article)
    assert (found.failures, found.last_error) == (0, "")


def test_a_page_without_an_article_is_a_failure(alice, site, article):
    due(article, alice)
    site.page("/ferry", "<p>Subscribe to read.</p>")
    found = looked(article)
    assert found.failures == 1
    assert found.last_error
    assert Revision.objects.count() == 1


def test_an_address_that_was_taken_away_ends_it(alice, article):
    due(article, alice)
    Article.objects.update(url="", url_key="")
    found = looked(article)
    assert found.next_fetch_at is None
    assert found.last_error == "The article has no address."


def test_it_ends_after_some_months(alice, article):
    due(article, alice, since=timedelta(days=90))
    found = looked(article)
    assert (found.next_fetch_at, found.last_error) == (None, "")


def test_somebody_who_was_faster_is_no_failure(alice, site, article):
    due(article, alice)
    Revision.objects.update(fetched_at=timezone.now())
    found = looked(article)
    assert (found.failures, found.last_error) == (0, "")
    assert found.next_fetch_at > timezone.now()
    assert site.asked.count("/ferry") == 1


def test_one_that_ends_the_program_is_left_alone_for_a_while(alice, site, article):
    due(article, alice)
    found = looked(article, attempts=watching.FATAL_ATTEMPTS)
    assert found.failures == 1
    assert found.next_fetch_at > timezone.now()
    assert site.asked.count("/ferry") == 1


def test_a_fault_of_the_program_is_not_met_every_minute(alice, article, monkeypatch):
    due(article, alice)

    def broken(*arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(watching, "fetch_again", broken)
    with pytest.raises(ZeroDivisionError):
        look(article.pk)
    found = ArticleWatch.objects.get()
    assert "a fault of the program" in found.last_error
    assert found.next_fetch_at > timezone.now()


def watched(number: int, host: str = "coast") -> list[Article]:
    """Articles of one site, all due."""
    alice = make_user(f"{host}@example.org")
    articles = [
        make_article(None, f"Report {n} of {host}.", url=f"https://{host}.example/{n}")
        for n in range(number)
    ]
    for article in articles:
        watch(article, alice)
    ArticleWatch.objects.update(next_fetch_at=timezone.now())
    return articles


def looks_waiting() -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name="look_again").order_by("pk"))


def test_what_is_due_comes_into_the_queue_once(monkeypatch):
    monkeypatch.setattr(watching, "BATCH", 2)
    watched(5)
    assert defer_due_looks() == 5
    assert defer_due_looks() == 0
    take(looks_waiting()[0])
    assert defer_due_looks() == 1


def test_of_one_site_one_page_at_a_time_with_a_pause():
    watched(3)
    watched(1, "courier")
    defer_due_looks()
    by_lock: dict[str, list] = {}
    for job in looks_waiting():
        by_lock.setdefault(job.lock, []).append(job.scheduled_at)
    assert set(by_lock) == {"page:coast.example", "page:courier.example"}
    first, second, third = by_lock["page:coast.example"]
    assert first is None
    assert third - second == watching.PAUSE
    assert by_lock["page:courier.example"] == [None]


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_do_not_double_anything():
    watched(12)

    def schedule() -> None:
        defer_due_looks()
        connections.close_all()

    threads = [Thread(target=schedule) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    names = [job.queueing_lock for job in looks_waiting()]
    assert len(names) == len(set(names)) == 12


@pytest.mark.django_db(transaction=True)
def test_what_is_being_recorded_is_passed_over():
    (article,) = watched(1)
    found = []

    def schedule() -> None:
        found.append(defer_due_looks())
        connections.close_all()

    with transaction.atomic():
        ArticleWatch.objects.select_for_update().get(article=article)
        thread = Thread(target=schedule)
        thread.start()
        thread.join()
    assert found == [0]
