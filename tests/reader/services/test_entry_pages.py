"""Entries whose text comes from their pages."""

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from reader.ingest import fetch as fetching
from reader.ingest.robots import Robots
from reader.models import Article, Delivery, EntryStatus, Feed
from reader.services import entry_pages
from tests.factories import make_article, make_user
from tests.feeds import fetch_pages, polled, serve, subscribed, take
from tests.rss import WORDS, item, rss
from tests.website import Website, website

pytestmark = pytest.mark.django_db

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="og:title" content="{title}"></head>
<body><article><h1>{title}</h1>{text}</article></body></html>"""


@pytest.fixture
def site(settings, monkeypatch) -> Iterator[Website]:
    settings.FETCH_ALLOW_PRIVATE = True
    monkeypatch.setattr(fetching, "_ROBOTS", Robots())
    monkeypatch.setattr(entry_pages, "PAUSE", timedelta(0))
    with website() as one:
        yield one


@pytest.fixture
def alice():
    return make_user()


def page(text: str = WORDS, title: str = "Ferry report, whole") -> str:
    return PAGE.format(title=title, text=f"<p>{text * 6}</p>" * 3)


def listing(site: Website, *numbers: int, **elements: str) -> str:
    """A feed of summaries whose pages stand on the same site."""
    return rss([item(n, link=f"{site.address}/{n}", **elements) for n in numbers]).replace(
        "https://coast.example/", site.address
    )


def by_page(site: Website, alice, *numbers: int, **elements: str) -> Feed:
    """A feed that was polled, and whose pages are to be fetched."""
    url = serve(site, listing(site, *numbers, **elements))
    return polled(subscribed(alice, url, delivery=Delivery.PAGE))


def test_an_article_is_taken_from_its_page(site, alice):
    site.page("/1", page())
    feed = by_page(site, alice, 1)
    assert feed.entries.get().status == EntryStatus.WAITING
    assert not Article.objects.exists()
    assert fetch_pages() == 1
    entry = feed.entries.get()
    assert (entry.status, entry.error, entry.html) == (EntryStatus.STORED, "", "")
    article = entry.article
    assert article.title == "Ferry report, whole"
    assert article.publication == feed.publication
    assert article.published_on.isoformat() == "2021-03-29"
    assert article.newest.text.count("harbour office") == 18
    assert entry.listed_at == article.listed_at


def test_pages_are_fetched_one_after_the_other_the_newest_first(site, alice):
    for n in (1, 2, 3):
        site.page(f"/{n}", page(title=f"Report {n}"))
    by_page(site, alice, 1, 2, 3)
    job = ProcrastinateJob.objects.get(task_name="fetch_entry")
    assert (job.lock, job.scheduled_at) == ("page:127.0.0.1", None)
    assert fetch_pages() == 1
    assert [path for path in site.asked if path in ("/1", "/2", "/3")] == ["/1", "/2", "/3"]


def test_between_two_pages_of_a_site_is_a_pause(site, alice, monkeypatch):
    for n in (1, 2):
        site.page(f"/{n}", page(title=f"Report {n}"))
    by_page(site, alice, 1, 2)
    monkeypatch.setattr(entry_pages, "PAUSE", timedelta(seconds=0.3))
    began = time.monotonic()
    fetch_pages()
    assert site.asked.count("/2") == 1
    assert time.monotonic() - began > 0.3


def test_a_job_that_is_told_to_stop_hands_over(site, alice):
    for n in (1, 2):
        site.page(f"/{n}", page(title=f"Report {n}"))
    feed = by_page(site, alice, 1, 2)
    job = ProcrastinateJob.objects.get(task_name="fetch_entry")
    take(job)
    entry_pages.fetch_pages(job.args["entry_id"], is_over=lambda: True)
    waiting = feed.entries.get(status=EntryStatus.WAITING)
    assert ProcrastinateJob.objects.get(task_name="fetch_entry").args == {"entry_id": waiting.pk}
    # Another that died in between is taken up where it was.
    entry_pages.fetch_pages(job.args["entry_id"])
    assert feed.entries.filter(status=EntryStatus.STORED).count() == 2
    assert [path for path in site.asked if path in ("/1", "/2")] == ["/1", "/2"]


@pytest.mark.parametrize(("status", "asked"), [(503, ["/1", "/2"]), (404, ["/1", "/2", "/3"])])
def test_a_site_that_is_down_is_left_alone(site, alice, status, asked):
    for n in (1, 2, 3):
        site.page(f"/{n}", "", status=status)
    by_page(site, alice, 1, 2, 3)
    fetch_pages()
    assert [path for path in site.asked if path in ("/1", "/2", "/3")] == asked


@pytest.mark.parametrize("why", ["short", "robots"])
def test_the_feeds_text_is_taken_where_the_page_gives_none(site, alice, why):
    if why == "short":
        site.page("/1", "<html><body><article><p>Subscribe to read.</p></article></body></html>")
    else:
        site.page("/robots.txt", "User-agent: *\nDisallow: /", "text/plain")
        site.page("/1", page())
    feed = by_page(site, alice, 1)
    assert fetch_pages() == 1
    entry = feed.entries.get()
    assert entry.status == EntryStatus.STORED
    assert entry.error
    assert entry.article.newest.text.endswith("Report 1.")
    assert entry.article.url.endswith("/1")
    assert entry.article.published_on.isoformat() == "2021-03-29"


def test_a_page_is_tried_three_times(site, alice):
    site.page("/1", "", status=500)
    feed = by_page(site, alice, 1, description="")
    for tries in (1, 2):
        assert fetch_pages() == 1
        entry = feed.entries.get()
        assert (entry.status, entry.tries) == (EntryStatus.WAITING, tries)
        assert "500" in entry.error
        polled(feed)
    assert fetch_pages() == 1
    entry = feed.entries.get()
    assert (entry.status, entry.article) == (EntryStatus.FAILED, None)
    assert "500" in entry.error
    polled(feed)
    assert fetch_pages() == 0


def test_a_page_that_comes_back_is_stored(site, alice):
    site.page("/1", "", status=500)
    feed = by_page(site, alice, 1)
    fetch_pages()
    site.page("/1", page())
    polled(feed)
    fetch_pages()
    assert feed.entries.get().error == ""
    assert Article.objects.get().newest.text.count("harbour office") == 18


def test_a_changed_entry_is_fetched_again_and_becomes_a_revision(site, alice):
    site.page("/1", page())
    feed = by_page(site, alice, 1)
    fetch_pages()
    site.page("/1", page(f"{WORDS} It had. "))
    serve(site, listing(site, 1, description="Changed."))
    polled(feed)
    assert fetch_pages() == 1
    assert Article.objects.get().revisions.count() == 2
    # A page that is gone takes nothing away.
    site.page("/1", "", status=404)
    serve(site, listing(site, 1, description="Changed again."))
    for _ in range(3):
        polled(feed)
        fetch_pages()
    entry = feed.entries.get()
    assert entry.status == EntryStatus.STORED
    assert "404" in entry.error
    assert Article.objects.get().revisions.count() == 2


def test_an_article_that_is_there_is_not_fetched(site, alice):
    article = make_article(None, url=f"{site.address}/1")
    feed = by_page(site, alice, 1)
    assert fetch_pages() == 0
    assert feed.entries.get().article == article


def test_a_page_where_several_articles_lead_is_the_article_of_none_but_the_first(site, alice):
    site.page("/consent", page(title="We value your privacy"))
    for n in (1, 2):
        site.redirect(f"/{n}", f"http://localhost:{site.address.rpartition(':')[2]}/consent")
    feed = by_page(site, alice, 1, 2, description="")
    fetch_pages()
    assert sorted(feed.entries.values_list("status", flat=True)) == ["failed", "stored"]
    assert Article.objects.get().revisions.count() == 1


def test_done_twice_it_is_done_once(site, alice):
    site.page("/1", page())
    feed = by_page(site, alice, 1)
    fetch_pages()
    entry_pages.fetch_page(feed.entries.get().pk)
    assert site.asked.count("/1") == 1


def test_an_entry_without_a_text_of_its_own_is_fetched_whatever_the_feed_is_set_to(site, alice):
    site.page("/1", page())
    feed = polled(subscribed(alice, serve(site, listing(site, 1, description=""))))
    assert feed.delivery == Delivery.FEED
    assert fetch_pages() == 1
    assert feed.entries.get().status == EntryStatus.STORED


def test_a_page_that_ends_its_workers_is_given_up(site, alice):
    feed = by_page(site, alice, 1, description="")
    entry_pages.fetch_page(feed.entries.get().pk, attempts=entry_pages.FATAL_ATTEMPTS)
    assert feed.entries.get().status == EntryStatus.FAILED
    assert "/1" not in site.asked
