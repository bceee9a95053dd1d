"""Subscribing, and what of it comes into the queue."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from reader.models import Delivery, Feed, FeedStatus, Label
from reader.services import feeds
from reader.services.errors import Refused
from tests.factories import make_user
from tests.feeds import take

pytestmark = pytest.mark.django_db
URL = "https://coast.example/feed"


@pytest.fixture
def alice():
    return make_user()


def jobs() -> list[dict]:
    return [one.args for one in ProcrastinateJob.objects.filter(task_name="poll_feed")]


def test_a_new_feed_is_polled_at_once_and_once(alice):
    subscription = feeds.subscribe(alice, f"  {URL} ", "My coast")
    again = feeds.subscribe(alice, URL, "Another title")
    other = feeds.subscribe(make_user("bob@example.org"), URL)
    assert again == subscription
    assert again.title == "My coast"
    assert other.feed == subscription.feed
    assert subscription.feed.added_by == alice
    assert subscription.feed.delivery == Delivery.FEED
    assert jobs() == [{"feed_id": subscription.feed_id}]


@pytest.mark.parametrize("url", ["", "coast", "ftp://coast.example/", "https://a:b@coast.example/"])
def test_what_is_no_address_is_refused(alice, url):
    with pytest.raises(Refused) as refused:
        feeds.subscribe(alice, url)
    assert refused.value.field == "url"
    assert not Feed.objects.exists()


def test_a_title_too_long_is_refused(alice):
    with pytest.raises(Refused):
        feeds.subscribe(alice, URL, "x" * 301)
    subscription = feeds.subscribe(alice, URL)
    with pytest.raises(Refused):
        feeds.rename(subscription, "x" * 301)
    feeds.rename(subscription, "  The   Coast ")
    assert subscription.title == "The Coast"


def test_a_feed_that_nobody_reads_is_not_polled(alice):
    bob = make_user("bob@example.org")
    first, second = feeds.subscribe(alice, URL), feeds.subscribe(bob, URL)
    feeds.unsubscribe(first)
    assert Feed.objects.get().next_poll_at
    feeds.unsubscribe(second)
    assert Feed.objects.get().next_poll_at is None


def test_unsubscribing_can_be_undone_with_its_labels(alice):
    subscription = feeds.subscribe(alice, URL, "My coast")
    kept, lost = (Label.objects.create(user=alice, name=name) for name in ("Sea", "Land"))
    theirs = Label.objects.create(user=make_user("bob@example.org"), name="Sea")
    subscription.labels.add(kept, lost)
    ended = feeds.unsubscribe(subscription)
    lost.delete()
    ended = feeds.Ended(ended.feed_id, ended.title, (*ended.label_ids, theirs.pk))
    back = feeds.resubscribe(alice, ended)
    assert back.title == "My coast"
    assert list(back.labels.all()) == [kept]
    assert Feed.objects.get().next_poll_at
    back.feed.delete()
    with pytest.raises(Refused):
        feeds.resubscribe(alice, ended)


def test_a_feed_is_asked_at_once_but_not_while_it_is_asked_already(alice):
    feed = feeds.subscribe(alice, URL).feed
    assert not feeds.refresh(feed)
    take(ProcrastinateJob.objects.get())
    assert feeds.refresh(feed)
    assert not feeds.refresh(feed)
    assert len(jobs()) == 1


def test_a_feed_that_was_just_asked_is_left_alone(alice):
    feed = feeds.subscribe(alice, URL).feed
    take(ProcrastinateJob.objects.get())
    Feed.objects.update(last_polled_at=timezone.now())
    assert not feeds.refresh(feed)
    Feed.objects.update(last_polled_at=timezone.now() - timedelta(hours=1))
    assert feeds.refresh(feed)


@pytest.mark.parametrize("act", [feeds.refresh, lambda feed: feeds.subscribe(feed.added_by, URL)])
def test_a_feed_that_was_gone_is_tried_again(alice, act):
    feed = feeds.subscribe(alice, URL).feed
    take(ProcrastinateJob.objects.get())
    Feed.objects.update(status=FeedStatus.GONE, next_poll_at=None)
    act(feed)
    feed.refresh_from_db()
    assert feed.status == FeedStatus.ACTIVE
    assert len(jobs()) == 1


def test_where_the_text_comes_from_is_one_of_two(alice):
    feed = feeds.subscribe(alice, URL).feed
    feeds.set_delivery(feed, "page")
    assert Feed.objects.get().delivery == Delivery.PAGE
    with pytest.raises(Refused):
        feeds.set_delivery(feed, "post")
