"""Addresses of what is annotated."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from annotations.models import Share
from reader.models import Project
from reader.search import Query

RELEVANCE = "relevance"
"""The value of `order` in addresses of the search page; without it, newest first."""

_ANY = UUID(int=0)


def article_path(project: Project, article_id: UUID, name: str = "article") -> str:
    """The reading page of an article in a project, or another page (`name`) of the same.

    In a person's own project it is `/articles/<id>/`, else `/projects/<slug>/articles/<id>/`.
    """
    return _article_path("" if project.personal_to_id else project.slug, article_id, name)


def library_path(article_id: UUID) -> str:
    """The reading page of an article of the library, for whoever has an account."""
    return _article_path("", article_id, "article")


# A summary names the same few articles a hundred times, and `reverse` takes its time.
@lru_cache(maxsize=4096)
def _article_path(slug: str, article_id: UUID, name: str) -> str:
    where = {"slug": slug} if slug else {}
    return reverse(name, kwargs=where | {"article_id": article_id})


def passage_path(project: Project, article_id: UUID, annotation_id: UUID) -> str:
    """The reading page, at the passage."""
    return f"{article_path(project, article_id)}#a-{annotation_id}"


def editing_path(project: Project, article_id: UUID, annotation_id: UUID) -> str:
    """The reading page, at the passage, with the annotation's editor open."""
    path = article_path(project, article_id)
    return f"{path}?edit={annotation_id}#a-{annotation_id}"


def changes_path(project: Project) -> str:
    """The page where a project's members decide about passages that articles have changed."""
    return reverse("changes", args=[project.slug])


def annotation_path(annotation_id: UUID, name: str = "annotation") -> str:
    """The address of an annotation, or another page (`name`) of it."""
    return _annotation_path(name).replace(str(_ANY), str(annotation_id))


# A page has an address for each of its annotations: `reverse` is asked once for all of them.
@lru_cache
def _annotation_path(name: str) -> str:
    return reverse(name, kwargs={"annotation_id": _ANY})


def ledger_path(project: Project, extension: str = "") -> str:
    """A project's ledger, or the same as a file: "csv", "json"."""
    if extension:
        return reverse("ledger_file", args=[project.slug, extension])
    return reverse("ledger", args=[project.slug])


def claim_path(claim_id: int) -> str:
    """A claim's page."""
    return f"{_claims_path()}{claim_id}/"


@lru_cache
def _claims_path() -> str:
    return reverse("claim", args=[0]).removesuffix("0/")


def speaker_path(speaker_id: int, name: str = "speaker") -> str:
    """A speaker's page, or another page (`name`) of them."""
    return _speaker_path(name).replace("/0/", f"/{speaker_id}/")


# A page names the same few speakers a hundred times: `reverse` is asked once for all of them.
@lru_cache
def _speaker_path(name: str) -> str:
    return reverse(name, args=[0])


def search_path(query: Query, *, by_relevance: bool = False, **more: str) -> str:
    """The search page with this search.

    Args:
        more: further parameters; empty ones are left out.
    """
    parameters = {"q": str(query), "order": RELEVANCE if by_relevance else "", **more}
    kept = {name: value for name, value in parameters.items() if value}
    path = reverse("search")
    return f"{path}?{urlencode(kept)}" if kept else path


class Ways(Protocol):
    """Where the links of a page may lead. An empty address leads nowhere: the words then stand
    without a link."""

    def to_project(self) -> str: ...

    def to_article(self, article_id: UUID) -> str: ...

    def to_passage(self, article_id: UUID, annotation_id: UUID) -> str: ...

    def to_claim(self, claim_id: int) -> str: ...

    def to_speaker(self, speaker_id: int) -> str: ...

    def to_revisions(self, article_id: UUID) -> str: ...

    def to_picture(self, article_id: UUID, sha256: str) -> str: ...

    def to_reply(
        self, article_id: UUID | None = None, annotation_id: UUID | None = None
    ) -> str: ...


@dataclass(frozen=True, slots=True)
class InProject:
    """The ways of those who may open the project."""

    project: Project

    def to_project(self) -> str:
        return "" if self.project.personal_to_id else reverse("project", args=[self.project.slug])

    def to_article(self, article_id: UUID) -> str:
        return article_path(self.project, article_id)

    def to_passage(self, article_id: UUID, annotation_id: UUID) -> str:
        return passage_path(self.project, article_id, annotation_id)

    def to_claim(self, claim_id: int) -> str:
        return claim_path(claim_id)

    def to_speaker(self, speaker_id: int) -> str:
        return speaker_path(speaker_id)

    def to_revisions(self, article_id: UUID) -> str:
        return article_path(self.project, article_id, "revisions")

    def to_picture(self, article_id: UUID, sha256: str) -> str:
        return f"{self.to_article(article_id)}pictures/{sha256}.webp"

    def to_reply(self, article_id: UUID | None = None, annotation_id: UUID | None = None) -> str:
        if annotation_id:
            return annotation_path(annotation_id, "annotation_reply")
        if article_id:
            return article_path(self.project, article_id, "article_reply")
        return reverse("project_reply", args=[self.project.slug])


@dataclass(frozen=True, slots=True)
class InShare:
    """The ways of those who have a link: what is shared, and beyond it only what is public."""

    share: Share
    project: Project

    def to_project(self) -> str:
        if self.share.project_id:
            return reverse("share", args=[self.share.code])
        return InProject(self.project).to_project() if self.project.is_public else ""

    def to_article(self, article_id: UUID) -> str:
        if self.share.project_id:
            return reverse("shared_article", args=[self.share.code, article_id])
        place = self.share.project_article
        if place and place.article_id == article_id:
            return reverse("share", args=[self.share.code])
        return article_path(self.project, article_id) if self.project.is_public else ""

    def to_passage(self, article_id: UUID, annotation_id: UUID) -> str:
        if self.share.annotation_id == annotation_id:
            return reverse("share", args=[self.share.code])
        article = self.to_article(article_id)
        return f"{article}#a-{annotation_id}" if article else ""

    def to_claim(self, claim_id: int) -> str:
        if self.share.claim and claim_id in (self.share.claim_id, self.share.claim.canonical_id):
            return reverse("share", args=[self.share.code])
        return claim_path(claim_id) if self.project.is_public else ""

    def to_speaker(self, speaker_id: int) -> str:
        speaker = self.share.speaker
        if speaker and speaker_id in (speaker.pk, speaker.canonical_id):
            return reverse("share", args=[self.share.code])
        return speaker_path(speaker_id) if self.project.is_public else ""

    def to_revisions(self, article_id: UUID) -> str:
        public = self.project.is_public
        return article_path(self.project, article_id, "revisions") if public else ""

    def to_picture(self, article_id: UUID, sha256: str) -> str:
        where: dict[str, object] = {"code": self.share.code, "sha256": sha256}
        if self.share.project_id:
            return reverse("shared_article_picture", kwargs=where | {"article_id": article_id})
        return reverse("shared_picture", kwargs=where)

    def to_reply(self, article_id: UUID | None = None, annotation_id: UUID | None = None) -> str:
        path = reverse("share_reply", args=[self.share.code])
        if annotation_id:
            return f"{path}?annotation={annotation_id}"
        return f"{path}?article={article_id}" if article_id and self.share.project_id else path
