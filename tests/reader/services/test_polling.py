"""Polling: what a feed's answer makes of its row, and when it is asked again."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from reader.ingest import feed_reading
from reader.models import Article, Feed, FeedEntry, FeedStatus, Label
from reader.services import polling
from reader.services.feeds import subscribe
from tests.factories import make_user
from tests.feeds import polled, serve, subscribed
from tests.rss import item, rss
from tests.website import Website, website

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings) -> Iterator[Website]:
    settings.FETCH_ALLOW_PRIVATE = True
    with website() as one:
        yield one


@pytest.fixture
def alice():
    return make_user()


def wait(feed: Feed) -> timedelta:
    """Until the next poll."""
    assert feed.next_poll_at
    return feed.next_poll_at - timezone.now()


def test_a_poll_brings_articles_and_describes_the_feed(site, alice):
    feed = polled(subscribed(alice, serve(site, rss([item(1), item(2)]))))
    assert (feed.title, feed.site_url) == ("The Coast", "https://coast.example/")
    assert feed.publication.name == "The Coast"
    assert feed.publication.domain == "coast.example"
    assert not feed.last_error
    assert feed.last_success_at == feed.last_polled_at
    assert Article.objects.count() == 2
    article = Article.objects.get(url="https://coast.example/reports/1")
    assert article.scope is None
    assert article.title == "Ferry report 1"
    assert article.publication == feed.publication
    assert article.published_on.isoformat() == "2021-03-29"
    assert article.published_precision == "day"
    assert article.newest.text.endswith("Report 1.")
    assert article.newest.extractor == "feed: RSS 2.0"


def test_a_feed_that_is_not_due_is_left_alone(site, alice):
    feed = polled(subscribed(alice, serve(site, rss([item(1)]))))
    polling.poll(feed.pk)
    assert site.asked == ["/feed"]


def test_what_was_seen_is_asked_for_on_condition_and_not_written_again(
    site, alice, django_assert_max_num_queries
):
    url = serve(site, rss([item(1)]), ETag='"a"', Last_Modified="Mon, 29 Mar 2021 10:00:00 GMT")
    feed = polled(subscribed(alice, url))
    site.page("/feed", "", "", status=304)
    with django_assert_max_num_queries(10):
        feed = polled(feed)
    assert site.headers[-1]["If-None-Match"] == '"a"'
    assert site.headers[-1]["If-Modified-Since"] == "Mon, 29 Mar 2021 10:00:00 GMT"
    assert not feed.last_error
    assert FeedEntry.objects.count() == 1


def test_the_same_content_is_not_parsed_again(site, alice, monkeypatch):
    feed = polled(subscribed(alice, serve(site, rss([item(1)]))))
    monkeypatch.setattr(polling, "read_feed", None)
    assert not polled(feed).last_error


def test_nothing_is_fetched_or_parsed_in_a_transaction(site, alice, monkeypatch, transactional_db):
    seen = []
    for name in ("fetch", "read_feed", "plan"):
        real = getattr(polling, name)

        def watched(*args, real=real, **kwargs):
            seen.append(connection.in_atomic_block)
            return real(*args, **kwargs)

        monkeypatch.setattr(polling, name, watched)
    polled(subscribed(alice, serve(site, rss([item(1)]))))
    assert seen == [False] * 3


def test_a_feed_that_moved_for_good_is_asked_there(site, alice):
    new = serve(site, rss([item(1)]), "/new")
    feed = polled(subscribed(alice, site.redirect("/feed", new, status=301)))
    assert feed.url == new
    assert not feed.last_error


def test_a_passing_redirect_changes_nothing(site, alice):
    new = serve(site, rss([item(1)]), "/new")
    feed = polled(subscribed(alice, site.redirect("/feed", new)))
    assert feed.url == site.address + "/feed"


def test_a_feed_does_not_move_to_a_page(site, alice):
    feed = subscribed(alice, site.redirect("/feed", site.page("/", "<p>Closed"), status=301))
    feed = polled(feed)
    assert feed.url == site.address + "/feed"
    assert "web page" in feed.last_error


def test_a_feed_that_says_where_it_has_moved_is_followed(site, alice):
    new = serve(site, rss([item(1), item(2)]), "/new")
    head = f'<itunes:new-feed-url xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">{new}'
    url = serve(site, rss([item(1)], head=f"{head}</itunes:new-feed-url>"))
    feed = polled(subscribed(alice, url))
    assert feed.url == new
    assert Article.objects.count() == 2


def test_a_feed_that_says_it_moved_to_nowhere_is_still_read(site, alice):
    head = "<itunes:new-feed-url xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'>{}/no"
    url = serve(site, rss([item(1)], head=head.format(site.address) + "</itunes:new-feed-url>"))
    feed = polled(subscribed(alice, url))
    assert feed.url == url
    assert "/no" in feed.problems[0]
    assert Article.objects.count() == 1


def test_two_feeds_that_become_one_keep_everybody_and_their_labels(site, alice):
    bob = make_user("bob@example.org")
    new = serve(site, rss([item(1)]), "/new")
    there = polled(subscribed(alice, new))
    old = serve(site, rss([item(1), item(2)]), "/old")
    feed = polled(subscribed(alice, old))
    label = Label.objects.create(user=alice, name="Sea")
    alice.subscriptions.get(feed=feed).labels.add(label)
    subscribe(bob, old)
    site.redirect("/old", new, status=308)
    poll_again = Feed.objects.filter(pk=feed.pk)
    poll_again.update(next_poll_at=timezone.now())
    polling.poll(feed.pk)
    assert not poll_again.exists()
    assert [list(one.labels.all()) for one in alice.subscriptions.all()] == [[label]]
    assert bob.subscriptions.get().feed == there
    assert there.entries.count() == 2


def test_a_feed_that_is_gone_is_not_asked_again(site, alice):
    feed = polled(subscribed(alice, site.page("/feed", "", status=410)))
    assert feed.status == FeedStatus.GONE
    assert feed.next_poll_at is None
    assert "410" in feed.last_error


def test_a_failing_feed_is_asked_less_and_less_and_success_resets_it(site, alice):
    feed = subscribed(alice, site.page("/feed", "", status=500))
    waits = []
    for _ in range(4):
        feed = polled(feed)
        waits.append(wait(feed))
    assert feed.failures == 4
    assert "500" in feed.last_error
    assert waits == sorted(waits)
    assert timedelta(minutes=110) < waits[-1] < timedelta(minutes=150)
    serve(site, rss([item(1)]))
    feed = polled(feed)
    assert (feed.failures, feed.last_error) == (0, "")


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_for_time_gets_it(site, alice, status):
    feed = polled(subscribed(alice, site.page("/feed", "", status=status, Retry_After="7200")))
    assert timedelta(minutes=119) < wait(feed) <= timedelta(minutes=120)


@pytest.mark.parametrize(
    ("head", "headers", "at_least"),
    [
        ("<ttl>300</ttl>", {}, 300),
        ("", {"Cache_Control": "max-age=18000"}, 300),
        ("", {}, 15),
    ],
)
def test_a_feed_is_left_alone_as_long_as_it_asks(site, alice, head, headers, at_least):
    feed = polled(subscribed(alice, serve(site, rss([item(1)], head=head), **headers)))
    assert timedelta(minutes=at_least - 1) < wait(feed)
    # What it said counts as long as it does not change.
    assert timedelta(minutes=at_least - 1) < wait(polled(feed))


def test_a_feed_that_says_it_has_ended_is_described_so(site, alice):
    feed = polled(subscribed(alice, serve(site, '{"version": "https://jsonfeed.org/version/1.1",'
                  ' "title": "The Coast", "expired": true, "items": []}')))  # fmt: skip
    assert feed.problems == ["The feed says that it has ended."]


def test_a_fault_of_ours_is_logged_and_not_repeated_every_minute(site, alice, monkeypatch):
    def fail(*args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(polling, "plan", fail)
    feed = subscribed(alice, serve(site, rss([item(1)])))
    with pytest.raises(ZeroDivisionError):
        polled(feed)
    feed.refresh_from_db()
    assert feed.failures == 1
    assert feed.last_error
    assert wait(feed) > timedelta(minutes=14)


def test_a_feed_that_ends_its_workers_is_left_alone(site, alice):
    feed = subscribed(alice, serve(site, rss([item(1)])))
    polling.poll(feed.pk, attempts=polling.FATAL_ATTEMPTS)
    feed.refresh_from_db()
    assert not site.asked
    assert feed.last_error
    assert wait(feed) > timedelta(minutes=14)


def test_what_an_outdated_poll_found_is_dropped(site, alice, monkeypatch):
    feed = subscribed(alice, serve(site, rss([item(1)])))
    real = polling.plan

    def meanwhile(*args):
        Feed.objects.filter(pk=feed.pk).update(last_polled_at=timezone.now())
        return real(*args)

    monkeypatch.setattr(polling, "plan", meanwhile)
    polled(feed)
    assert not FeedEntry.objects.exists()


def test_a_large_feed_is_read_by_a_process_of_its_own(site, alice, monkeypatch):
    monkeypatch.setattr(feed_reading, "SMALL", 10)
    feed = polled(subscribed(alice, serve(site, rss([item(1)]))))
    assert not feed.last_error
    assert Article.objects.count() == 1
