"""Walks over articles, newest first: one page costs the same however deep, and however many
articles there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import connection

from reader.models import Project, Publication, User

FAR = 2000
"""Articles that are looked at for a page of unread ones, over all sources together: a page further
back is another click."""

COUNTED = 1000
"""Of the newest so many, unread ones are counted."""

COUNTED_IN_FEEDS = 3000
"""The same over all of a person's feeds together, an equal number in each."""

_AT_LEAST = 200

# Each source (the library, each project, each feed) gives its newest articles after the cursor by
# walking its own index; the newest of all of them are walked. So nothing is counted or skipped
# over. A story is shown once, with its lead; in projects and feeds, where they have the lead too.
#
# Whether they are unread is asked from the newest on, until there are enough.
_WALK = """
SELECT w.listed_at, w.article_id FROM (
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
               AND NOT EXISTS (
                    SELECT FROM reader_article a
                      JOIN reader_projectarticle lead
                        ON lead.article_id = a.lead_id AND lead.project_id = p.id
                     WHERE a.id = pa.article_id)
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
               AND (a.lead_id IS NULL OR (
                    SELECT other.id FROM reader_feedentry other
                     WHERE other.article_id = a.lead_id
                       AND other.feed_id = ANY(%(feeds)s::bigint[])
                     LIMIT 1) IS NULL)
               AND (%(moment)s::timestamptz IS NULL
                    OR (e.listed_at, e.article_id) < (%(moment)s, %(id)s::uuid))
             ORDER BY e.listed_at DESC, e.article_id DESC
             LIMIT %(limit)s) AS brought)
) AS sources
ORDER BY listed_at DESC, article_id DESC
LIMIT %(limit)s
) AS w
 WHERE %(reader)s::bigint IS NULL OR coalesce(
       (SELECT s.read_at IS NULL FROM reader_readingstate s
         WHERE s.user_id = %(reader)s AND s.article_id = w.article_id),
       (SELECT a.first_seen_at >= %(since)s::timestamptz FROM reader_article a
         WHERE a.id = w.article_id))
 ORDER BY w.listed_at DESC, w.article_id DESC
 LIMIT %(most)s
"""

_IN_FEEDS = """
SELECT f.id, count(*) FILTER (WHERE coalesce(
       (SELECT s.read_at IS NULL FROM reader_readingstate s
         WHERE s.user_id = %(reader)s AND s.article_id = newest.article_id),
       (SELECT a.first_seen_at >= %(since)s::timestamptz FROM reader_article a
         WHERE a.id = newest.article_id)))
  FROM unnest(%(feeds)s::bigint[]) AS f(id)
 CROSS JOIN LATERAL (
       SELECT DISTINCT e.listed_at, e.article_id
         FROM reader_feedentry e
        WHERE e.feed_id = f.id AND e.article_id IS NOT NULL
        ORDER BY e.listed_at DESC, e.article_id DESC
        LIMIT %(limit)s) AS newest
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

    def share(self, articles: int) -> int:
        """How far each source may be walked, so that all of them together pass so many."""
        return max(_AT_LEAST, articles // max(1, len(self.projects) + len(self.feeds)))


def walk(
    sources: Sources,
    *,
    after: Cursor | None,
    limit: int,
    reader: User | None = None,
    most: int | None = None,
) -> list[Cursor]:
    """The newest articles of the sources after the cursor, newest first, each once; one query.

    Args:
        limit: how many are passed.
        reader: leaves out what this person has read.
        most: enough of what is left; all of it without.
    """
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
                "most": most or limit,
            },
        )
        return [Cursor(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class FeedNumbers:
    """How many articles are unread, by feed, of the newest `looked_at` of each."""

    unread: dict[int, int]
    looked_at: int


def unread_in_feeds(reader: User, feeds: Sequence[int]) -> FeedNumbers:
    """How many articles are unread in each feed; one query."""
    if not feeds:
        return FeedNumbers({}, 0)
    limit = max(10, min(100, COUNTED_IN_FEEDS // len(feeds)))
    with connection.cursor() as cursor:
        cursor.execute(
            _IN_FEEDS,
            {
                "feeds": list(feeds),
                "limit": limit,
                "reader": reader.pk,
                "since": reader.unread_since,
            },
        )
        return FeedNumbers(dict(cursor.fetchall()), limit)
