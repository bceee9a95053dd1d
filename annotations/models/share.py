"""Shares: revocable public links."""

import secrets

from django.conf import settings
from django.db import models

from annotations.models.annotation import Annotation
from annotations.models.claim import Claim
from annotations.models.nouns import exactly_one
from annotations.models.speaker import Speaker
from reader.models import Project, ProjectArticle


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
        constraints = [
            exactly_one(
                ["project", "project_article", "annotation", "claim", "speaker"],
                "share_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def in_project(self) -> Project:
        """The project that the shared thing belongs to."""
        place = self.annotation or self.project_article or self.claim or self.speaker
        found = place.project if place else self.project
        if found is None:
            raise ValueError(f"share {self.code} is of nothing")
        return found
