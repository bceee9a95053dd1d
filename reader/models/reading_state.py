"""What a person has read, starred and left half-read."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reader.models.article import Article


class ReadingState(models.Model):
    """One person and one article: unread while `read_at` is null. Without a row it is unread unless
    it was first seen before the person's `unread_since` (reader.queries.reading.unread_by).

    `position` is the code point of the newest text that stood at the top of the window.
    `batch` names the action that marked many as read at once, so that it can be undone.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, models.CASCADE, related_name="reading_states")
    read_at = models.DateTimeField(null=True)
    starred_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    position = models.PositiveIntegerField(default=0)
    batch = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "article"], name="one_reading_state_each")
        ]
        indexes = [
            models.Index(
                fields=["user", "-starred_at"],
                name="starred_newest_first",
                condition=Q(starred_at__isnull=False),
            ),
            models.Index(
                fields=["user", "-opened_at"],
                name="opened_newest_first",
                condition=Q(opened_at__isnull=False),
            ),
            models.Index(fields=["batch"], name="read_in_batch", condition=Q(batch__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} and {self.article_id}"
