"""Passages that articles have changed or lost, and that wait for somebody's decision."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, F, QuerySet

from annotations.models import Anchor, AnchorStatus, Decision
from reader.models import Project, User

PAGE = 30
MOST_COUNTED = 100


def undecided(projects: Sequence[Project]) -> QuerySet[Anchor]:
    """The anchors in question, in the newest texts of their articles."""
    return Anchor.objects.filter(
        annotation__project__in=projects,
        annotation__deleted_at=None,
        revision=F("annotation__article__current_revision"),
        status__in=[AnchorStatus.CHANGED, AnchorStatus.ORPHANED],
        decision=Decision.NONE,
    )


def undecided_count(project: Project) -> int:
    """How many wait, counted up to MOST_COUNTED."""
    return undecided([project])[:MOST_COUNTED].count()


def undecided_page(project: Project, after: int = 0) -> tuple[Sequence[Anchor], int]:
    """A page of them, oldest change first, and where the next one goes on (0: nowhere).

    Args:
        after: the last anchor of the page before; anchors are made in the order of changes.
    """
    anchors = undecided([project]).filter(pk__gt=after).select_related("revision", "annotation")
    anchors = anchors.defer("revision__text", "revision__markup", "revision__raw")
    found = list(anchors.order_by("pk")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else 0


def undecided_in(
    articles: Sequence[UUID], projects: Sequence[Project], user: User
) -> dict[UUID, list[tuple[Project, int]]]:
    """How many passages of each article wait, by project, in those that the person belongs to; one
    query."""
    by_id = {project.pk: project for project in projects}
    rows = (
        undecided(projects)
        .filter(annotation__article__in=articles, annotation__project__memberships__user=user)
        .values_list("annotation__article", "annotation__project")
        .annotate(number=Count("pk"))
        .order_by("annotation__project")
    )
    found: dict[UUID, list[tuple[Project, int]]] = defaultdict(list)
    for article_id, project_id, number in rows:
        found[article_id].append((by_id[project_id], number))
    return found
