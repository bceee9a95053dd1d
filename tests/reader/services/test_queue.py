"""What comes into the queue, and what comes back into it."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from reader.models import Feed, FeedStatus
from reader.services import queue
from reader.services.feeds import subscribe, unsubscribe
from reader.tasks import app, index_articles, poll_feed
from reader.tasks.upkeep import upkeep
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


def sql(statement: str, *arguments: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)


def forget_jobs() -> None:
    sql("DELETE FROM procrastinate_jobs")


def make_feeds(number: int) -> list[Feed]:
    alice = make_user()
    found = [subscribe(alice, f"https://coast.example/{n}").feed for n in range(number)]
    forget_jobs()
    return found


def run_by(seconds_ago: float, task: str = "poll_feed", **columns: object) -> int:
    """A job that a worker has in hand which showed its last sign of life so long ago."""
    sql(
        "WITH w AS (INSERT INTO procrastinate_workers (last_heartbeat)"
        " VALUES (now() - make_interval(secs => %s)) RETURNING id)"
        " INSERT INTO procrastinate_jobs"
        " (queue_name, task_name, status, worker_id, lock, queueing_lock, attempts)"
        " SELECT 'feeds', %s, 'doing', id, %s, %s, %s FROM w",
        seconds_ago,
        task,
        columns.get("lock"),
        columns.get("lock"),
        columns.get("attempts", 0),
    )
    return ProcrastinateJob.objects.latest("pk").pk


def test_feeds_that_are_due_are_put_into_the_queue_once(monkeypatch):
    monkeypatch.setattr(queue, "BATCH", 2)
    made = make_feeds(7)
    Feed.objects.filter(pk=made[0].pk).update(next_poll_at=timezone.now() + timedelta(hours=1))
    Feed.objects.filter(pk=made[1].pk).update(status=FeedStatus.GONE)
    unsubscribe(made[2].subscriptions.get())
    Feed.objects.filter(pk=made[2].pk).update(next_poll_at=timezone.now())
    assert queue.defer_due_polls() == 4
    assert queue.defer_due_polls() == 0
    asked = {job.args["feed_id"] for job in ProcrastinateJob.objects.all()}
    assert asked == {feed.pk for feed in made[3:]}


def test_a_feed_that_is_being_polled_does_not_wait_as_well():
    (feed,) = make_feeds(1)
    run_by(0, lock=f"poll_feed:{feed.pk}")
    assert queue.defer_due_polls() == 0
    assert queue.defer_polls([feed.pk]) == 0


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_do_not_double_anything():
    make_feeds(30)

    def schedule() -> None:
        queue.defer_due_polls()
        connections.close_all()

    threads = [Thread(target=schedule) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    jobs = [job.args["feed_id"] for job in ProcrastinateJob.objects.filter(task_name="poll_feed")]
    assert len(jobs) == len(set(jobs)) == 30


def test_work_comes_into_the_queue_with_what_made_it():
    alice = make_user()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        subscribe(alice, "https://coast.example/feed")
        raise ZeroDivisionError
    assert not ProcrastinateJob.objects.exists()


def test_a_dead_workers_job_is_taken_up_and_a_living_ones_is_not(settings):
    settings.WORKER_STALLED_SECONDS = 10
    dead, alive = run_by(11, lock="a"), run_by(9, lock="b")
    assert queue.requeue_stalled() == 1
    states = dict(ProcrastinateJob.objects.values_list("pk", "status"))
    assert states == {dead: "todo", alive: "doing"}
    assert ProcrastinateJob.objects.get(pk=dead).attempts == 1
    assert queue.requeue_stalled() == 0


def test_a_job_whose_worker_was_forgotten_is_taken_up():
    job = run_by(0)
    sql("DELETE FROM procrastinate_workers")
    assert queue.requeue_stalled() == 1
    assert ProcrastinateJob.objects.get(pk=job).status == "todo"


def test_a_dead_job_goes_where_another_waits_for_the_same():
    run_by(1000, lock="poll_feed:1")
    poll_feed.configure(queueing_lock="poll_feed:1", lock="poll_feed:1").defer(feed_id=1)
    assert queue.requeue_stalled() == 1
    assert [job.status for job in ProcrastinateJob.objects.all()] == ["todo"]


def test_a_job_that_ends_every_worker_is_given_up():
    job = run_by(1000, attempts=queue.MOST_ATTEMPTS)
    queue.requeue_stalled()
    assert ProcrastinateJob.objects.get(pk=job).status == "failed"


@pytest.mark.django_db(transaction=True)
def test_who_adds_an_article_wakes_the_indexer_once():
    make_article(None, "One ferry.")
    make_article(None, "Another ferry.")
    assert ProcrastinateJob.objects.filter(task_name="index_articles").count() == 1


def test_a_long_backlog_is_indexed_in_several_jobs(monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(queue, "index_some", lambda: 500)
    with django_capture_on_commit_callbacks(execute=True):
        queue.index_backlog()
    assert ProcrastinateJob.objects.get().task_name == index_articles.name


def test_every_task_is_known_by_a_short_name():
    assert {"poll_feed", "fetch_entry", "fetch_pictures", "index_articles"} <= app.tasks.keys()
    assert {"schedule_polls", "look_at_backlog", "forget_failures"} <= upkeep.tasks.keys()
