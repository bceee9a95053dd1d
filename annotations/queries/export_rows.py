"""Annotations as an export reads them: many at a time, each with all that belongs to it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast, JSONObject

from annotations.models import Anchor, AnchorMaker, Attribution, ClaimLink, Fragment
from reader.models import Project

BATCH = 1_000
"""Annotations to a query."""

PLAIN = ("kind", "wording", "cue", "note", "note_public", "version", "origin", "origin_id")


class Row(NamedTuple):
    """One annotation: `belongings` are its `pieces`, `who` and `links`, `plain` holds PLAIN.

    Ids and times are text, because the driver takes several times as long to convert them.
    """

    id: str
    article_id: str
    revision_id: int
    flags: list[str]
    said_on: str | None
    created_at: str
    updated_at: str
    annotator_id: int | None
    email: str | None
    name: str | None
    belongings: dict[str, list[dict[str, Any]]]
    plain: tuple[Any, ...]


def batches(project: Project) -> Iterator[list[Row]]:
    """The annotations that are not deleted, in order of article and id.

    Each batch goes on after the one before, so that a slow reader holds no transaction open.
    """
    rows = _rows(project)
    after = Q()
    while batch := [Row._make((*row[:11], row[11:])) for row in rows.filter(after)[:BATCH]]:
        yield batch
        article, last = batch[-1].article_id, batch[-1].id
        # The first condition follows from the second, and lets Postgres start in the index.
        after = Q(annotation__article__gte=article) & (
            Q(annotation__article__gt=article) | Q(annotation__gt=last)
        )


def _rows(project: Project) -> "QuerySet[Anchor, tuple[Any, ...]]":
    """The annotations by the places where they were marked: the fields of `Row`, then `PLAIN`."""
    belongings = JSONObject(
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
    )
    rows: QuerySet[Anchor, tuple[Any, ...]] = (
        Anchor.objects.filter(
            annotation__project=project, annotation__deleted_at=None, made_by=AnchorMaker.PERSON
        )
        .order_by("annotation__article", "annotation")
        .values_list(
            _text("annotation_id"),
            _text("annotation__article_id"),
            "revision_id",
            "annotation__flags",
            _text("annotation__said_on"),
            _text("annotation__created_at"),
            _text("annotation__updated_at"),
            "annotation__annotator_id",
            "annotation__annotator__email",
            "annotation__annotator__name",
            belongings,
            *(f"annotation__{name}" for name in PLAIN),
        )
    )
    return rows


def _text(path: str) -> Cast:
    return Cast(path, TextField())
