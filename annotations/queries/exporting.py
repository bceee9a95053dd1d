"""A project as records for export, in batches: memory stays the same however many there are."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from annotations.formats.records import (
    AnnotationRecord,
    AnnotatorRecord,
    ArticleRecord,
    ChangeRecord,
    ClaimRecord,
    FragmentRecord,
    LinkRecord,
    NameRecord,
    ProjectRecord,
    Record,
    SpeakerRecord,
)
from annotations.models import (
    Claim,
    Speaker,
)
from annotations.queries.export_rows import PLAIN, Row, Values, batches
from annotations.queries.fates import fates
from reader.dates import machine
from reader.models import Project, Revision

NAMES = 1_000
"""Speakers or claims in memory at once."""

TEXTS = 20
"""Article texts in memory at once."""

CONTEXT = 32
"""Code points before and after each fragment, for those who find the words in another text."""

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
    for batch in batches(project):
        articles = _Articles(batch)
        changes = _changes([row for row in batch if row.revision_id in articles.earlier])
        for row in batch:
            # An article may have been erased since the batch was read.
            if row.revision_id in articles.records:
                yield _annotation(project, row, articles, changes.get(row.id))


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
    for row in rows.iterator(chunk_size=NAMES):
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
    for statement, broader, canonical in rows.iterator(chunk_size=NAMES):
        yield ClaimRecord(statement=statement, broader=broader or "", merged_into=canonical or "")


def _changes(rows: list[Row]) -> dict[str, ChangeRecord]:
    """What became of annotations, by their ids; none for those whose words stand as marked."""
    found = fates([UUID(row.id) for row in rows]) if rows else {}
    return {
        str(id_): ChangeRecord(fate.status, fate.since, fate.now, fate.decision)
        for id_, fate in found.items()
    }


class _Articles:
    """The articles that a batch is about, and what stands around its fragments. `earlier` are the
    revisions that are not their articles' newest."""

    def __init__(self, batch: list[Row]) -> None:
        wanted: dict[int, list[Values]] = {}
        for row in batch:
            wanted.setdefault(row.revision_id, []).extend(row.pieces)
        self.records: dict[int, ArticleRecord] = {}
        self.earlier: set[int] = set()
        self._around: dict[tuple[int, int, int], tuple[str, str]] = {}
        revisions = Revision.objects.filter(pk__in=wanted).values(
            "id", "text", "number", "sha256", "article__current_revision", *_ARTICLE
        )
        for found in revisions.iterator(chunk_size=TEXTS):
            revision, text = found["id"], found["text"]
            if revision != found["article__current_revision"]:
                self.earlier.add(revision)
            self.records[revision] = _article(found, found["number"], found["sha256"])
            for start, end, _ in wanted[revision]:
                before, behind = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
                self._around[revision, start, end] = (before, behind)

    def fragment(self, revision: int, start: int, end: int, exact: str) -> FragmentRecord:
        return FragmentRecord(exact, start, end, *self._around[revision, start, end])


def _annotation(
    project: Project, row: Row, articles: _Articles, change: ChangeRecord | None
) -> AnnotationRecord:
    names: dict[str, list[NameRecord]] = {}
    for role, name, type_, article in row.who:
        names.setdefault(role, []).append(NameRecord(name, type_, article is not None))
    revision = row.revision_id
    return AnnotationRecord(
        **dict(zip(PLAIN, row.plain, strict=True)),
        id=row.id,
        project=project.slug,
        article=articles.records[revision],
        fragments=tuple(articles.fragment(revision, *piece) for piece in row.pieces),
        flags=tuple(row.flags),
        speakers=tuple(names.get("speaker", ())),
        on_behalf_of=tuple(names.get("on_behalf_of", ())),
        relayed_by=tuple(names.get("relayed_by", ())),
        targets=tuple(names.get("target", ())),
        claims=tuple(LinkRecord(*link) for link in row.links),
        said_on=date.fromisoformat(row.said_on) if row.said_on else None,
        annotator=AnnotatorRecord(row.email or "", row.name or "") if row.annotator_id else None,
        created_at=datetime.fromisoformat(row.created_at),
        updated_at=datetime.fromisoformat(row.updated_at),
        change=change,
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
