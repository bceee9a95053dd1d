"""Anchors: where an annotation stands in one revision."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from annotations.models.annotation import Annotation
from reader.models import Revision
from reader.models.history import keeps_history


class AnchorStatus(models.TextChoices):
    """How the words stand in a revision, compared with the revision they were marked in."""

    EXACT = "exact", "Same words, same place"
    MOVED = "moved", "Same words, another place"
    CHANGED = "changed", "Changed words"
    ORPHANED = "orphaned", "No longer there"


class AnchorMaker(models.TextChoices):
    PERSON = "person", "Marked by a person"
    MACHINE = "machine", "Derived from an earlier revision"


class Decision(models.TextChoices):
    NONE = "", "Not decided"
    RIGHT = "right", "Still right"
    ADJUSTED = "adjusted", "Adjusted"
    GONE = "gone", "No longer there"


class Anchor(models.Model):
    """An annotation's place in one revision. The one made by a person is the evidence."""

    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="anchors")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="anchors")
    made_by = models.CharField(
        max_length=10, choices=AnchorMaker.choices, default=AnchorMaker.PERSON
    )
    status = models.CharField(
        max_length=10, choices=AnchorStatus.choices, default=AnchorStatus.EXACT
    )
    score = models.FloatField(default=1.0)
    decision = models.CharField(
        max_length=10, choices=Decision.choices, default=Decision.NONE, blank=True
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["annotation", "revision"], name="one_anchor_a_revision"
            ),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="anchor_score"),
        ]
        indexes = [
            models.Index(
                fields=["annotation"],
                name="anchor_undecided",
                condition=Q(status__in=["changed", "orphaned"], decision=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.annotation_id} in revision {self.revision_id}"


@keeps_history()
class Fragment(models.Model):
    """One contiguous piece of an anchor: `start` and `end` in Unicode code points of the
    revision's text, null where the words could not be placed; `exact` are the words marked."""

    anchor = models.ForeignKey(Anchor, models.CASCADE, related_name="fragments")
    position = models.PositiveSmallIntegerField(default=0)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    exact = models.TextField()
    status = models.CharField(
        max_length=10, choices=AnchorStatus.choices, default=AnchorStatus.EXACT
    )

    class Meta:
        ordering = ["anchor", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["anchor", "position"],
                name="fragment_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(start__lt=F("end")) | Q(start__isnull=True, end__isnull=True),
                name="fragment_covers_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"
