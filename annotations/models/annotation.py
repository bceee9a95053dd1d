"""Annotations: a span of an article that quotes, alleges or denies."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from reader.models import Article, Project, uuid7
from reader.models.history import keeps_history


class Kind(models.TextChoices):
    """The speech act: a quote says, an allegation accuses, a denial rejects."""

    QUOTE = "quote", _("Quote")
    ALLEGATION = "allegation", _("Allegation")
    DENIAL = "denial", _("Denial")

    @property
    def noun(self) -> str:
        """The kind inside a sentence: "allegation"."""
        return str(_KIND_NOUNS[self])


_KIND_NOUNS = {
    Kind.QUOTE: pgettext_lazy("in a sentence", "quote"),
    Kind.ALLEGATION: pgettext_lazy("in a sentence", "allegation"),
    Kind.DENIAL: pgettext_lazy("in a sentence", "denial"),
}


class _Explained(models.TextChoices):
    """Choices whose labels name and explain: "Verbatim: the speaker's own words"."""

    @property
    def short(self) -> str:
        """The name alone."""
        return str(self.label).partition(":")[0]


class Wording(_Explained):
    """Whose words the passage is in. Only verbatim words are ever shown in quotation marks."""

    VERBATIM = "verbatim", _("Verbatim: the speaker's own words")
    PARAPHRASE = "paraphrase", _("Paraphrase: the reporter's words")
    MIXED = "mixed", _("Mixed: a paraphrase with quoted words")


class Flag(_Explained):
    UNSURE = "unsure", _("Unsure: the annotator has doubts")
    IMPLIED = "implied", _("Implied: denies by stating the opposite")
    MENTION = "mention", _("Mention: refers to an allegation without making it")
    TRANSLATED = "translated", _("Translated: not the words that were spoken")
    CAPTION = "caption", _("Caption: stands in a caption")


class Origin(models.TextChoices):
    HAND = "hand", _("Marked by hand")
    IMPORT = "import", _("Imported")


@keeps_history(
    # What was done in a project is listed, newest first.
    indexes=[
        models.Index(fields=["project", "-pgh_created_at", "-pgh_id"], name="annotation_changes")
    ]
)
class Annotation(models.Model):
    """One speech act in one article, as one project reads it.

    `annotator` is null for a former member. `version` grows with every change to the annotation,
    its fragments, attributions or links, and lets a second editor notice the first. `note` is
    internal unless `note_public`. Deleting sets `deleted_at`; `deleted_reason` is public where a
    denial that readers could see is deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="annotations")
    article = models.ForeignKey(Article, models.CASCADE, related_name="annotations")
    annotator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="annotations"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    cue = models.CharField(max_length=200, blank=True)
    wording = models.CharField(max_length=10, choices=Wording.choices)
    flags = ArrayField(
        models.CharField(max_length=10, choices=Flag.choices), default=list, blank=True
    )
    note = models.TextField(blank=True)
    note_public = models.BooleanField(default=False)
    said_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.HAND)
    origin_id = models.CharField(
        max_length=200,
        blank=True,
        help_text="What the annotation was called where it was imported from.",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="annotation_kind"),
            models.CheckConstraint(
                condition=Q(wording__in=Wording.values), name="annotation_wording"
            ),
        ]
        indexes = [
            # Covers the counts and the change stamp of a reading page without touching the table.
            models.Index(
                fields=["project", "article"],
                name="annotation_on_page",
                include=["version", "kind", "deleted_at"],
            ),
            models.Index(fields=["project", "-created_at", "-id"], name="annotation_newest_first"),
            # What is not yet linked to a claim is looked for among these.
            models.Index(
                fields=["project", "id"],
                name="annotation_to_link",
                condition=Q(deleted_at=None, kind__in=[Kind.ALLEGATION, Kind.DENIAL]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class AttributionRole(models.TextChoices):
    """The part somebody has in what is said."""

    SPEAKER = "speaker", _("Speaker")
    ON_BEHALF_OF = "on_behalf_of", _("On behalf of")
    RELAYED_BY = "relayed_by", _("Relayed by")
    TARGET = "target", _("Target")


@keeps_history(inserts=True)
class Attribution(models.Model):
    """Who says it, for whom, through whom, against whom. Several, or none, of each."""

    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="attributions")
    speaker = models.ForeignKey("annotations.Speaker", models.CASCADE, related_name="attributions")
    role = models.CharField(max_length=12, choices=AttributionRole.choices)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["annotation", "role", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["annotation", "role", "speaker"], name="one_attribution_each"
            ),
            models.CheckConstraint(
                condition=Q(role__in=AttributionRole.values), name="attribution_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker_id} as {self.role}"
