"""Articles that match a search, newest first, from an index that is parted by years.

Two ways lead to a page of them. A frequent word stands in one of the newest few hundred articles
already: they are walked through, whatever is asked. A rare one is looked up in the index of words,
in one year after the other, until the page is full. Postgres, left to itself, chooses the wrong
way too often: it expects words to be spread evenly, and walks a million articles for a rare one.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple, Self
from uuid import UUID

from psycopg.sql import SQL, Composable, Identifier, Literal

from reader.search.limits import Asking
from reader.search.matching import EVER, Matching, Span
from reader.search.parts import conjunction
from reader.search.reach import DOCUMENT

WALKED = 16
"""How many articles are walked through for each that is wanted, …"""

MOST_WALKED = 5_000
"""… and at most."""

_LAST = UUID(int=2**128 - 1)


class Place(NamedTuple):
    """Where an article stands in the order of all: a page goes on behind one."""

    listed_at: datetime
    article: UUID

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """What `str` of a place gave; None for anything else."""
        moment, _, key = text.partition("~")
        try:
            at = datetime.fromisoformat(moment)
            return cls(at, UUID(key)) if at.tzinfo else None
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.listed_at.isoformat()}~{self.article}"


_WALK = SQL(
    """
SELECT d.listed_at, d.article_id, {matches}
  FROM (SELECT * FROM reader_searchdocument d WHERE {behind}
         ORDER BY listed_at DESC, article_id DESC LIMIT {limit}) AS d
 ORDER BY d.listed_at DESC, d.article_id DESC
"""
)

# The first OFFSET 0 keeps Postgres from walking through the year in order instead, the second from
# asking of everything that was looked up what may be dear to ask: the text is read in order, and no
# further than the page reaches.
_LOOK_UP = SQL(
    """
(SELECT d.listed_at, d.article_id
   FROM (SELECT *
           FROM (SELECT * FROM {table} d
                  WHERE {vector} @@ {needs}::tsquery AND {behind} OFFSET 0) AS found
          ORDER BY listed_at DESC, article_id DESC
         OFFSET 0) AS d
  WHERE {matches}
  LIMIT {limit})
"""
)

_FILTER = SQL(
    """
(SELECT d.listed_at, d.article_id
   FROM {table} d
  WHERE {behind} AND {matches}
  ORDER BY d.listed_at DESC, d.article_id DESC
  LIMIT {limit})
"""
)

_YEARS = SQL(
    """
SELECT c.relname
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
 WHERE i.inhparent = 'reader_searchdocument'::regclass
"""
)


class Covered(NamedTuple):
    """The newest matches; `is_all` if there are no others."""

    places: list[Place]
    is_all: bool


def newest(
    matching: Matching, asking: Asking, limit: int, after: Place | None = None
) -> list[Place]:
    """The newest matches behind `after`, at most `limit`.

    Raises:
        TooBroadError: they were not found in time.
    """
    found, end = _walked(matching, asking, limit, after)
    if len(found) < limit and end:
        # One statement for all years: Postgres searches each only when it has come so far.
        years = [
            _in_year(matching, table, end, limit - len(found))
            for table in _years(asking, matching.span.begin, end)
        ]
        every = SQL("SELECT * FROM ({}) AS found LIMIT {}").format(
            SQL(" UNION ALL ").join(years), Literal(limit - len(found))
        )
        found += [Place(*row) for row in asking.rows(every)]
    return found[:limit]


def covered(matching: Matching, asking: Asking, limit: int) -> Covered:
    """The newest matches, at most `limit`, or as many as are found in half of the time: to count or
    to sort them, fewer than that do as well.

    Raises:
        TooBroadError: not even those of one year were found in time.
    """
    found, end = _walked(matching, asking, limit + 1, None)
    if end:
        for table in _years(asking, matching.span.begin, end):
            if len(found) > limit:
                break
            if asking.is_half_over:
                return Covered(found[:limit], is_all=False)
            question = _in_year(matching, table, end, limit + 1 - len(found))
            found += [Place(*row) for row in asking.rows(question)]
    return Covered(found[:limit], is_all=len(found) <= limit)


def _walked(
    matching: Matching, asking: Asking, limit: int, after: Place | None
) -> tuple[list[Place], Place | None]:
    """Matches among the newest articles behind `after`, and how far these reach: None if they
    are all that there are."""
    if after is None or after.listed_at > matching.span.end:
        after = Place(matching.span.end, _LAST)
    to_walk = min(limit * WALKED, MOST_WALKED)
    rows = asking.rows(
        _WALK.format(
            matches=matching.matches,
            behind=_behind(after, matching.span),
            limit=Literal(to_walk),
        )
    )
    end = Place(*rows[-1][:2]) if len(rows) == to_walk else None
    return [Place(*row[:2]) for row in rows if row[2]], end


def _in_year(matching: Matching, table: str, after: Place, limit: int) -> Composable:
    """The question for the newest matches of one year behind a place, by the index of words if
    there are any."""
    given = {
        "table": Identifier(table),
        "behind": _behind(after, matching.span),
        "limit": Literal(limit),
    }
    if not matching.needs:
        return _FILTER.format(matches=matching.matches, **given)
    needs = Literal(matching.needs)
    return _LOOK_UP.format(vector=DOCUMENT, needs=needs, matches=matching.rest, **given)


def _years(asking: Asking, begin: datetime, first: Place) -> Sequence[str]:
    """The tables to search, the one with the newest articles first."""
    last = first.listed_at.astimezone(UTC).year
    by_year = {_year_of(row[0]): row[0] for row in asking.rows(_YEARS)}
    newest_first = sorted((year for year in by_year if year <= last), reverse=True)
    tables = []
    for year in newest_first:
        tables.append(by_year[year])
        if year <= begin.year:
            break
    return tables


def _year_of(table: str) -> int:
    """The first year that a table of documents holds."""
    name = table.rpartition("_")[2]
    return {"early": 0, "late": 2100}[name] if name.isalpha() else int(name)


def _behind(place: Place, span: Span) -> Composable:
    """The rows behind a place. Bounds that are no bounds are left out: Postgres counts from 4713 BC
    to the year 294276."""
    conditions = []
    if place.listed_at < EVER[1]:
        conditions.append(
            SQL("(d.listed_at, d.article_id) < ({}, {}::uuid)").format(
                Literal(place.listed_at), Literal(place.article)
            )
        )
    if span.begin > EVER[0]:
        conditions.append(SQL("d.listed_at >= {}").format(Literal(span.begin)))
    return conjunction(conditions)
