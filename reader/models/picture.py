"""Pictures of articles, fetched once and served from our own origin."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reader.models.article import Article


class PictureStatus(models.TextChoices):
    WAITING = "waiting", _("waiting to be fetched")
    STORED = "stored", _("stored")
    FAILED = "failed", _("failed")


class Picture(models.Model):
    """A picture that an article shows, by the address it came from.

    `sha256` (hex) is of the stored file, which lies under DATA_DIR by that name; equal pictures
    share it. `width` and `height` are its pixels.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="pictures")
    source = models.CharField(max_length=2000)
    status = models.CharField(
        max_length=7, choices=PictureStatus.choices, default=PictureStatus.WAITING
    )
    sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    fetched_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "source"], name="one_picture_per_source"),
            models.CheckConstraint(
                condition=Q(status__in=PictureStatus.values), name="picture_status"
            ),
        ]

    def __str__(self) -> str:
        return self.source
