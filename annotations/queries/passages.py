"""Annotations with all that belongs to them, in one query however many there are."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Exists, JSONField, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from annotations.models import (
    AnchorMaker,
    Annotation,
    AttributionRole,
    Withdrawal,
)
from annotations.passage import Link, Named, Passage, Piece, Source
from annotations.queries.fates import fates
from annotations.queries.shown_sql import shown_since
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
_AROUND = (
    "annotator__name",
    "annotator__email",
    "article_id",
    "article__title",
    "article__publication__name",
    "article__url",
    "article__published_on",
    "article__published_precision",
    "article__current_revision__number",
)


# What belongs to an annotation, as JSON. Written out rather than built: the ORM would take longer
# to compile these three than Postgres to run them, on every page.
_PIECES_SQL = """ARRAY(
    SELECT jsonb_build_array(f.start, f."end", f.exact)
      FROM annotations_fragment f JOIN annotations_anchor n ON n.id = f.anchor_id
     WHERE n.annotation_id = annotations_annotation.id AND {anchor}
     ORDER BY f.position)"""
_IN_REVISION = "n.revision_id = %s"
_AS_MARKED = "n.made_by = %s"
_WHO_SQL = """ARRAY(
    SELECT jsonb_build_array(t.role, coalesce(c.id, s.id), coalesce(c.name, s.name))
      FROM annotations_attribution t
      JOIN annotations_speaker s ON s.id = t.speaker_id
      LEFT JOIN annotations_speaker c ON c.id = s.canonical_id
     WHERE t.annotation_id = annotations_annotation.id
     ORDER BY t.position, t.id)"""
_LINKS_SQL = """ARRAY(
    SELECT jsonb_build_array(coalesce(c.id, m.id), coalesce(c.statement, m.statement),
                            l.scope, l.part, l.unsure)
      FROM annotations_claimlink l
      JOIN annotations_claim m ON m.id = l.claim_id
      LEFT JOIN annotations_claim c ON c.id = m.canonical_id
     WHERE l.annotation_id = annotations_annotation.id
     ORDER BY m.canonical_id IS NULL, l.id)"""

# Every change of what belongs to an annotation changes its row, too (`marking.touch`).
_CHANGED_SQL = """EXISTS (
    SELECT FROM annotations_annotationevent e
     WHERE e.pgh_obj_id = annotations_annotation.id AND e.pgh_created_at > {shown_since})"""
_CHANGED_IN_PUBLIC = RawSQL(  # noqa: S611  # a constant
    _CHANGED_SQL.format(shown_since=shown_since("annotations_annotation")),
    (),
    output_field=BooleanField(),
)


def passages(
    annotations: QuerySet[Annotation],
    revision: Revision | None = None,
    *,
    for_readers: bool = False,
) -> list[Passage]:
    """The annotations as passages, in the order of the text within each article.

    Args:
        annotations: which ones; deleted ones are left out.
        revision: show their places in this revision; words that were not placed there stand
            without one. Without it, words and places are those that were marked: the evidence.
        for_readers: say of each whether it was changed since readers could see it.
    """
    anchor, which = (_IN_REVISION, revision.pk) if revision else (_AS_MARKED, AnchorMaker.PERSON)
    rows = annotations.filter(deleted_at=None).annotate(
        pieces=_json_array(_PIECES_SQL.format(anchor=anchor), which),
        who=_json_array(_WHO_SQL),
        links=_json_array(_LINKS_SQL),
        changed_in_public=_CHANGED_IN_PUBLIC if for_readers else Value(value=False),
    )
    read = list(rows.values(*_FIELDS, "pieces", "who", "links", "changed_in_public", *_AROUND))
    found = [_passage(row) for row in read]
    revised = [row["id"] for row in read if (row["article__current_revision__number"] or 1) > 1]
    if revised:
        found = _with_fates(found, revised, revision)
    return sorted(found, key=lambda one: (one.source.id, one.start, one.created_at, one.id))


def _with_fates(
    found: list[Passage], revised: Sequence[UUID], revision: Revision | None
) -> list[Passage]:
    """The passages, those of changed articles with what became of them; in `revision`, also with
    the words that were marked, where others stand there or none have been placed yet."""
    became = fates(revised, revision.number if revision else None)
    if revision is None:
        return [replace(one, fate=became.get(one.id)) for one in found]
    told = {one.id for one in found if one.id in became or not one.pieces}
    marked = _marked(told) if told else {}
    return [
        replace(
            one,
            fate=became.get(one.id),
            marked=" […] ".join(piece.exact for piece in marked[one.id]),
            pieces=one.pieces or tuple(Piece(None, None, piece.exact) for piece in marked[one.id]),
        )
        if one.id in told
        else one
        for one in found
    ]


def _marked(ids: Collection[UUID]) -> dict[UUID, list[Piece]]:
    """The pieces that people marked."""
    rows = Annotation.objects.filter(pk__in=ids).annotate(
        pieces=_json_array(_PIECES_SQL.format(anchor=_AS_MARKED), AnchorMaker.PERSON)
    )
    return {
        id_: [Piece(*one) for one in pieces] for id_, pieces in rows.values_list("id", "pieces")
    }


def _json_array(sql: str, *params: object) -> RawSQL:
    return RawSQL(sql, params, output_field=ArrayField(JSONField()))  # noqa: S611  # constants


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
    for role, speaker, name in row["who"]:
        # Two names merged into one speaker are one speaker.
        roles[role].setdefault(speaker, Named(speaker, name))
    annotator = row["annotator__name"] or (row["annotator__email"] or "").partition("@")[0]
    return Passage(
        **{field: row[field] for field in _FIELDS if field != "flags"},
        flags=tuple(row["flags"]),
        annotator=annotator or "former member",
        changed_in_public=bool(row["changed_in_public"]),
        pieces=tuple(Piece(*piece) for piece in row["pieces"]),
        speakers=tuple(roles[AttributionRole.SPEAKER].values()),
        on_behalf_of=tuple(roles[AttributionRole.ON_BEHALF_OF].values()),
        relayed_by=tuple(roles[AttributionRole.RELAYED_BY].values()),
        targets=tuple(roles[AttributionRole.TARGET].values()),
        # Of several links to what is one claim now, the last stays: that to the claim which the
        # others were merged into, whose statement is shown, if there is one.
        links=tuple({link[0]: Link(*link) for link in row["links"]}.values()),
        source=Source(
            id=row["article_id"],
            title=row["article__title"],
            publication=row["article__publication__name"] or "",
            url=row["article__url"],
            published_on=row["article__published_on"],
            published_precision=row["article__published_precision"],
        ),
    )
