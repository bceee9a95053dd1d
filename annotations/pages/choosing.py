"""The page that shows where words stand: marking without JavaScript."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _, gettext_lazy

from annotations.models import Annotation, Kind
from annotations.pages.labels import labels
from annotations.parameters import id_from
from annotations.paths import article_path
from annotations.services.places import level
from annotations.spans import occurrences
from reader.access import Seat
from reader.models import Article, Project, uuid7

CONTEXT = 80
OPERATIONS = {
    "add": gettext_lazy("Add these words"),
    "remove": gettext_lazy("Take these words away"),
    "replace": gettext_lazy("Mark these words instead"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One place of the words and what stands around it; `id` is for the annotation it may make."""

    id: UUID
    start: int
    end: int
    before: str
    exact: str
    after: str


@dataclass(frozen=True, slots=True)
class ChoosingPage:
    """Where the words stand in the article; `annotation` is the one whose extent is to change."""

    project: Project
    article: Article
    revision_number: int
    path: str
    mark_path: str
    words: str
    kind: str
    label: str
    found: list[Found]
    annotation: Annotation | None
    operation: str


def choosing_page(seat: Seat, article: Article, query: Mapping[str, str]) -> ChoosingPage:
    """The places of `words`; `kind` says what to mark there, or `annotation` and `operation` how
    to change an extent."""
    revision = article.newest
    words, kind = level(query.get("words", "")), query.get("kind", Kind.QUOTE)
    operation = query.get("operation", "")
    annotation = _annotation(seat, article, query.get("annotation", ""))
    text = revision.text
    return ChoosingPage(
        project=seat.project,
        article=article,
        revision_number=revision.number,
        path=article_path(seat.project, article.pk),
        mark_path=article_path(seat.project, article.pk, "mark"),
        words=words,
        kind=kind,
        label=str(OPERATIONS.get(operation, "")) if annotation else _mark_as(kind),
        found=[
            Found(
                id=uuid7(),
                start=start,
                end=end,
                before=text[max(0, start - CONTEXT) : start],
                exact=text[start:end],
                after=text[end : end + CONTEXT],
            )
            for start, end in occurrences(text, words)
        ],
        annotation=annotation,
        operation=operation,
    )


def _mark_as(kind: str) -> str:
    nouns = labels().nouns
    return _("Mark as %(kind)s") % {"kind": nouns.get(kind, nouns[Kind.QUOTE])}


def _annotation(seat: Seat, article: Article, wanted: str) -> Annotation | None:
    key = id_from(wanted)
    if key is None:
        return None
    return Annotation.objects.filter(
        pk=key, project=seat.project, article=article, deleted_at=None
    ).first()
