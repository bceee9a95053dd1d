"""The words of a search as Postgres knows them: their stems, in each language in use."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from django.db import connection

from reader.search.scripts import spaced
from reader.search.tree import Dated, Field, Node, Phrase, Term, Word, leaves

SIMPLE = "simple"
"""Without stems: bylines are indexed so in every language."""

_LEXEME = re.compile(r"'((?:[^']|'')*)'")

# phraseto_tsquery takes whatever it is given for words; a language without an article is not asked.
_LOOK_UP = """
SELECT l.name, t.text, phraseto_tsquery(('reader_' || l.name)::regconfig, t.spaced)::text,
       reader_plain(t.text)
  FROM (SELECT name FROM reader_searchlanguage UNION SELECT 'simple') AS l
 CROSS JOIN unnest(%s::text[], %s::text[]) AS t(text, spaced)
 ORDER BY l.name
"""


@dataclass(frozen=True, slots=True)
class Lexemes:
    """For each language in use, what its words in the search are in the index.

    Queries are in the text form of Postgres's tsquery: lexemes in single quotes, one behind the
    other with their distances (`'prime' <-> 'minister'`), empty where all are too common to be
    indexed.
    """

    languages: tuple[str, ...]
    _queries: dict[tuple[str, str], str] = field(default_factory=dict)
    _plain: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Node | None) -> Self:
        """Look up all words of a search: one query."""
        texts = list(dict.fromkeys(_texts(root)))
        with connection.cursor() as cursor:
            cursor.execute(_LOOK_UP, [texts or [""], [spaced(text) for text in texts] or [""]])
            rows = cursor.fetchall()
        return cls(
            tuple(dict.fromkeys(row[0] for row in rows)),
            {(language, text): query for language, text, query, _ in rows},
            {text: plain for _, text, _, plain in rows},
        )

    def query(self, language: str, text: str) -> str:
        """The tsquery for the words next to each other."""
        return self._queries[language, text]

    def plain(self, text: str) -> str:
        """The text as exact phrases are compared."""
        return self._plain[text]

    def stems(self, language: str, text: str) -> set[str]:
        """The lexemes of a text in one language; none for words too common to be indexed."""
        used = language if language in self.languages else SIMPLE
        found = _LEXEME.findall(self._queries[used, text])
        return {lexeme.replace("''", "'") for lexeme in found}


def all_lexemes(query: str) -> str:
    """The tsquery for the lexemes of another, wherever they stand."""
    return " & ".join(f"'{lexeme}'" for lexeme in _LEXEME.findall(query))


def weighted(query: str, weight: str) -> str:
    """A tsquery for the same lexemes where they have this weight: A in titles, B in bylines."""
    return _LEXEME.sub(rf"'\1':{weight}", query)


def _texts(root: Node | None) -> Iterable[str]:
    for leaf in leaves(root):
        match leaf:
            case Word(text) | Phrase(text):
                yield text
            case Term(Field.TITLE | Field.BY, value):
                yield value
            case Term() | Dated():
                pass
