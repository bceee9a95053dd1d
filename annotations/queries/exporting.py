"""A project as records for export, in batches: memory stays the same however many there are."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from annotations.formats.records import (
    AnnotationRecord,
    AnnotatorRecord,
    ArticleRecord,
    ClaimRecord,
    FragmentRecord,
    LinkRecord,
    NameRecord,
    ProjectRecord,
    Record,
    SpeakerRecord,
)
from annotations.models import (
    Anchor,
    AnchorMaker,
    Attribution,
    Claim,
    ClaimLink,
    Fragment,
    Speaker,
)
from reader.dates import machine
from reader.models import Project, Revision

BATCH = 1_000
"""Annotations to a query."""

TEXTS = 20
"""Article texts in memory at once."""

CONTEXT = 32
"""Code points before and after each fragment, for those who find the words in another text."""

_Row = dict[str, Any]
_PLAIN = ("kind", "wording", "cue", "note", "note_public", "version", "origin", "origin_id")
_ARTICLE = (
    "article__id",
    "article__file_name",
    "article__url",
    "article__title",
    "article__publication__name",
    "article__published_on",
    "article__published_precision",
)


def records(project: Project) -> Iterator[Record]:
    """The project, its speakers and claims, and its annotations in order of article and id.

    Deleted annotations are left out. Names and claims are the ones that were given: speaker and
    claim records say what they were merged into.
    """
    yield ProjectRecord(
        slug=project.slug,
        name=project.name,
        description=project.description,
        guidelines=project.guidelines,
        exported_at=timezone.now(),
    )
    yield from _speakers(project)
    yield from _claims(project)
    for batch in _batches(project):
        articles = _Articles(batch)
        for row in batch:
            yield _annotation(project, row, articles)


def _speakers(project: Project) -> Iterator[SpeakerRecord]:
    rows = (
        Speaker.objects.filter(project=project)
        .order_by("name", "id")
        .values(
            "name",
            "type",
            "aliases",
            "note",
            "canonical__name",
            "article__current_revision__number",
            "article__current_revision__sha256",
            *_ARTICLE,
        )
    )
    for row in rows.iterator(chunk_size=BATCH):
        yield SpeakerRecord(
            name=row["name"],
            type=row["type"],
            aliases=tuple(row["aliases"]),
            note=row["note"],
            article=_article(
                row,
                row["article__current_revision__number"],
                row["article__current_revision__sha256"],
            )
            if row["article__id"]
            else None,
            merged_into=row["canonical__name"] or "",
        )


def _claims(project: Project) -> Iterator[ClaimRecord]:
    rows = (
        Claim.objects.filter(project=project)
        .order_by("statement", "id")
        .values_list("statement", "broader__statement", "canonical__statement")
    )
    for statement, broader, canonical in rows.iterator(chunk_size=BATCH):
        yield ClaimRecord(statement=statement, broader=broader or "", merged_into=canonical or "")


def _batches(project: Project) -> Iterator[list[_Row]]:
    """Each goes on after the one before, so that a slow reader holds no transaction open."""
    rows = _rows(project)
    after = Q()
    while batch := list(rows.filter(after)[:BATCH]):
        yield batch
        article, last = batch[-1]["article"], batch[-1]["id"]
        # The first condition follows from the second, and lets Postgres start in the index.
        after = Q(annotation__article__gte=article) & (
            Q(annotation__article__gt=article) | Q(annotation__gt=last)
        )


def _rows(project: Project) -> "QuerySet[Anchor, Any]":
    """Each annotation, by the place where it was marked, as one JSON object: a row of values
    takes several times as long to read."""
    return (
        Anchor.objects.filter(
            annotation__project=project, annotation__deleted_at=None, made_by=AnchorMaker.PERSON
        )
        .order_by("annotation__article", "annotation")
        .values_list(
            JSONObject(
                **{name: f"annotation__{name}" for name in _PLAIN},
                id="annotation_id",
                article="annotation__article_id",
                revision="revision_id",
                flags="annotation__flags",
                said_on="annotation__said_on",
                created_at="annotation__created_at",
                updated_at="annotation__updated_at",
                annotator="annotation__annotator_id",
                email="annotation__annotator__email",
                name="annotation__annotator__name",
                pieces=ArraySubquery(
                    Fragment.objects.filter(anchor=OuterRef("pk"))
                    .order_by("position")
                    .values(json=JSONObject(start="start", end="end", exact="exact"))
                ),
                who=ArraySubquery(
                    Attribution.objects.filter(annotation=OuterRef("annotation"))
                    .order_by("position", "id")
                    .values(
                        json=JSONObject(
                            role="role",
                            name="speaker__name",
                            type="speaker__type",
                            article="speaker__article_id",
                        )
                    )
                ),
                links=ArraySubquery(
                    ClaimLink.objects.filter(annotation=OuterRef("annotation"))
                    .order_by("id")
                    .values(
                        json=JSONObject(
                            claim="claim__statement", scope="scope", part="part", unsure="unsure"
                        )
                    )
                ),
            ),
            flat=True,
        )
    )


class _Articles:
    """The articles that a batch is about, and what stands around its fragments."""

    def __init__(self, batch: list[_Row]) -> None:
        wanted: dict[int, list[_Row]] = {}
        for row in batch:
            wanted.setdefault(row["revision"], []).extend(row["pieces"])
        self.records: dict[int, ArticleRecord] = {}
        self._around: dict[tuple[int, int, int], tuple[str, str]] = {}
        revisions = Revision.objects.filter(pk__in=wanted).values(
            "id", "text", "number", "sha256", *_ARTICLE
        )
        for row in revisions.iterator(chunk_size=TEXTS):
            self.records[row["id"]] = _article(row, row["number"], row["sha256"])
            text = row["text"]
            for piece in wanted[row["id"]]:
                start, end = piece["start"], piece["end"]
                self._around[row["id"], start, end] = (
                    text[max(0, start - CONTEXT) : start],
                    text[end : end + CONTEXT],
                )

    def fragment(self, revision: int, piece: _Row) -> FragmentRecord:
        start, end = piece["start"], piece["end"]
        return FragmentRecord(piece["exact"], start, end, *self._around[revision, start, end])


def _annotation(project: Project, row: _Row, articles: _Articles) -> AnnotationRecord:
    names: dict[str, list[NameRecord]] = {}
    for who in row["who"]:
        name = NameRecord(who["name"], who["type"], who["article"] is not None)
        names.setdefault(who["role"], []).append(name)
    revision = row["revision"]
    return AnnotationRecord(
        **{name: row[name] for name in _PLAIN},
        id=row["id"],
        project=project.slug,
        article=articles.records[revision],
        fragments=tuple(articles.fragment(revision, piece) for piece in row["pieces"]),
        flags=tuple(row["flags"]),
        speakers=tuple(names.get("speaker", ())),
        on_behalf_of=tuple(names.get("on_behalf_of", ())),
        relayed_by=tuple(names.get("relayed_by", ())),
        targets=tuple(names.get("target", ())),
        claims=tuple(LinkRecord(**link) for link in row["links"]),
        said_on=date.fromisoformat(row["said_on"]) if row["said_on"] else None,
        annotator=AnnotatorRecord(row["email"], row["name"]) if row["annotator"] else None,
        created_at=datetime.fromisoformat(row["created_at"]),
        updated_at=datetime.fromisoformat(row["updated_at"]),
    )


def _article(row: Mapping[str, Any], number: int | None, sha256: str | None) -> ArticleRecord:
    """From a row that holds `_ARTICLE`; an article may have no text yet."""
    return ArticleRecord(
        id=str(row["article__id"]),
        file_name=row["article__file_name"],
        url=row["article__url"],
        title=row["article__title"],
        publication=row["article__publication__name"] or "",
        published_on=machine(row["article__published_on"], row["article__published_precision"]),
        revision=number,
        text_sha256=sha256 or "",
    )
