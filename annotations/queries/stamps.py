"""Has anything on a public page changed since a browser last asked? One query answers."""

from uuid import UUID

from django.db import connection

from reader.build import page_stamp

# Written out because it runs on every visit, and the ORM would take longer to compile it than
# Postgres to answer it. The counts come from an index alone (annotation_on_page).
_STAMP_SQL = """
SELECT p.id, p.version, a.version, marks.n, marks.versions
  FROM reader_project p
  JOIN reader_projectarticle pa ON pa.project_id = p.id
  JOIN reader_article a ON a.id = pa.article_id
 CROSS JOIN LATERAL (
       SELECT count(*) AS n, coalesce(sum(version), 0) AS versions
         FROM annotations_annotation
        WHERE project_id = p.id AND article_id = a.id) AS marks
 WHERE p.slug = %s AND p.visibility = 'public' AND pa.article_id = %s
"""


def public_page_stamp(slug: str, article_id: UUID) -> str | None:
    """An ETag for an article's page in a public project; None where there is no such page.

    Every annotation's version only grows, so count and sum change with any of them; what reaches
    beyond one article (links, speakers, settings, replies, withdrawals) raises the project's
    version, what belongs to the article raises the article's.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAMP_SQL, [slug, article_id])
        row = cursor.fetchone()
    return page_stamp(*row) if row else None
