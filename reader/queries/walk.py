"""Walks over articles, newest first: one page costs the same however deep, and however many
articles there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Self
from uuid import UUID

from django.db import connection

from reader.models import Project, Publication, User

FAR = 2000
"""Articles that are looked at for a page of unread ones: a page further back is another click."""

COUNTED = 1000
"""Of the newest so many, unread ones are counted."""

COUNTED_IN_FEED = 200
"""The same in each of a person's feeds, which may be many."""

# Each source (the library, each project, each feed) gives its newest articles after the cursor by
# walking its own index; the newest of all of them are walked. So nothing is counted or skipped
# over. A story is shown once, with its lead; in feeds, where they have the lead too.
#
# Without a reader Postgres folds `is_unread` to true, and reads no article for it.
_WALK = """
SELECT w.listed_at, w.article_id,
       CASE WHEN %(reader)s::bigint IS NULL THEN true ELSE (
            SELECT CASE WHEN s.id IS NULL THEN a.first_seen_at >= %(since)s::timestamptz
                        ELSE s.read_at IS NULL END
              FROM reader_article a
              LEFT JOIN reader_readingstate s
                ON s.article_id = a.id AND s.user_id = %(reader)s
             WHERE a.id = w.article_id) END AS is_unread
  FROM (
SELECT DISTINCT listed_at, article_id FROM (
    (SELECT a.listed_at, a.id AS article_id
       FROM reader_article a
      WHERE a.scope_id IS NULL AND a.lead_id IS NULL AND %(library)s
        AND (%(publication)s::bigint IS NULL OR a.publication_id = %(publication)s)
        AND (%(moment)s::timestamptz IS NULL
             OR (a.listed_at, a.id) < (%(moment)s, %(id)s::uuid))
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
               AND (%(moment)s::timestamptz IS NULL
                    OR (pa.listed_at, pa.article_id) < (%(moment)s, %(id)s::uuid))
             ORDER BY pa.listed_at DESC, pa.article_id DESC
             LIMIT %(limit)s) AS own)
    UNION ALL
    (SELECT brought.listed_at, brought.article_id
       FROM unnest(%(feeds)s::bigint[]) AS f(id)
      CROSS JOIN LATERAL (
            SELECT DISTINCT e.listed_at, e.article_id
              FROM reader_feedentry e
              JOIN reader_article a ON a.id = e.article_id AND a.scope_id IS NULL
             WHERE e.feed_id = f.id
               AND (%(publication)s::bigint IS NULL OR a.publication_id = %(publication)s)
               AND (a.lead_id IS NULL OR NOT EXISTS (
                    SELECT FROM reader_feedentry other
                     WHERE other.article_id = a.lead_id
                       AND other.feed_id = ANY(%(feeds)s::bigint[])))
               AND (%(moment)s::timestamptz IS NULL
                    OR (e.listed_at, e.article_id) < (%(moment)s, %(id)s::uuid))
             ORDER BY e.listed_at DESC, e.article_id DESC
             LIMIT %(limit)s) AS brought)
) AS sources
ORDER BY listed_at DESC, article_id DESC
LIMIT %(limit)s
) AS w
ORDER BY w.listed_at DESC, w.article_id DESC
"""

_IN_FEEDS = """
SELECT f.id, count(*) FILTER (WHERE CASE WHEN s.id IS NULL THEN a.first_seen_at >= %(since)s
                                         ELSE s.read_at IS NULL END)
  FROM unnest(%(feeds)s::bigint[]) AS f(id)
 CROSS JOIN LATERAL (
       SELECT DISTINCT e.listed_at, e.article_id
         FROM reader_feedentry e
        WHERE e.feed_id = f.id AND e.article_id IS NOT NULL
        ORDER BY e.listed_at DESC, e.article_id DESC
        LIMIT %(limit)s) AS newest
  JOIN reader_article a ON a.id = newest.article_id
  LEFT JOIN reader_readingstate s ON s.article_id = a.id AND s.user_id = %(reader)s
 GROUP BY f.id
"""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last article of the page before: where the next one goes on.

    `moment` is what the list is ordered by: `listed_at`, or when it was starred.
    """

    moment: datetime
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
        return f"{self.moment.isoformat()}~{self.id}"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a list takes its articles from; `publication` narrows all of them."""

    projects: Sequence[Project] = ()
    library: bool = False
    feeds: Sequence[int] = ()
    publication: Publication | None = None


class Walked(NamedTuple):
    """An article that was passed; unread by the reader of the walk, or true without one."""

    listed_at: datetime
    id: UUID
    is_unread: bool

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.listed_at, self.id)


def walk(
    sources: Sources, *, after: Cursor | None, limit: int, reader: User | None = None
) -> list[Walked]:
    """The newest articles of the sources after the cursor, newest first, each once; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            _WALK,
            {
                "library": sources.library,
                "projects": [project.pk for project in sources.projects],
                "feeds": list(sources.feeds),
                "publication": sources.publication.pk if sources.publication else None,
                "moment": after.moment if after else None,
                "id": after.id if after else None,
                "limit": limit,
                "reader": reader.pk if reader else None,
                "since": reader.unread_since if reader else None,
            },
        )
        return [Walked(*row) for row in cursor.fetchall()]


def unread_in_feeds(reader: User, feeds: Sequence[int]) -> dict[int, int]:
    """How many of the newest COUNTED_IN_FEED articles of each feed are unread; one query."""
    if not feeds:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            _IN_FEEDS,
            {
                "feeds": list(feeds),
                "limit": COUNTED_IN_FEED,
                "reader": reader.pk,
                "since": reader.unread_since,
            },
        )
        return dict(cursor.fetchall())
