"""The library: articles newest first, page by page, with counts by kind. Six queries a page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from annotations.models import Annotation
from annotations.queries.passages import countable_for
from reader.access import Visitor
from reader.models import Article, Project, ProjectArticle, Publication

PAGE = 30

# Each source (the library, each project) gives its newest articles after the cursor by walking its
# own index; the newest of all of them make the page. So a page costs the same at any depth, and
# nothing is counted or skipped over.
_PAGE_SQL = """
SELECT DISTINCT listed_at, article_id FROM (
    (SELECT a.listed_at, a.id AS article_id
       FROM reader_article a
      WHERE a.scope_id IS NULL AND a.lead_id IS NULL AND %(library)s
        AND (%(publication)s::bigint IS NULL OR a.publication_id = %(publication)s)
        AND (%(listed_at)s::timestamptz IS NULL
             OR (a.listed_at, a.id) < (%(listed_at)s, %(id)s::uuid))
      ORDER BY a.listed_at DESC, a.id DESC
      LIMIT %(limit)s)
    UNION ALL
    (SELECT own.listed_at, own.article_id
       FROM unnest(%(projects)s::bigint[]) AS p(id)
      CROSS JOIN LATERAL (
            SELECT pa.listed_at, pa.article_id
              FROM reader_projectarticle pa
             WHERE pa.project_id = p.id
               AND (%(publication)s::bigint IS NULL OR EXISTS (
                    SELECT FROM reader_article a
                     WHERE a.id = pa.article_id AND a.publication_id = %(publication)s))
               AND (%(listed_at)s::timestamptz IS NULL
                    OR (pa.listed_at, pa.article_id) < (%(listed_at)s, %(id)s::uuid))
             ORDER BY pa.listed_at DESC, pa.article_id DESC
             LIMIT %(limit)s) AS own)
) AS sources
ORDER BY listed_at DESC, article_id DESC
LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last article of the page before: where the next one goes on."""

    listed_at: datetime
    id: UUID

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """What `str` of a cursor gave; None for anything else."""
        moment, _, key = text.partition("~")
        try:
            return cls(datetime.fromisoformat(moment), UUID(key))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.listed_at.isoformat()}~{self.id}"


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in a list, the projects it is read in, and its annotations by kind."""

    article: Article
    projects: tuple[Project, ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class ListPage:
    entries: list[Listed]
    next: Cursor | None


def list_articles(
    visitor: Visitor,
    projects: Sequence[Project],
    *,
    library: bool,
    publication: Publication | None = None,
    after: Cursor | None = None,
) -> ListPage:
    """One page of the articles of these projects, and of the library if asked, newest first.

    Args:
        visitor: who looks; what is withdrawn counts for members only.
        projects: some that the visitor may open.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _PAGE_SQL,
            {
                "library": library,
                "projects": [project.pk for project in projects],
                "publication": publication.pk if publication else None,
                "listed_at": after.listed_at if after else None,
                "id": after.id if after else None,
                "limit": PAGE + 1,
            },
        )
        rows = cursor.fetchall()
    places = [Cursor(*row) for row in rows]
    ids = [place.id for place in places[:PAGE]]
    articles = Article.objects.select_related("publication", "current_revision")
    found = articles.defer("current_revision__text", "current_revision__markup").in_bulk(ids)
    where, counts = _read_in(ids, projects), _counts(visitor, ids, projects)
    return ListPage(
        entries=[Listed(found[id_], tuple(where[id_]), counts[id_]) for id_ in ids if id_ in found],
        next=places[PAGE - 1] if len(places) > PAGE else None,
    )


def _read_in(ids: Sequence[UUID], projects: Sequence[Project]) -> dict[UUID, list[Project]]:
    by_id = {project.pk: project for project in projects}
    found: dict[UUID, list[Project]] = defaultdict(list)
    rows = ProjectArticle.objects.filter(article__in=ids, project__in=list(by_id)).order_by("pk")
    for article_id, project_id in rows.values_list("article_id", "project_id"):
        found[article_id].append(by_id[project_id])
    return found


def _counts(
    visitor: Visitor, ids: Sequence[UUID], projects: Sequence[Project]
) -> dict[UUID, dict[str, int]]:
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    rows = (
        Annotation.objects.filter(
            countable_for(visitor), article__in=ids, project__in=projects, deleted_at=None
        )
        .values_list("article", "kind")
        .annotate(n=Count("pk"))
    )
    for article_id, kind, n in rows:
        found[article_id][kind] = n
    return found


def publications(projects: Sequence[Project], *, library: bool) -> QuerySet[Publication]:
    """Those with an article in these projects, or in the library if asked."""
    articles = Article.objects.filter(publication=OuterRef("pk"))
    visible = Q(Exists(articles.filter(project_articles__project__in=projects)))
    if library:
        # Asked first and apart: in one question with the projects, Postgres would join them all.
        visible = Q(Exists(articles.filter(scope=None))) | visible
    return Publication.objects.filter(visible)
