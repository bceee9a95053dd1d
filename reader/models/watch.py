"""Articles that are fetched again from time to time, so that corrections are noticed."""

from django.conf import settings
from django.db import models

from reader.models.article import Article


class ArticleWatch(models.Model):
    """An article is looked at again by workers, when `reader.ingest.watching` says.

    `next_fetch_at` is null where the watch has ended: by itself after some months, or for the
    reason in `last_error`. `last_fetched_at` is of the last look, whether it went well or not;
    `failures` counts those since the last that did.
    """

    article = models.OneToOneField(Article, models.CASCADE, related_name="watch")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField()
    next_fetch_at = models.DateTimeField(null=True, blank=True)
    last_fetched_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "article watches"
        indexes = [
            models.Index(
                fields=["next_fetch_at"],
                name="watch_due",
                condition=models.Q(next_fetch_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"watch of {self.article_id}"
