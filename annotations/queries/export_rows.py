"""Annotations as an export reads them: many at a time, each with all that belongs to it.

A query for each table and batch, put together here: Postgres joins whole batches in half the time
that it takes to gather what belongs to each annotation for itself.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from annotations.models import Anchor, AnchorMaker, Attribution, ClaimLink, Fragment
from reader.models import Project

BATCH = 4_000
"""Annotations to a query: about 10 MB."""

PLAIN = ("kind", "wording", "cue", "note", "note_public", "version", "origin", "origin_id")

Values = tuple[Any, ...]


class Row(NamedTuple):
    """One annotation: `plain` holds PLAIN, `pieces` are (start, end, exact), `who` are (role,
    name, type, article), `links` are (statement, scope, part, unsure).

    Ids and times are text, because the driver takes several times as long to convert them.
    """

    id: str
    article_id: str
    anchor_id: int
    revision_id: int
    flags: list[str]
    said_on: str | None
    created_at: str
    updated_at: str
    annotator_id: int | None
    email: str | None
    name: str | None
    plain: Values
    pieces: list[Values]
    who: list[Values]
    links: list[Values]


class _Place(NamedTuple):
    """Where a batch ends, in the order of the export."""

    article: str
    annotation: str


def batches(project: Project) -> Iterator[list[Row]]:
    """The annotations that are not deleted, in order of article and id.

    Each batch goes on after the one before, so that a slow reader holds no transaction open.
    """
    after: _Place | None = None
    rows = _annotations(project, None)
    while rows:
        upto = _Place(rows[-1][1], rows[-1][0])
        pieces = _pieces(_range("anchor__annotation__", project, after, upto))
        within = _range("annotation__", project, after, upto)
        who, links = _who(within), _links(within)
        yield [
            Row._make(
                (
                    *row[:11],
                    row[11:],
                    pieces.get(row[2], []),
                    who.get(row[0], []),
                    links.get(row[0], []),
                )
            )
            for row in rows
        ]
        rows = _annotations(project, upto) if len(rows) == BATCH else []
        after = upto


def _annotations(project: Project, after: _Place | None) -> list[Values]:
    """By the places where they were marked: the fields of `Row` up to `name`, then PLAIN."""
    anchors = Anchor.objects.filter(
        _range("annotation__", project, after, None), made_by=AnchorMaker.PERSON
    )
    return list(
        anchors.order_by("annotation__article", "annotation").values_list(
            _text("annotation_id"),
            _text("annotation__article_id"),
            "id",
            "revision_id",
            "annotation__flags",
            _text("annotation__said_on"),
            _text("annotation__created_at"),
            _text("annotation__updated_at"),
            "annotation__annotator_id",
            "annotation__annotator__email",
            "annotation__annotator__name",
            *(f"annotation__{name}" for name in PLAIN),
        )[:BATCH]
    )


def _pieces(within: Q) -> dict[int, list[Values]]:
    """By anchor."""
    fragments = Fragment.objects.filter(within, anchor__made_by=AnchorMaker.PERSON)
    return _grouped(
        fragments.order_by("position").values_list("anchor_id", "start", "end", "exact")
    )


def _who(within: Q) -> dict[str, list[Values]]:
    """By annotation."""
    attributions = Attribution.objects.filter(within).order_by("position", "id")
    return _grouped(
        attributions.values_list(
            _text("annotation_id"), "role", "speaker__name", "speaker__type", "speaker__article_id"
        )
    )


def _links(within: Q) -> dict[str, list[Values]]:
    """By annotation."""
    links = ClaimLink.objects.filter(within).order_by("id")
    return _grouped(
        links.values_list(_text("annotation_id"), "claim__statement", "scope", "part", "unsure")
    )


def _grouped(rows: Any) -> dict[Any, list[Values]]:
    groups: dict[Any, list[Values]] = {}
    for key, *values in rows:
        groups.setdefault(key, []).append(tuple(values))
    return groups


def _range(prefix: str, project: Project, after: _Place | None, upto: _Place | None) -> Q:
    """The annotations behind one place and up to another; `prefix` leads to the annotation."""

    def is_(field: str, value: object) -> Q:
        return Q(**{f"{prefix}{field}": value})

    range_ = is_("project", project) & is_("deleted_at", None)
    # In each, the first condition follows from the second, and lets Postgres use an index.
    if after:
        range_ &= is_("article__gte", after.article) & (
            is_("article__gt", after.article) | is_("id__gt", after.annotation)
        )
    if upto:
        range_ &= is_("article__lte", upto.article) & (
            is_("article__lt", upto.article) | is_("id__lte", upto.annotation)
        )
    return range_


def _text(path: str) -> Cast:
    return Cast(path, TextField())
