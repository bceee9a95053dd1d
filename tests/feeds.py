"""Feeds for tests: sites that serve them, subscriptions, and the work that they make."""

from collections.abc import Iterable
from datetime import timedelta
from html import escape

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from reader.models import Feed, User
from reader.services.entry_pages import fetch_page
from reader.services.feeds import subscribe
from reader.services.polling import poll
from tests.website import Website

WORDS = "The harbour office denied on Monday that the ferry had run aground. "


def item(number: int | str, text: str = WORDS, **elements: str) -> str:
    """An RSS item. An element that is given as "" is left out."""
    said = {
        "title": f"Ferry report {number}",
        "link": f"https://coast.example/reports/{number}",
        "guid": f"report-{number}",
        "pubDate": "Mon, 29 Mar 2021 10:00:00 GMT",
        "description": f"<p>{text} Report {number}.</p>" if text else "",
    } | elements
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in said.items() if value)
    return f"<item>{inner}</item>"


def rss(items: Iterable[str], title: str = "The Coast", head: str = "") -> str:
    """RSS 2.0."""
    return (
        f'<rss version="2.0"><channel><title>{escape(title)}</title>'
        f"<link>https://coast.example/</link>{head}{''.join(items)}</channel></rss>"
    )


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
        fetch_page(job.args["entry_id"])
        done += 1
    return done


def take(job: ProcrastinateJob) -> None:
    """Remove a job from the queue, as if a worker had done it."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])
