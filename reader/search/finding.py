"""Articles that match a search, newest first, from an index that is parted by years.

Two ways lead to a page of them. A frequent word stands in one of the newest few hundred articles
already: they are walked through, whatever is asked. A rare one is looked up in the index of words,
in one year after the other, until the page is full. Postgres, left to itself, chooses the wrong
way too often: it expects words to be spread evenly, and walks a million articles for a rare one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple, Self
from uuid import UUID

from psycopg.sql import SQL, Composable, Identifier, Literal

from reader.search.conditions import Meaning
from reader.search.limits import Asking
from reader.search.parts import Part, conjunction, disjunction
from reader.search.query import Query
from reader.search.reach import DOCUMENT, Articles, Marks
from reader.search.sight import Sight
from reader.search.tree import Dated

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


class Span(NamedTuple):
    """The moments between which all matches of a search are listed, as far as its dates say so."""

    begin: datetime
    end: datetime

    @classmethod
    def of(cls, query: Query) -> Self:
        begin, end = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
        for part in query.parts():
            if isinstance(part, Dated):
                begin = max(begin, part.begin) if part.begin else begin
                end = min(end, part.end) if part.end else end
        return cls(begin, end)


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


@dataclass(frozen=True)
class Matching:
    """The condition that a search is on documents (`d`), with what may be seen.

    `needs` is a tsquery to look up, empty if there is none; `rest` is what must be asked of what
    was looked up, `matches` what must be asked otherwise. `sees_text` says whose whole text may be
    shown. No match lies outside of `span`.
    """

    matches: Composable
    rest: Composable
    needs: str
    sees_text: Composable
    span: Span
    meaning: Meaning

    @classmethod
    def of(cls, query: Query, sight: Sight, marks: Marks) -> Self:
        """Look up words and names, and put the search into SQL: one query, and one more for each
        of `in:`, `feed:` and `project:`."""
        meaning = Meaning.of(query.root, sight)
        span = Span.of(query)
        sees_text, sees_title = _sees_text(sight, marks), _sees_title(sight)
        whole = meaning.part(Articles(marks))
        by_text = _both(sees_text, whole)
        if sees_title is None:
            rest = sees_text if whole and whole.query and whole.needs else by_text
            return cls(by_text, rest, whole.needs if whole else "", sees_text, span, meaning)
        title = meaning.part(Articles(marks, titles=True))
        matches = disjunction([by_text, _both(sees_title, title)])
        # What a title must have, the whole has too.
        return cls(matches, matches, whole.needs if whole else "", sees_text, span, meaning)


def newest(
    matching: Matching, asking: Asking, limit: int, after: Place | None = None
) -> list[Place]:
    """The newest matches behind `after`, at most `limit`.

    Raises:
        TooBroadError: they were not found in time.
    """
    span = matching.span
    if after is None or after.listed_at > span.end:
        after = Place(span.end, _LAST)
    to_walk = min(limit * WALKED, MOST_WALKED)
    walk = _WALK.format(
        matches=matching.matches, behind=_behind(after, span), limit=Literal(to_walk)
    )
    walked = asking.rows(walk)
    found = [Place(*row[:2]) for row in walked if row[2]]
    if len(found) < limit and len(walked) == to_walk:
        found += _looked_up(matching, asking, Place(*walked[-1][:2]), limit - len(found))
    return found[:limit]


def _looked_up(matching: Matching, asking: Asking, after: Place, limit: int) -> list[Place]:
    """The newest matches behind a place, by the index of words if there are any.

    One statement for all years: Postgres searches each only when it has come so far.
    """
    years = []
    for table in _years(asking, matching.span.begin, after):
        common = {
            "table": Identifier(table),
            "behind": _behind(after, matching.span),
            "limit": Literal(limit),
        }
        if matching.needs:
            years.append(
                _LOOK_UP.format(
                    vector=DOCUMENT, needs=Literal(matching.needs), matches=matching.rest, **common
                )
            )
        else:
            years.append(_FILTER.format(matches=matching.matches, **common))
    each = SQL(" UNION ALL ").join(years)
    return [Place(*row) for row in asking.rows(SQL("{} LIMIT {}").format(each, Literal(limit)))]


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
    if place.listed_at < datetime.max.replace(tzinfo=UTC):
        conditions.append(
            SQL("(d.listed_at, d.article_id) < ({}, {}::uuid)").format(
                Literal(place.listed_at), Literal(place.article)
            )
        )
    if span.begin > datetime.min.replace(tzinfo=UTC):
        conditions.append(SQL("d.listed_at >= {}").format(Literal(span.begin)))
    return conjunction(conditions)


def _both(sees: Composable, part: Part | None) -> Composable:
    return conjunction([sees, part.on(DOCUMENT)]) if part else sees


_PLACED = SQL(
    """EXISTS (
    SELECT FROM reader_projectarticle pa
     WHERE pa.article_id = d.article_id AND pa.project_id = ANY({projects}::bigint[]))"""
)
_PLACED_OPENLY = SQL(
    """EXISTS (
    SELECT FROM reader_projectarticle pa
     WHERE pa.article_id = d.article_id AND pa.project_id = ANY({projects}::bigint[])
       AND NOT {withdrawn})"""
)


def _sees_text(sight: Sight, marks: Marks) -> Composable:
    """The whole text may be seen."""
    ways: list[Composable] = [SQL("d.in_library")] if sight.library else []
    if sight.member:
        ways.append(_PLACED.format(projects=Literal(list(sight.member))))
    if sight.whole:
        ways.append(
            _PLACED_OPENLY.format(projects=Literal(list(sight.whole)), withdrawn=marks.withdrawn())
        )
    return disjunction(ways)


def _sees_title(sight: Sight) -> Composable | None:
    """The title may be seen, as in the lists of public projects; None where there is no such
    project. Of what is withdrawn, too: those lists go on naming it."""
    projects = sight.whole + sight.passages
    return _PLACED.format(projects=Literal(list(projects))) if projects else None
