"""What a search asks of the documents of articles, and what of them may be seen."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple, Self

from psycopg.sql import SQL, Composable, Literal

from reader.search.conditions import Meaning
from reader.search.parts import Part, conjunction, disjunction
from reader.search.query import Query
from reader.search.reach import DOCUMENT, Articles, Marks
from reader.search.sight import Sight
from reader.search.tree import Dated

EVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class Span(NamedTuple):
    """The moments between which all matches of a search are listed, as far as its dates say so."""

    begin: datetime
    end: datetime

    @classmethod
    def of(cls, query: Query) -> Self:
        begin, end = EVER
        for part in query.parts():
            if isinstance(part, Dated):
                begin = max(begin, part.begin) if part.begin else begin
                end = min(end, part.end) if part.end else end
        return cls(begin, end)


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
