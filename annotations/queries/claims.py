"""One claim: its passages in the order of their dates, and the texts around them."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from annotations.ledger import Part, answering, part_of
from annotations.models import (
    Anchor,
    AnchorMaker,
    Annotation,
    Attribution,
    AttributionRole,
    Claim,
    ClaimLink,
    Fragment,
)
from annotations.queries.passages import in_public
from annotations.timing import Dated, dated, order
from reader.models import Revision
from reader.text import Document


@dataclass(frozen=True, slots=True)
class Linked:
    """A passage of a claim, with no more than its place in a list and on a timeline takes.
    `answers` is for a denial that is not the accuser's own (`annotations.ledger.answering`)."""

    id: UUID
    part: Part
    publication: str
    when: Dated | None
    is_public: bool
    answers: bool


def linked(claim: Claim, *, public: bool) -> list[Linked]:
    """The passages that are linked to a claim, or to one that was merged into it, by their dates
    and then as they stand in their article, undated ones last: one query, two for those who see
    what is withdrawn.

    Args:
        public: leave out what is withdrawn from public view.
    """
    rows = _linked(claim)
    marked_at = Fragment.objects.filter(
        anchor__annotation=OuterRef("pk"), anchor__made_by=AnchorMaker.PERSON
    ).order_by("position")
    if public:
        rows = in_public(rows)
    given = list(
        rows.annotate(
            speakers=ArraySubquery(
                _named(AttributionRole.SPEAKER).values_list(
                    Coalesce("speaker__canonical", "speaker")
                )
            ),
            is_relayed=Exists(_named(AttributionRole.RELAYED_BY)),
            start=Subquery(marked_at.values("start")[:1]),
        ).values(
            "pk",
            "kind",
            "flags",
            "said_on",
            "article__published_on",
            "article__published_precision",
            "article__publication__name",
            "speakers",
            "is_relayed",
            "article",
            "start",
        )
    )
    given.sort(key=lambda row: (row["article"], row["start"] or 0, row["pk"]))
    shown = None if public else set(in_public(_linked(claim)).values_list("pk", flat=True))
    parts = [
        part_of(
            row["kind"],
            row["flags"],
            has_speakers=bool(row["speakers"]),
            is_relayed=row["is_relayed"],
        )
        for row in given
    ]
    answers = answering(
        (part, frozenset(row["speakers"])) for part, row in zip(parts, given, strict=True)
    )
    found = [
        Linked(
            id=row["pk"],
            part=part,
            publication=row["article__publication__name"] or "",
            when=dated(
                row["said_on"], row["article__published_on"], row["article__published_precision"]
            ),
            is_public=shown is None or row["pk"] in shown,
            answers=is_answer,
        )
        for row, part, is_answer in zip(given, parts, answers, strict=True)
    ]
    return sorted(found, key=lambda one: order(one.when))


def _linked(claim: Claim) -> QuerySet[Annotation]:
    links = ClaimLink.objects.filter(Q(claim=claim) | Q(claim__canonical=claim))
    return Annotation.objects.filter(
        project=claim.project_id, deleted_at=None, pk__in=links.values("annotation")
    )


def _named(role: AttributionRole) -> QuerySet[Attribution]:
    return Attribution.objects.filter(annotation=OuterRef("pk"), role=role)


def texts_of(annotations: Collection[UUID]) -> dict[UUID, Document]:
    """The texts that these annotations were marked in, in two queries; each text once."""
    revisions = dict(
        Anchor.objects.filter(annotation__in=annotations, made_by=AnchorMaker.PERSON).values_list(
            "annotation", "revision"
        )
    )
    rows = Revision.objects.only("text", "markup").in_bulk(set(revisions.values()))
    documents = {id_: revision.document for id_, revision in rows.items()}
    return {annotation: documents[revision] for annotation, revision in revisions.items()}
