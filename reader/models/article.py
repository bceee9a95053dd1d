"""Articles and their revisions: the evidence. A revision never changes."""

import gzip

from django.conf import settings
from django.db import models
from django.db.models import Q

from reader.models.ids import uuid7
from reader.models.project import Project
from reader.models.publication import Publication
from reader.text import Document


class Precision(models.TextChoices):
    """How exactly an article says when it was published; nothing finer is ever made up."""

    UNKNOWN = "", "not given"
    DAY = "day", "day"
    MONTH = "month", "month"
    YEAR = "year", "year"


class Article(models.Model):
    """One article of one publication.

    `scope` is null for the library (every signed-in person may read it), else the one project that
    may see the article. `url_key` finds an article again by its address within its scope.
    `listed_at` is the publication date, else the moment it was first seen: it orders lists and is
    never shown. `published_on` is the first day of its month or year where the precision says so.
    `lead` is set where the same story stands at another address too: it is then shown with that
    article, unless a person took the two apart (`stands_alone`). `story_key` finds such stories
    (see `reader.ingest.stories`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    scope = models.ForeignKey(
        Project, models.CASCADE, null=True, blank=True, related_name="own_articles"
    )
    publication = models.ForeignKey(Publication, models.PROTECT, null=True, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    url_key = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=500, blank=True)
    title = models.CharField(max_length=500)
    title_derived = models.BooleanField(default=False)
    byline = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=35, blank=True)
    published_on = models.DateField(null=True, blank=True)
    published_precision = models.CharField(
        max_length=5, choices=Precision.choices, default=Precision.UNKNOWN, blank=True
    )
    date_set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    date_set_login = models.CharField(
        max_length=100,
        blank=True,
        help_text="Login name, where a date was set on the command line.",
    )
    date_set_at = models.DateTimeField(null=True, blank=True)
    listed_at = models.DateTimeField()
    first_seen_at = models.DateTimeField()
    current_revision = models.ForeignKey(
        "reader.Revision", models.RESTRICT, null=True, related_name="+"
    )
    lead = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="also_in")
    stands_alone = models.BooleanField(default=False)
    story_key = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "url_key"],
                name="one_article_per_address",
                condition=~Q(url_key=""),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(published_precision__in=Precision.values), name="article_precision"
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True, published_precision="")
                | Q(published_on__isnull=False) & ~Q(published_precision=""),
                name="article_date_has_precision",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-listed_at", "-id"],
                name="library_newest_first",
                condition=Q(scope=None, lead=None),
            ),
            models.Index(
                fields=["publication", "-listed_at", "-id"], name="publication_newest_first"
            ),
            models.Index(
                fields=["publication"], name="publication_in_library", condition=Q(scope=None)
            ),
            models.Index(
                fields=["story_key", "id"],
                name="article_by_story",
                condition=Q(story_key__isnull=False),
            ),
            models.Index(
                fields=["scope", "file_name"], name="article_by_file", condition=~Q(file_name="")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def newest(self) -> "Revision":
        """The current revision, which every article has from its first transaction on.

        Raises:
            ValueError: this one has none.
        """
        if self.current_revision is None:
            raise ValueError(f"article {self.pk} has no revision")
        return self.current_revision


class Revision(models.Model):
    """An article's text as it stood once. Rows are only ever added.

    `markup` is the JSON of `reader.text.Document`; offsets count Unicode code points of `text`.
    `sha256` is the hex digest of the text in UTF-8. `raw` is what was received, if that was more
    than the text; a fetched page is gzipped there.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    markup = models.JSONField()
    title = models.CharField(max_length=500)
    byline = models.CharField(max_length=300, blank=True)
    published_on = models.DateField(null=True)
    sha256 = models.CharField(max_length=64)
    word_count = models.PositiveIntegerField()
    fetched_at = models.DateTimeField()
    extractor = models.CharField(max_length=100)
    raw = models.BinaryField(null=True)

    class Meta:
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number"),
        ]
        indexes = [models.Index(fields=["sha256"], name="revision_by_text")]

    def __str__(self) -> str:
        return f"revision {self.number} of {self.article_id}"

    @property
    def received(self) -> bytes | None:
        """What was received, as it came; None where that was the text alone."""
        if self.raw is None:
            return None
        raw = bytes(self.raw)
        return gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw

    @property
    def document(self) -> Document:
        """Text and markup, ready to render."""
        return Document.from_json(self.text, self.markup)
