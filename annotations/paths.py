"""Addresses of what is annotated."""

from uuid import UUID

from django.urls import reverse

from reader.models import Project


def article_path(project: Project, article_id: UUID, name: str = "article") -> str:
    """The reading page of an article in a project, or another page (`name`) of the same.

    In a person's own project it is `/articles/<id>/`, else `/projects/<slug>/articles/<id>/`.
    """
    if project.personal_to_id:
        return reverse(name, kwargs={"article_id": article_id})
    return reverse(name, kwargs={"slug": project.slug, "article_id": article_id})


def passage_path(project: Project, article_id: UUID, annotation_id: UUID) -> str:
    """The reading page, at the passage."""
    return f"{article_path(project, article_id)}#a-{annotation_id}"
