"""What is to be indexed for search, and searches that people keep."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reader.models.article import Article
from reader.models.project import Project


class SearchBacklog(models.Model):
    """An article whose search document is not up to date; a worker takes it from here."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["added_at"], name="backlog_oldest_first")]

    def __str__(self) -> str:
        return f"{self.article_id} is to be indexed"


class SavedSearch(models.Model):
    """A search that a person keeps, or a project.

    `token` is the secret part of its Atom feed's address; null means that there is no such feed.
    The feed shows what the owner, or the project's readers, may see.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="saved_searches"
    )
    project = models.ForeignKey(Project, models.CASCADE, null=True, related_name="saved_searches")
    name = models.CharField(max_length=150)
    query = models.CharField(max_length=1000)
    token = models.CharField(max_length=64, null=True, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, project__isnull=True)
                | Q(user__isnull=True, project__isnull=False),
                name="saved_search_has_one_owner",
            )
        ]

    def __str__(self) -> str:
        return self.name
