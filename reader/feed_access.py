"""Permission checks about feeds, subscriptions and labels. A stranger gets 404 here too."""

from django.http import Http404

from reader.access import Visitor
from reader.models import Feed, FeedEntry, Label, Subscription, User


def feed_seen(visitor: Visitor, feed_id: int) -> Feed:
    """A feed. Feeds are the newsroom's: everybody with an account sees what they bring.

    Raises:
        Http404: there is no such feed, or nobody is signed in.
    """
    found = Feed.objects.select_related("publication").filter(pk=feed_id).first()
    if found is None or not visitor.is_authenticated:
        raise Http404
    return found


def entry_seen(visitor: Visitor, feed_id: int, entry_id: int) -> FeedEntry:
    """Something that a feed listed.

    Raises:
        Http404: the feed lists no such thing, or nobody is signed in.
    """
    found = FeedEntry.objects.filter(pk=entry_id, feed=feed_seen(visitor, feed_id)).first()
    if found is None:
        raise Http404
    return found


def may_set_delivery(visitor: Visitor, feed: Feed) -> bool:
    """Whether the visitor may decide where a feed's texts are taken from, which holds for
    everybody: subscribers and owners of the site do."""
    return isinstance(visitor, User) and (
        visitor.is_staff or Subscription.objects.filter(user=visitor, feed=feed).exists()
    )


def own_subscription(visitor: Visitor, feed_id: int) -> Subscription:
    """The visitor's own subscription to a feed.

    Raises:
        Http404: there is none.
    """
    found = (
        Subscription.objects.select_related("feed", "user")
        .filter(user=visitor.pk, feed=feed_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def own_label(visitor: Visitor, label_id: int) -> Label:
    """One of the visitor's own labels.

    Raises:
        Http404: there is no such label, or it is somebody else's.
    """
    found = Label.objects.select_related("user").filter(pk=label_id, user=visitor.pk).first()
    if found is None:
        raise Http404
    return found
