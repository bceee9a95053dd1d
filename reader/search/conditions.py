"""A search as one condition on the documents of articles, which holds for what may be seen too.

Documents are in several languages, and each was indexed in the stems of its own. So the tree is
put into conditions once for each language in use, in which a word may have another stem or be too
common to be indexed; where they differ, each holds for the documents of its language.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg.sql import SQL, Composable, Literal

from reader.search.lexemes import SIMPLE, Lexemes, all_lexemes, weighted
from reader.search.names import Names
from reader.search.parts import NOTHING, Part, conjunction, every, filtered, no, some, words
from reader.search.reach import DOCUMENT, Reach, pattern_of, title_contains
from reader.search.sight import Sight
from reader.search.tree import And, Dated, Field, Node, Not, Or, Phrase, Term, Word

_LONG = "'§long'"

_UNREAD = SQL(
    """coalesce(
    (SELECT s.read_at IS NULL FROM reader_readingstate s
      WHERE s.user_id = {user} AND s.article_id = d.article_id),
    d.first_seen_at >= {since})"""
)
_STARRED = SQL(
    """EXISTS (
    SELECT FROM reader_readingstate s
     WHERE s.user_id = {user} AND s.article_id = d.article_id AND s.starred_at IS NOT NULL)"""
)
_FROM_FEEDS = SQL(
    """EXISTS (
    SELECT FROM reader_feedentry e
     WHERE e.article_id = d.article_id AND e.feed_id = ANY({ids}::bigint[]))"""
)
_MARKED = (Field.KIND, Field.SPEAKER, Field.TARGET)


@dataclass(frozen=True)
class Meaning:
    """What a search means to the database: its words and names looked up, once."""

    root: Node | None
    lexemes: Lexemes
    names: Names
    sight: Sight

    @classmethod
    def of(cls, root: Node | None, sight: Sight) -> "Meaning":
        return cls(root, Lexemes.of(root), Names.of(root, sight), sight)

    def part(self, reach: Reach) -> Part | None:
        """The condition where words are looked for in `reach`; None where nothing is asked."""
        if self.root is None:
            return None
        by_part: list[tuple[Part, list[str]]] = []
        for language in self.lexemes.languages:
            part = _Language(self, reach, language).whole(self.root)
            same = next((languages for other, languages in by_part if other == part), None)
            if same is None:
                by_part.append((part, [language]))
            else:
                same.append(language)
        if len(by_part) == 1:
            return by_part[0][0]
        of_each = [
            every([_in_language(languages, part), part], reach.vector)
            for part, languages in by_part
        ]
        return some(of_each, reach.vector)


def _in_language(languages: Sequence[str], part: Part) -> Part:
    """The document was indexed in one of these languages."""
    query = " | ".join(f"'§{one}'" for one in languages)
    # Looked up for itself it would find half of everything.
    return words(query) if part.needs else Part(query=query)


@dataclass(frozen=True)
class _Language:
    """The conditions for documents of one language. With `is_literal`, words too common to be
    indexed are looked for in the text itself: no other are asked for."""

    meaning: Meaning
    reach: Reach
    language: str
    is_literal: bool = False

    def whole(self, root: Node) -> Part:
        part = self._part(root)
        if part is None:
            part = _Language(self.meaning, self.reach, self.language, True)._part(root)
        return part or NOTHING

    def _part(self, node: Node) -> Part | None:
        """A condition; None for words too common to be indexed, which are passed over."""
        match node:
            case Word(text):
                return self._word(text)
            case Phrase(text):
                return self._phrase(text)
            case Term():
                return self._term(node)
            case Dated():
                return filtered(_dated(node))
            case Not(of):
                part = self._part(of)
                return no(part, self.reach.vector) if part else None
            case And(nodes):
                return self._every(nodes)
            case Or(nodes):
                found = [part for part in map(self._part, nodes) if part]
                return some(found, self.reach.vector) if found else None

    def _every(self, nodes: Sequence[Node]) -> Part | None:
        """What is said of annotations together is said of one of them."""
        of_marks = [one for one in nodes if isinstance(one, Term) and one.field in _MARKED]
        others = [self._part(one) for one in nodes if one not in of_marks]
        parts = [part for part in others if part]
        if of_marks:
            parts.append(filtered(self.reach.marked(of_marks)))
        return every(parts, self.reach.vector) if parts else None

    def _word(self, text: str) -> Part | None:
        query = self.meaning.lexemes.query(self.language, text)
        if query:
            return words(self._weighted(query))
        return filtered(self._contains(text)) if self.is_literal else None

    def _phrase(self, text: str) -> Part:
        query = self.meaning.lexemes.query(self.language, text)
        return self._exact(query and self._weighted(query), self._contains(text))

    def _exact(self, query: str, contains: Composable) -> Part:
        """Words next to each other in the index, and in the text exactly as they were given."""
        if not query:
            return filtered(contains)
        needs = words(f"({query}) | ({all_lexemes(query)} & {_LONG})" if "<" in query else query)
        return every([needs, filtered(contains)], self.reach.vector)

    def _weighted(self, query: str) -> str:
        return weighted(query, self.reach.weight) if self.reach.weight else query

    def _contains(self, text: str) -> Composable:
        return self.reach.contains(pattern_of(self.meaning.lexemes.plain(text)))

    def _term(self, term: Term) -> Part:
        match term.field:
            case Field.TITLE | Field.BY:
                part = self._title(term) if term.field == Field.TITLE else self._byline(term)
                # Its words are those of the document, not those of another vector.
                return part if self.reach.vector == DOCUMENT else filtered(part.on(DOCUMENT))
            case Field.IN:
                return filtered(_among(SQL("d.publication_id"), self.meaning.names.ids(term)))
            case Field.FEED:
                return filtered(_FROM_FEEDS.format(ids=Literal([*self.meaning.names.ids(term)])))
            case Field.PROJECT:
                return filtered(self.reach.in_projects(self.meaning.names.ids(term)))
            case Field.IS:
                return filtered(self._state(term.value))
            case Field.KIND | Field.SPEAKER | Field.TARGET:
                return filtered(self.reach.marked([term]))

    def _title(self, term: Term) -> Part:
        query = weighted(self.meaning.lexemes.query(self.language, term.value), "A")
        if query and not term.exact:
            return words(query)
        plain = self.meaning.lexemes.plain(term.value)
        contains = filtered(title_contains(pattern_of(plain)))
        return every([words(query), contains], DOCUMENT) if query else contains

    def _byline(self, term: Term) -> Part:
        query = self.meaning.lexemes.query(SIMPLE, term.value)
        return words(weighted(query, "B")) if query else NOTHING

    def _state(self, state: str) -> Composable:
        user = self.meaning.sight.user
        if state == "undated":
            return SQL("d.dated_until IS NULL")
        if state == "annotated":
            return self.reach.marked([])
        if user is None:
            return SQL("false")
        if state == "starred":
            return _STARRED.format(user=Literal(user.pk))
        return _UNREAD.format(user=Literal(user.pk), since=Literal(user.unread_since))


def _among(column: Composable, ids: Sequence[int]) -> Composable:
    return SQL("{} = ANY({}::bigint[])").format(column, Literal(list(ids)))


def _dated(dated: Dated) -> Composable:
    """Published within the span, as exactly as the article says it: "2021" is not in March."""
    conditions: list[Composable] = [SQL("d.dated_until IS NOT NULL")]
    if dated.begin:
        conditions.append(SQL("d.listed_at >= {}").format(Literal(dated.begin)))
    if dated.end:
        conditions.append(SQL("d.listed_at <= {}").format(Literal(dated.end)))
        conditions.append(SQL("d.dated_until <= {}").format(Literal(dated.last)))
    return conjunction(conditions)
