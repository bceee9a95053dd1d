"""Projects: a dossier with members, guidelines and articles."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.models.history import keeps_history


class Role(models.TextChoices):
    """What a member may do; each role includes the ones before it."""

    VIEWER = "viewer", _("Viewer: reads")
    ANNOTATOR = "annotator", _("Annotator: reads and marks")
    CURATOR = "curator", _("Curator: also edits others' marks, articles and what is public")
    OWNER = "owner", _("Owner: also members and settings")

    @property
    def rank(self) -> int:
        return list(Role).index(self)

    @property
    def noun(self) -> str:
        """The role inside a sentence: "annotator"."""
        return str(_ROLE_NOUNS[self])


# Templates translate a membership's value itself: these are the same words.
_ROLE_NOUNS = {
    Role.VIEWER: _("viewer"),
    Role.ANNOTATOR: _("annotator"),
    Role.CURATOR: _("curator"),
    Role.OWNER: _("owner"),
}


class Visibility(models.TextChoices):
    PRIVATE = "private", _("Private: members only")
    PUBLIC = "public", _("Public: anyone may read")


class Readers(models.TextChoices):
    """How much of an article people outside the project see."""

    PASSAGES = "passages", _("Marked passages in context")
    WHOLE = "whole", _("Whole articles")


class Project(models.Model):
    """A dossier. `version` grows whenever something that several of its pages show has changed.

    `first_public_at` is when it first became public, also where it is private again: readers may
    have seen what was there since. `public_since` is when it became public the last time, null
    while it is private: from then on readers have seen all without a break.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=150)
    description = models.CharField(max_length=400, blank=True)
    guidelines = models.TextField(blank=True, help_text="Markdown or plain text.")
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.PRIVATE
    )
    readers_see = models.CharField(
        "what readers outside the project see",
        max_length=10,
        choices=Readers.choices,
        default=Readers.PASSAGES,
    )
    contact = models.CharField(
        max_length=200,
        blank=True,
        help_text="Shown on public pages: an address for errors and replies.",
    )
    indexed = models.BooleanField("may be listed by search engines", default=False)
    personal_to = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="personal_project",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)
    first_public_at = models.DateTimeField(null=True, editable=False)
    public_since = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visibility__in=Visibility.values), name="project_visibility"
            ),
            models.CheckConstraint(
                condition=models.Q(readers_see__in=Readers.values), name="project_readers_see"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Note when it becomes public, whoever saves it (the admin does, too)."""
        written = kwargs.get("update_fields")
        if written is None or "visibility" in written:
            now = timezone.now()
            self.public_since = (self.public_since or now) if self.is_public else None
            self.first_public_at = self.first_public_at or self.public_since
            if written is not None:
                kwargs["update_fields"] = {*written, "first_public_at", "public_since"}
        super().save(*args, **kwargs)

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC


class OldSlug(models.Model):
    """An address that a project had before; it redirects for ever."""

    slug = models.SlugField(max_length=80, unique=True)
    project = models.ForeignKey(Project, models.CASCADE, related_name="old_slugs")

    def __str__(self) -> str:
        return self.slug


@keeps_history()
class Membership(models.Model):
    project = models.ForeignKey(Project, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="one_membership_each"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.project_id}: {self.role}"


class ProjectArticle(models.Model):
    """An article's place in a project. `listed_at` and `publication` repeat the article's, so that
    a page of a project's articles is one walk over one index, and whether it has any of a
    publication one look into another."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="project_articles")
    article = models.ForeignKey("reader.Article", models.CASCADE, related_name="project_articles")
    listed_at = models.DateTimeField()
    publication = models.ForeignKey(
        "reader.Publication", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "article"], name="article_once_in_project"),
        ]
        indexes = [
            models.Index(fields=["project", "-listed_at", "-article"], name="project_newest_first"),
            models.Index(fields=["project", "publication"], name="publication_in_project"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} in {self.project_id}"
