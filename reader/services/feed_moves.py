"""A feed that has moved for good takes its subscriptions along."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from reader.models import Feed, FeedEntry, FeedStatus, Subscription


def move(feed: Feed, url: str) -> Feed:
    """Ask at `url` from now on. Where another feed has that address already, this one becomes
    part of it. The caller's transaction holds the row. Returns the feed that is left."""
    if url == feed.url or len(url) > 2000:
        return feed
    before, feed.url = feed.url, url
    try:
        with transaction.atomic():
            feed.save(update_fields=["url"])
    except IntegrityError:
        feed.url = before
        return _join(feed, Feed.objects.select_for_update().get(url=url))
    return feed


def _join(feed: Feed, other: Feed) -> Feed:
    """Hand subscriptions with their labels, and entries, to another feed; delete this one."""
    theirs = {one.user_id: one for one in other.subscriptions.all()}
    for subscription in feed.subscriptions.prefetch_related("labels"):
        same = theirs.get(subscription.user_id)
        if same is None:
            subscription.feed = other
            subscription.save(update_fields=["feed"])
            continue
        same.labels.add(*subscription.labels.all())
        if subscription.title and not same.title:
            Subscription.objects.filter(pk=same.pk).update(title=subscription.title)
    there = FeedEntry.objects.filter(feed=other)
    feed.entries.exclude(key__in=there.values("key")).update(feed=other)
    feed.delete()
    other.status = FeedStatus.ACTIVE
    other.next_poll_at = other.next_poll_at or timezone.now()
    other.save(update_fields=["status", "next_poll_at"])
    return other
