"""A project as records for export, in batches: memory stays the same however many there are."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
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
    Annotation,
    Attribution,
    AttributionRole,
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

Around = dict[tuple[int, int, int], tuple[str, str]]
"""The words before and after each (revision, start, end)."""

_ARTICLE = {
    "article_url": F("article__url"),
    "article_title": F("article__title"),
    "article_file": F("article__file_name"),
    "article_publication": F("article__publication__name"),
    "article_published_on": F("article__published_on"),
    "article_precision": F("article__published_precision"),
}


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
    yield from _annotations(project)


def _speakers(project: Project) -> Iterator[SpeakerRecord]:
    rows = (
        Speaker.objects.filter(project=project)
        .annotate(
            merged_into=F("canonical__name"),
            revision=F("article__current_revision__number"),
            sha256=F("article__current_revision__sha256"),
            **_ARTICLE,
        )
        .order_by("name", "id")
        .values()
    )
    for row in rows.iterator(chunk_size=BATCH):
        yield SpeakerRecord(
            name=row["name"],
            type=row["type"],
            aliases=tuple(row["aliases"]),
            note=row["note"],
            article=_article(row) if row["article_id"] else None,
            merged_into=row["merged_into"] or "",
        )


def _claims(project: Project) -> Iterator[ClaimRecord]:
    rows = (
        Claim.objects.filter(project=project)
        .order_by("statement", "id")
        .values_list("statement", "broader__statement", "canonical__statement")
    )
    for statement, broader, canonical in rows.iterator(chunk_size=BATCH):
        yield ClaimRecord(statement=statement, broader=broader or "", merged_into=canonical or "")


def _annotations(project: Project) -> Iterator[AnnotationRecord]:
    """In batches that each go on after the last one, so that a slow reader holds nothing open."""
    rows = _rows(project)
    after = Q()
    while batch := list(rows.filter(after)[:BATCH]):
        around = _around(batch)
        for row in batch:
            yield _annotation(project, row, around)
        article, last = batch[-1]["article_id"], batch[-1]["id"]
        # The first condition is implied by the second; it lets Postgres start in the index.
        after = Q(article__gte=article) & (Q(article__gt=article) | Q(id__gt=last))


def _rows(project: Project) -> "QuerySet[Annotation, dict[str, Any]]":
    anchors = Anchor.objects.filter(annotation=OuterRef("pk"), made_by=AnchorMaker.PERSON)
    return (
        Annotation.objects.filter(project=project, deleted_at=None)
        .annotate(
            anchor=ArraySubquery(
                anchors.order_by("revision__number").values(
                    json=JSONObject(
                        id="revision_id", number="revision__number", sha256="revision__sha256"
                    )
                )
            ),
            pieces=ArraySubquery(
                Fragment.objects.filter(
                    anchor__annotation=OuterRef("pk"), anchor__made_by=AnchorMaker.PERSON
                )
                .order_by("position")
                .values(json=JSONObject(start="start", end="end", exact="exact"))
            ),
            who=ArraySubquery(
                Attribution.objects.filter(annotation=OuterRef("pk"))
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
                ClaimLink.objects.filter(annotation=OuterRef("pk"))
                .order_by("id")
                .values(
                    json=JSONObject(
                        claim="claim__statement", scope="scope", part="part", unsure="unsure"
                    )
                )
            ),
            annotator_email=F("annotator__email"),
            annotator_name=F("annotator__name"),
            **_ARTICLE,
        )
        .order_by("article_id", "id")
        .values()
    )


def _around(batch: list[dict[str, Any]]) -> Around:
    """What stands around the fragments, a few texts at a time."""
    wanted: dict[int, list[tuple[int, int]]] = {}
    for row in batch:
        for anchor in row["anchor"][:1]:
            wanted.setdefault(anchor["id"], []).extend(
                (piece["start"], piece["end"])
                for piece in row["pieces"]
                if piece["start"] is not None
            )
    texts = Revision.objects.filter(pk__in=wanted).values_list("pk", "text")
    return {
        (revision, start, end): (text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])
        for revision, text in texts.iterator(chunk_size=TEXTS)
        for start, end in wanted[revision]
    }


def _annotation(project: Project, row: dict[str, Any], around: Around) -> AnnotationRecord:
    names: dict[str, list[NameRecord]] = {role: [] for role in AttributionRole.values}
    for who in row["who"]:
        names[who["role"]].append(NameRecord(who["name"], who["type"], who["article"] is not None))
    (anchor,) = row["anchor"]
    return AnnotationRecord(
        id=str(row["id"]),
        project=project.slug,
        kind=row["kind"],
        article=_article(row | {"revision": anchor["number"], "sha256": anchor["sha256"]}),
        fragments=tuple(
            FragmentRecord(
                piece["exact"],
                piece["start"],
                piece["end"],
                *around.get((anchor["id"], piece["start"], piece["end"]), ("", "")),
            )
            for piece in row["pieces"]
        ),
        wording=row["wording"],
        cue=row["cue"],
        flags=tuple(row["flags"]),
        speakers=tuple(names[AttributionRole.SPEAKER]),
        on_behalf_of=tuple(names[AttributionRole.ON_BEHALF_OF]),
        relayed_by=tuple(names[AttributionRole.RELAYED_BY]),
        targets=tuple(names[AttributionRole.TARGET]),
        claims=tuple(LinkRecord(**link) for link in row["links"]),
        said_on=row["said_on"],
        note=row["note"],
        note_public=row["note_public"],
        annotator=AnnotatorRecord(row["annotator_email"], row["annotator_name"])
        if row["annotator_id"]
        else None,
        version=row["version"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        origin=row["origin"],
        origin_id=row["origin_id"],
    )


def _article(row: dict[str, Any]) -> ArticleRecord:
    return ArticleRecord(
        id=str(row["article_id"]),
        file_name=row["article_file"],
        url=row["article_url"],
        title=row["article_title"],
        publication=row["article_publication"] or "",
        published_on=machine(row["article_published_on"], row["article_precision"]),
        revision=row["revision"],
        text_sha256=row["sha256"] or "",
    )
