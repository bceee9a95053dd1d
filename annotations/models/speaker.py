"""Speakers: those who say, allege and deny, and those who are accused."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from reader.models import Article, Project
from reader.models.history import keeps_history


class SpeakerType(models.TextChoices):
    UNKNOWN = "", _("Not said")
    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")
    STATE = "state", _("State")
    UNNAMED = "unnamed", _("Unnamed")


@keeps_history()
class Speaker(models.Model):
    """Somebody as one project names them.

    Merging is a pointer, as with claims: `merged_into` is what a person decided, `canonical` the
    speaker at the end of that chain, whom this one is read as. An unnamed speaker ("two
    officials") belongs to one article and is never merged or counted across articles. `version`
    grows with every change that a person makes here, and lets a second editor notice the first.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=200)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    type = models.CharField(
        max_length=12, choices=SpeakerType.choices, default=SpeakerType.UNKNOWN, blank=True
    )
    note = models.TextField(blank=True)
    article = models.ForeignKey(Article, models.CASCADE, null=True, blank=True, related_name="+")
    canonical = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged"
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged_here"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "project",
                Lower("name"),
                "article",
                name="one_speaker_a_name",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(type__in=SpeakerType.values), name="speaker_type"),
            models.CheckConstraint(
                condition=Q(article__isnull=True)
                | Q(type=SpeakerType.UNNAMED, canonical__isnull=True),
                name="unnamed_speakers_stay_apart",
            ),
            models.CheckConstraint(
                condition=~Q(canonical=F("id")) & ~Q(merged_into=F("id")),
                name="speaker_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name
