"""Subscriptions, feeds and what they listed, as the pages about feeds show them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from reader.ingest.opml import OpmlFeed
from reader.models import EntryStatus, Feed, FeedEntry, FeedStatus, Label, Subscription, User

NEWEST = 20
"""Entries of each state that a feed's page shows."""


MOST_IN_TROUBLE = 100
"""Failing feeds that are listed."""


@dataclass(frozen=True, slots=True)
class LabelGroup:
    """A label (None: no label), and the subscriptions under it, by title."""

    label: Label | None
    subscriptions: list[Subscription]


@dataclass(frozen=True, slots=True)
class FeedEntries:
    """What a feed listed lately: entries without an article yet, those that failed, and those
    whose articles are the newest."""

    waiting: list[FeedEntry]
    failed: list[FeedEntry]
    stored: list[FeedEntry]

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.failed or self.stored)


def subscriptions(user: User) -> list[Subscription]:
    """Everything that a person reads, by title, with feeds, publications and labels."""
    found = (
        Subscription.objects.filter(user=user)
        .select_related("feed__publication")
        .prefetch_related("labels")
    )
    return sorted(found, key=lambda one: (shown_title(one).casefold(), one.pk))


def by_label(found: Sequence[Subscription]) -> list[LabelGroup]:
    """The subscriptions under each of their labels, those without one last."""
    labels: dict[int, Label] = {}
    members: dict[int, list[Subscription]] = defaultdict(list)
    without: list[Subscription] = []
    for one in found:
        theirs = one.labels.all()
        for label in theirs:
            labels[label.pk] = label
            members[label.pk].append(one)
        if not theirs:
            without.append(one)
    ordered = sorted(labels.values(), key=lambda label: (label.name.casefold(), label.pk))
    groups = [LabelGroup(label, members[label.pk]) for label in ordered]
    return [*groups, LabelGroup(None, without)] if without else groups


def shown_title(subscription: Subscription) -> str:
    """What a person calls a feed."""
    return subscription.title or str(subscription.feed)


def entries_of(feed: Feed) -> FeedEntries:
    """The newest entries of a feed. Three queries, each over an index of its own."""
    entries = FeedEntry.objects.filter(feed=feed).defer("html")
    unstored = entries.order_by("-seen_at", "-pk")
    stored = entries.filter(status=EntryStatus.STORED, article__isnull=False)
    return FeedEntries(
        waiting=list(unstored.filter(status=EntryStatus.WAITING)[:NEWEST]),
        failed=list(unstored.filter(status=EntryStatus.FAILED)[:NEWEST]),
        stored=list(
            stored.select_related("article").order_by("-listed_at", "-article_id")[:NEWEST]
        ),
    )


def labels_of(user: User) -> QuerySet[Label]:
    """A person's labels, each with the number of its `feeds`."""
    return Label.objects.filter(user=user).annotate(feeds=Count("subscriptions")).order_by("name")


def subscription_of(user: User, feed: Feed) -> Subscription | None:
    """How a person reads this feed, if they do."""
    return (
        Subscription.objects.filter(user=user, feed=feed)
        .select_related("feed", "user")
        .prefetch_related("labels")
        .first()
    )


def feeds_in_trouble() -> list[Feed]:
    """Feeds that somebody reads and that fail, or are gone: the longest first."""
    in_trouble = Q(failures__gt=0) | Q(status=FeedStatus.GONE)
    read = Exists(Subscription.objects.filter(feed=OuterRef("pk")))
    found = Feed.objects.filter(in_trouble, read).order_by(
        F("last_success_at").asc(nulls_first=True)
    )
    return list(found[:MOST_IN_TROUBLE])


def subscribed_list(user: User) -> list[OpmlFeed]:
    """A person's subscriptions as a list to take elsewhere."""
    return [
        OpmlFeed(
            one.feed.url,
            shown_title(one),
            one.feed.site_url,
            tuple(label.name for label in one.labels.all()),
        )
        for one in subscriptions(user)
    ]
