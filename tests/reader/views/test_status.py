"""What waits, who works and what fails."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reader.models import Feed, FeedEntry, FeedStatus
from reader.services.feeds import subscribe
from tests.factories import make_user
from tests.reader.views.test_feeds import words

pytestmark = pytest.mark.django_db

STATUS = "/status/"


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def job(task: str, status: str = "todo", args: str = "{}", minutes: int = 0) -> None:
    run(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args, attempts,"
        " scheduled_at, priority) VALUES ('q', %s, %s::procrastinate_job_status, %s, 2, %s, 0)",
        task,
        status,
        args,
        timezone.now() + timedelta(minutes=minutes) if minutes else None,
    )


def page_for(**fields: object) -> str:
    client = Client()
    client.force_login(make_user(f"reader{len(fields)}@example.org", **fields))
    return words(client.get(STATUS))


def test_it_is_for_people_with_an_account() -> None:
    assert "/accounts/login/" in Client().get(STATUS)["Location"]


def test_a_quiet_site() -> None:
    run("INSERT INTO procrastinate_workers DEFAULT VALUES")
    page = page_for()
    assert "1 running" in page
    assert "Nothing: all that was to be done is done." in page
    assert "No worker is running" not in page
    assert "finds every article" in page


def test_without_a_worker_it_says_how_to_start_one() -> None:
    run("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
    page = page_for()
    assert "No worker is running" in page
    assert "<code>manage.py worker</code>" in page


def test_the_queue_is_told_in_words() -> None:
    for _ in range(3):
        job("poll_feed")
    job("poll_feed", "doing")
    job("fetch_entry", minutes=5)
    job("fetch_entry", minutes=-5)
    job("something_new")
    job("poll_feed", "failed")
    page = page_for()
    assert "Feeds to be read</th><td>3</td><td>0</td><td>1</td>" in page
    assert "from their pages</th><td>1</td><td>1</td><td>0</td>" in page
    assert "something_new</th><td>1</td>" in page


def test_feeds_in_trouble_that_somebody_reads_are_listed() -> None:
    alice = make_user("alice@example.org")
    for number, state in enumerate(
        (
            {},
            {"failures": 2, "last_error": "The site answered “503”."},
            {"status": FeedStatus.GONE},
            {"failures": 1, "last_error": "Nobody reads this."},
        )
    ):
        mine = subscribe(alice, f"https://courier.example/{number}")
        Feed.objects.filter(pk=mine.feed_id).update(title=f"Courier {number}", **state)
    mine.delete()
    page = page_for()
    assert "Courier 0" not in page
    assert "Courier 1</a>" in page
    assert "The site answered “503”." in page
    assert "Courier 2</a>" in page
    assert "Nobody reads this." not in page


def test_owners_of_the_site_see_the_jobs_that_were_given_up() -> None:
    alice = make_user("alice@example.org")
    feed = subscribe(alice, "https://courier.example/rss").feed
    entry = FeedEntry.objects.create(feed=feed, key="1", error="Ended the <program>.")
    job("fetch_entry", "failed", f'{{"entry_id": {entry.pk}}}')
    job("poll_feed", "failed", '{"feed_id": 999999}')
    assert "Jobs that were given up" not in page_for()
    client = Client()
    client.force_login(make_user("charlie@example.org", is_staff=True))
    response = client.get(STATUS)
    assert b"Ended the &lt;program&gt;." in response.content
    page = words(response)
    assert "Jobs that were given up" in page
    assert "<h3>Articles to be fetched from their pages</h3>" in page
    assert f'<a href="/feeds/{feed.pk}/">https://courier.example/rss</a>' in page
    assert "2 attempts" in page


def test_the_queries_do_not_grow_with_the_troubles(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    charlie = make_user("charlie@example.org", is_staff=True)
    for number in range(12):
        feed = subscribe(charlie, f"https://many.example/{number}").feed
        job("poll_feed", "failed", f'{{"feed_id": {feed.pk}}}')
    Feed.objects.update(failures=1)
    client = Client()
    client.force_login(charlie)
    with django_assert_max_num_queries(14):
        client.get(STATUS)
