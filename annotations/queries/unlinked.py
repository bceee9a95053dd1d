"""Allegations and denials of a project that are linked to no claim."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from annotations.models import Annotation, ClaimLink, Flag, Kind
from annotations.passage import Passage
from annotations.queries.passages import passages
from reader.models import Project

PAGE = 30
MOST_COUNTED = 100


def unlinked(project: Project) -> QuerySet[Annotation]:
    """Those that somebody may still link; mentions refer to an allegation without making one."""
    links = ClaimLink.objects.filter(annotation=OuterRef("pk"))
    return Annotation.objects.filter(
        ~Exists(links),
        project=project,
        deleted_at=None,
        kind__in=[Kind.ALLEGATION, Kind.DENIAL],
    ).exclude(flags__contains=[Flag.MENTION])


def unlinked_count(project: Project) -> int:
    """How many there are, counted up to MOST_COUNTED."""
    return unlinked(project).order_by("-pk")[:MOST_COUNTED].count()


def unlinked_page(project: Project, before: UUID | None = None) -> tuple[Sequence[Passage], bool]:
    """A page of them, the newest mark first, and whether more follow; two queries, three where an
    article has changed.

    Args:
        before: the last one of the page before.
    """
    asked = unlinked(project)
    if before:
        asked = asked.filter(pk__lt=before)
    ids = list(asked.order_by("-pk").values_list("pk", flat=True)[: PAGE + 1])
    found = {one.id: one for one in passages(Annotation.objects.filter(pk__in=ids[:PAGE]))}
    return [found[id_] for id_ in ids[:PAGE] if id_ in found], len(ids) > PAGE
