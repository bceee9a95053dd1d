"""Feeds for tests: sites that serve them, subscriptions, and the work that they make."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from reader.models import Feed, User
from reader.services import entry_pages
from reader.services.feeds import subscribe
from reader.services.polling import poll
from tests.website import Website


def serve(site: Website, content: str | bytes, path: str = "/feed", **headers: str) -> str:
    """Put a feed on a site. Returns its address."""
    return site.page(path, content, "application/rss+xml", **headers)


def subscribed(user: User, url: str, **fields: str) -> Feed:
    """A feed that somebody reads, not polled yet."""
    feed = subscribe(user, url).feed
    for name, value in fields.items():
        setattr(feed, name, value)
    feed.save()
    return feed


def polled(feed: Feed) -> Feed:
    """The feed after it was polled, due or not."""
    Feed.objects.filter(pk=feed.pk).update(next_poll_at=timezone.now() - timedelta(minutes=1))
    poll(feed.pk)
    return Feed.objects.get(pk=feed.pk)


def fetch_pages() -> int:
    """Do what waits in the queue for pages. Returns how many jobs it was."""
    done = 0
    while job := ProcrastinateJob.objects.filter(task_name="fetch_entry", status="todo").first():
        take(job)
        entry_pages.fetch_pages(job.args["entry_id"])
        done += 1
    return done


def take(job: ProcrastinateJob) -> None:
    """Remove a job from the queue, as if a worker had done it."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])
