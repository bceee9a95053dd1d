"""Feeds, what they listed, and who subscribes to them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.models.article import Article
from reader.models.publication import Publication


class Delivery(models.TextChoices):
    """Where the text of a feed's articles is taken from."""

    FEED = "feed", _("The text in the feed")
    PAGE = "page", _("The full article, fetched from its page")


class FeedStatus(models.TextChoices):
    ACTIVE = "active", _("polled")
    GONE = "gone", _("gone: the site says that it will not come back")


class Feed(models.Model):
    """An address that lists a publication's new articles; everybody's subscriptions share it.

    `next_poll_at` is null where nobody subscribes or the feed is gone. `etag` and
    `last_modified` are as the site sent them; `sha256` is of the last content that was read, and
    `wishes` is what that said about when to ask (see `reader.services.polling`).
    `failures` counts those since the last success, which `last_success_at` dates.
    """

    url = models.CharField(max_length=2000, unique=True)
    site_url = models.CharField(max_length=2000, blank=True)
    title = models.CharField(max_length=300, blank=True)
    publication = models.ForeignKey(Publication, models.SET_NULL, null=True, blank=True)
    delivery = models.CharField(max_length=4, choices=Delivery.choices, default=Delivery.FEED)
    status = models.CharField(max_length=6, choices=FeedStatus.choices, default=FeedStatus.ACTIVE)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    wishes = models.JSONField(default=dict, blank=True)
    next_poll_at = models.DateTimeField(null=True, blank=True)
    last_polled_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    problems = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(delivery__in=Delivery.values), name="feed_delivery"),
            models.CheckConstraint(condition=Q(status__in=FeedStatus.values), name="feed_status"),
        ]
        indexes = [
            models.Index(
                fields=["next_poll_at"], name="feed_due", condition=Q(next_poll_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def is_due(self) -> bool:
        """Whether it is to be asked as soon as a worker is free."""
        return self.next_poll_at is not None and self.next_poll_at <= timezone.now()

    @property
    def host(self) -> str:
        """The name of the site, as people know it."""
        return (urlsplit(self.site_url or self.url).hostname or "").removeprefix("www.")


class EntryStatus(models.TextChoices):
    WAITING = "waiting", _("waiting to be fetched")
    STORED = "stored", _("stored")
    FAILED = "failed", _("failed")


class FeedEntry(models.Model):
    """Something that a feed listed, and the article it became.

    `key` is a SHA-256, in hex, of what the feed calls it by; with it an entry is known again.
    `sha256` is of the content that was stored last: another one is a new revision. `listed_at`
    repeats the article's, so that a page of a feed's articles is one walk over one index.
    """

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="entries")
    key = models.CharField(max_length=64)
    link = models.CharField(max_length=2000, blank=True)
    title = models.CharField(max_length=500, blank=True)
    published_raw = models.CharField(max_length=200, blank=True)
    html = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    status = models.CharField(
        max_length=7, choices=EntryStatus.choices, default=EntryStatus.WAITING
    )
    error = models.TextField(blank=True)
    tries = models.PositiveIntegerField(default=0)
    article = models.ForeignKey(Article, models.SET_NULL, null=True, related_name="feed_entries")
    listed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "key"], name="one_entry_per_key"),
            models.CheckConstraint(
                condition=Q(status__in=EntryStatus.values), name="feed_entry_status"
            ),
        ]
        indexes = [
            models.Index(
                fields=["feed", "-listed_at", "-article"],
                name="feed_newest_first",
                condition=Q(article__isnull=False),
            ),
            models.Index(
                fields=["feed", "status", "-seen_at"],
                name="feed_unstored",
                condition=~Q(status="stored"),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.link or self.key


class Label(models.Model):
    """A person's own folder of subscriptions."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="labels")
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_label_per_name")]

    def __str__(self) -> str:
        return self.name


class Subscription(models.Model):
    """A person reads a feed, under a title of their own if they like."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions")
    feed = models.ForeignKey(Feed, models.CASCADE, related_name="subscriptions")
    title = models.CharField(max_length=300, blank=True)
    labels = models.ManyToManyField(Label, related_name="subscriptions", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "feed"], name="one_subscription_each")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} reads {self.feed_id}"
