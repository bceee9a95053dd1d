"""Annotations with all that belongs to them, in one query however many there are."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, JSONObject

from annotations.models import (
    AnchorMaker,
    Annotation,
    Attribution,
    AttributionRole,
    ClaimLink,
    Fragment,
    Withdrawal,
)
from annotations.passage import Link, Named, Passage, Piece, Source
from reader.access import Visitor
from reader.models import Membership, Revision

_FIELDS = (
    "id",
    "kind",
    "wording",
    "cue",
    "flags",
    "note",
    "note_public",
    "said_on",
    "version",
    "created_at",
    "annotator_id",
)


def passages(annotations: QuerySet[Annotation], revision: Revision | None = None) -> list[Passage]:
    """The annotations as passages, in the order of the text within each article.

    Args:
        annotations: which ones; deleted ones are left out.
        revision: show their places in this revision. Without it, the words and places are those
            that were marked: the evidence.
    """
    anchor = Q(anchor__revision=revision) if revision else Q(anchor__made_by=AnchorMaker.PERSON)
    rows = (
        annotations.filter(deleted_at=None)
        .annotate(
            pieces=ArraySubquery(
                Fragment.objects.filter(anchor, anchor__annotation=OuterRef("pk"))
                .order_by("anchor__revision__number", "position")
                .values(json=JSONObject(start="start", end="end", exact="exact"))
            ),
            who=ArraySubquery(
                Attribution.objects.filter(annotation=OuterRef("pk"))
                .order_by("position", "id")
                .values(
                    json=JSONObject(
                        role="role",
                        id=Coalesce("speaker__canonical_id", "speaker_id"),
                        name=Coalesce("speaker__canonical__name", "speaker__name"),
                    )
                )
            ),
            links=ArraySubquery(
                ClaimLink.objects.filter(annotation=OuterRef("pk"))
                .order_by("id")
                .values(
                    json=JSONObject(
                        claim_id=Coalesce("claim__canonical_id", "claim_id"),
                        statement=Coalesce("claim__canonical__statement", "claim__statement"),
                        scope="scope",
                        part="part",
                        unsure="unsure",
                    )
                )
            ),
            annotator_name=F("annotator__name"),
            annotator_email=F("annotator__email"),
            title=F("article__title"),
            publication=F("article__publication__name"),
            url=F("article__url"),
            published_on=F("article__published_on"),
            published_precision=F("article__published_precision"),
        )
        .values(
            *_FIELDS,
            "pieces",
            "who",
            "links",
            "annotator_name",
            "annotator_email",
            "article_id",
            "title",
            "publication",
            "url",
            "published_on",
            "published_precision",
        )
    )
    found = [_passage(row) for row in rows]
    return sorted(found, key=lambda one: (one.source.id, one.start, one.created_at, one.id))


def in_public(annotations: QuerySet[Annotation]) -> QuerySet[Annotation]:
    """Without those that a curator has withdrawn from public view."""
    return annotations.filter(is_public())


def is_public() -> Q:
    """The condition on an annotation that nothing keeps it from public view: it is not withdrawn,
    nor is the page it stands on, nor the text it was marked in."""
    live = Withdrawal.objects.filter(lifted_at=None, project=OuterRef("project"))
    of_text = live.filter(
        revision__anchors__annotation=OuterRef("pk"),
        revision__anchors__made_by=AnchorMaker.PERSON,
    )
    of_page = live.filter(project_article__article=OuterRef("article"))
    of_itself = live.filter(annotation=OuterRef("pk"))
    return Q(~Exists(of_itself), ~Exists(of_page), ~Exists(of_text))


def countable_for(visitor: Visitor) -> Q:
    """The condition on an annotation that the visitor, who may open its project, sees it: members
    see the withdrawn ones too."""
    if not visitor.is_authenticated:
        return is_public()
    mine = Membership.objects.filter(user=visitor, project=OuterRef("project"))
    return Q(Exists(mine)) | is_public()


def _passage(row: dict[str, Any]) -> Passage:
    roles: dict[str, dict[int, Named]] = {role: {} for role in AttributionRole.values}
    for who in row["who"]:
        # Two names merged into one speaker are one speaker.
        roles[who["role"]].setdefault(who["id"], Named(who["id"], who["name"]))
    name = row["annotator_name"] or (row["annotator_email"] or "").partition("@")[0]
    return Passage(
        **{field: row[field] for field in _FIELDS if field != "flags"},
        flags=tuple(row["flags"]),
        annotator=name or "former member",
        pieces=tuple(Piece(**piece) for piece in row["pieces"]),
        speakers=tuple(roles[AttributionRole.SPEAKER].values()),
        on_behalf_of=tuple(roles[AttributionRole.ON_BEHALF_OF].values()),
        relayed_by=tuple(roles[AttributionRole.RELAYED_BY].values()),
        targets=tuple(roles[AttributionRole.TARGET].values()),
        links=tuple({link["claim_id"]: Link(**link) for link in row["links"]}.values()),
        source=Source(
            id=row["article_id"],
            title=row["title"],
            publication=row["publication"] or "",
            url=row["url"],
            published_on=row["published_on"],
            published_precision=row["published_precision"],
        ),
    )
