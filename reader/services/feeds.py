"""Subscribing to feeds, and asking them again."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.ingest.details import CHECKS
from reader.models import Delivery, Feed, FeedStatus, Label, Subscription, User
from reader.services.errors import Refused
from reader.services.queue import defer_polls

LONGEST_TITLE = 300

JUST_NOW = timedelta(minutes=1)
"""A feed that was asked so lately is not asked again because somebody presses a button."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What it takes to bring a subscription back."""

    feed_id: int
    title: str
    label_ids: tuple[int, ...]


@transaction.atomic
def subscribe(user: User, url: str, title: str = "") -> Subscription:
    """Read the feed at `url`, which nobody has asked whether it is one: its first poll will.

    Who subscribes already keeps the subscription as it is. A feed that was gone is tried again.

    Args:
        title: what the person calls it; empty for what it calls itself.

    Raises:
        Refused: that is no address, or the title is too long.
    """
    url = CHECKS["url"](url)
    if not url:
        raise Refused(_("There is no address."), "url")
    feed, _new = Feed.objects.get_or_create(url=url, defaults={"added_by": user})
    return _subscribed(user, _locked(feed.pk), _checked_title(title))


@transaction.atomic
def unsubscribe(subscription: Subscription) -> Ended:
    """Stop reading a feed; it is no longer polled if nobody else reads it. Its articles stay."""
    ended = Ended(
        subscription.feed_id,
        subscription.title,
        tuple(subscription.labels.values_list("pk", flat=True)),
    )
    feed = _locked(subscription.feed_id)
    subscription.delete()
    if not feed.subscriptions.exists():
        feed.next_poll_at = None
        feed.save(update_fields=["next_poll_at"])
    return ended


@transaction.atomic
def resubscribe(user: User, ended: Ended) -> Subscription:
    """Undo `unsubscribe`, with the labels that are still there.

    Raises:
        Refused: the feed has gone meanwhile.
    """
    try:
        feed = _locked(ended.feed_id)
    except Feed.DoesNotExist:
        raise Refused(_("This feed is no longer here.")) from None
    subscription = _subscribed(user, feed, ended.title)
    subscription.labels.add(*Label.objects.filter(user=user, pk__in=ended.label_ids))
    return subscription


def rename(subscription: Subscription, title: str) -> None:
    """Give a feed a title of the person's own; an empty one gives it back the feed's.

    Raises:
        Refused: it is too long.
    """
    subscription.title = _checked_title(title)
    subscription.save(update_fields=["title"])


@transaction.atomic
def refresh(feed: Feed) -> bool:
    """Have the feed asked at once, one that is gone too.

    False where it is being asked at this moment, waits for it, or was asked within `JUST_NOW`.
    """
    feed = _locked(feed.pk)
    now = timezone.now()
    if feed.last_polled_at and now - feed.last_polled_at < JUST_NOW:
        return False
    feed.status, feed.next_poll_at = FeedStatus.ACTIVE, now
    feed.save(update_fields=["status", "next_poll_at"])
    return defer_polls([feed.pk]) > 0


def set_delivery(feed: Feed, delivery: str) -> None:
    """Take the text of the feed's further articles from the feed, or from their pages.

    It is so for everybody who reads the feed.

    Raises:
        Refused: there is no such choice.
    """
    if delivery not in Delivery.values:
        raise Refused(_("Choose where the text is taken from."), "delivery")
    feed.delivery = delivery
    feed.save(update_fields=["delivery"])


def _locked(feed_id: int) -> Feed:
    return Feed.objects.select_for_update().get(pk=feed_id)


def _subscribed(user: User, feed: Feed, title: str) -> Subscription:
    subscription, _new = Subscription.objects.get_or_create(
        user=user, feed=feed, defaults={"title": title}
    )
    if feed.next_poll_at is None or feed.status == FeedStatus.GONE:
        feed.status, feed.next_poll_at = FeedStatus.ACTIVE, timezone.now()
        feed.save(update_fields=["status", "next_poll_at"])
        defer_polls([feed.pk])
    return subscription


def _checked_title(title: str) -> str:
    title = " ".join(title.replace("\0", "").split())
    if len(title) > LONGEST_TITLE:
        raise Refused(
            _("The title has %(number)s characters; %(most)s is the most.")
            % {"number": len(title), "most": LONGEST_TITLE},
            "title",
        )
    return title
