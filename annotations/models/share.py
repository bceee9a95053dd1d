"""Shares: revocable public links."""

import secrets
from typing import Any

from django.conf import settings
from django.db import models

from annotations.models.annotation import Annotation
from annotations.models.claim import Claim
from annotations.models.nouns import exactly_one
from annotations.models.speaker import Speaker
from reader.models import Project, ProjectArticle

NOUNS = ["project", "project_article", "annotation", "claim", "speaker"]
"""What may be shared, by the names of a share's fields."""


def new_code() -> str:
    """72 random bits, safe in an address: short enough to read out, too long to guess."""
    return secrets.token_urlsafe(9)


class Share(models.Model):
    """A link that shows anybody a project, or one article, annotation, claim or speaker of it."""

    code = models.CharField(max_length=24, unique=True, default=new_code, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, null=True, related_name="shares")
    project_article = models.ForeignKey(
        ProjectArticle, models.CASCADE, null=True, related_name="shares"
    )
    annotation = models.ForeignKey(Annotation, models.CASCADE, null=True, related_name="shares")
    claim = models.ForeignKey(Claim, models.CASCADE, null=True, related_name="shares")
    speaker = models.ForeignKey(Speaker, models.CASCADE, null=True, related_name="shares")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [exactly_one(NOUNS, "share_of_one_thing")]

    def __str__(self) -> str:
        return self.code

    @property
    def noun(self) -> str:
        """Which of `NOUNS` is shared."""
        return next(noun for noun in NOUNS if getattr(self, f"{noun}_id") is not None)

    @property
    def in_project(self) -> Project:
        """The project that the shared thing belongs to."""
        shared: Any = getattr(self, self.noun)
        found: Project = shared if self.noun == "project" else shared.project
        return found
