"""Search documents, and the prints of sentences: written by workers from the backlog, which the
database itself fills.

Any number of workers may do it at once: each takes articles that no other has taken. They wait for
each other only where a year or a language comes up for the first time.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.utils import OperationalError
from psycopg import errors, sql

from reader.services.printing import write_prints

BATCH = 500
"""Articles to a transaction."""

INDEXED_BYTES = 500_000
"""How much of a text is indexed, in bytes of UTF-8: of much more Postgres makes no tsvector."""

LEAST_BYTES = 50_000
"""The same for a text whose words are so many and so different that even that was too much."""

LONG_FROM = 30_000
"""Characters from which on a document is marked as long: Postgres counts places up to 16,383, and
256 of one word, so whether words stand next to each other there only the text itself says."""

EARLY, LATE = 1990, 2100
"""Years from the first up to the second have a partition each, the others have one together."""

# Whoever changes an article locks its row in the backlog until the change is there (migration
# 0007), and is passed over until then. Articles are locked first, since a wait for one of them,
# with its row in the backlog taken, would be a deadlock.
_TAKE = """
WITH taken AS (
    SELECT b.article_id
      FROM reader_searchbacklog b JOIN reader_article a ON a.id = b.article_id
     ORDER BY b.added_at
     LIMIT %s
       FOR UPDATE OF b SKIP LOCKED
       FOR KEY SHARE OF a SKIP LOCKED)
DELETE FROM reader_searchbacklog b USING taken t WHERE b.article_id = t.article_id
RETURNING b.article_id
"""

_NOTE_LANGUAGES = """
INSERT INTO reader_searchlanguage (name)
SELECT DISTINCT reader_language(language) FROM reader_article WHERE id = ANY(%(ids)s)
 ORDER BY 1
    ON CONFLICT DO NOTHING
"""

_WRITE = """
WITH written AS MATERIALIZED (
    SELECT a.*, reader_language(a.language) AS read_as,
           CASE WHEN octet_length(r.text) <= %(bytes)s THEN r.text
                ELSE left(r.text,
                          (%(bytes)s::float * char_length(r.text) / octet_length(r.text))::int)
                END AS body
      FROM reader_article a
      JOIN reader_revision r ON r.id = a.current_revision_id
     WHERE a.id = ANY(%(ids)s))
INSERT INTO reader_searchdocument (
       article_id, listed_at, in_library, publication_id, dated_until, first_seen_at, tsv)
SELECT id, listed_at, scope_id IS NULL AND lead_id IS NULL, publication_id,
       CASE published_precision
            WHEN 'day' THEN published_on
            WHEN 'month' THEN (published_on + interval '1 month' - interval '1 day')::date
            WHEN 'year' THEN (published_on + interval '1 year' - interval '1 day')::date
            END,
       first_seen_at,
       setweight(to_tsvector(('reader_' || read_as)::regconfig, reader_spaced(title)), 'A')
       || setweight(to_tsvector('reader_simple', reader_spaced(byline)), 'B')
       || to_tsvector(('reader_' || read_as)::regconfig, reader_spaced(body))
       || array_to_tsvector(ARRAY['§' || read_as])
       || CASE WHEN length(body) < %(long_from)s THEN ''::tsvector
               ELSE array_to_tsvector(ARRAY['§long']) END
  FROM written
"""

_PARTITIONS = """
SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
 WHERE i.inhparent = 'reader_searchdocument'::regclass
"""


def index_some(limit: int = BATCH) -> int:
    """Index the articles that have waited longest, at most `limit` of them, in one transaction.

    Returns how many: 0 when nothing waits, or when all that waits is being changed at the moment.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE, [limit])
        ids = [row[0] for row in cursor.fetchall()]
        if ids:
            _write(ids)
            write_prints(ids)
    return len(ids)


def index_all() -> int:
    """Index until nothing waits any more; returns how many articles."""
    total = 0
    while done := index_some():
        total += done
    return total


def put_all_into_backlog() -> int:
    """Have every article indexed anew; returns how many were not waiting already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reader_searchbacklog (article_id, added_at) "
            "SELECT id, now() FROM reader_article ON CONFLICT DO NOTHING"
        )
        return cursor.rowcount


def _write(ids: Sequence[UUID]) -> None:
    """Write the documents of these articles anew."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reader_searchdocument WHERE article_id = ANY(%s)", [list(ids)])
        cursor.execute("SELECT listed_at FROM reader_article WHERE id = ANY(%s)", [list(ids)])
        _add_years({_year(row[0]) for row in cursor.fetchall()})
        cursor.execute(_NOTE_LANGUAGES, {"ids": list(ids)})
    try:
        _insert(ids, INDEXED_BYTES)
    except OperationalError as error:
        if not isinstance(error.__cause__, errors.ProgramLimitExceeded):
            raise
        for one in ids:
            _insert_alone(one)


def _insert(ids: Sequence[UUID], most_bytes: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_WRITE, {"ids": list(ids), "bytes": most_bytes, "long_from": LONG_FROM})


def _insert_alone(id_: UUID) -> None:
    try:
        _insert([id_], INDEXED_BYTES)
    except OperationalError as error:
        if not isinstance(error.__cause__, errors.ProgramLimitExceeded):
            raise
        _insert([id_], LEAST_BYTES)


def _year(moment: datetime) -> int | None:
    """The year whose partition a document of this moment (in UTC) belongs to; None for those
    without one of their own."""
    return moment.year if EARLY <= moment.year < LATE else None


def _add_years(years: set[int | None]) -> None:
    """Make the partitions of years from which nothing has come yet. Searches go on meanwhile."""
    wanted = {f"reader_searchdocument_{year}": year for year in years if year is not None}
    with connection.cursor() as cursor:
        cursor.execute(_PARTITIONS)
        if wanted.keys() <= {row[0] for row in cursor.fetchall()}:
            return
        cursor.execute("LOCK TABLE reader_searchdocument IN SHARE UPDATE EXCLUSIVE MODE")
        cursor.execute(_PARTITIONS)
        for name in sorted(wanted.keys() - {row[0] for row in cursor.fetchall()}):
            _add_year(name, wanted[name])


def _add_year(name: str, year: int) -> None:
    # Made apart and then attached: to make it as a partition would lock out who searches.
    table = sql.Identifier(name)
    begin, end = (sql.Literal(f"{number}-01-01 00:00+00") for number in (year, year + 1))
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TABLE {} (LIKE reader_searchdocument INCLUDING ALL)").format(table)
        )
        cursor.execute(
            sql.SQL(
                "ALTER TABLE reader_searchdocument ATTACH PARTITION {} FOR VALUES FROM ({}) TO ({})"
            ).format(table, begin, end)
        )
