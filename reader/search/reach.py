"""What words are looked for in: whole articles, titles alone, or something of somebody else's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from psycopg.sql import SQL, Composable, Identifier, Literal

from reader.search.scripts import is_unspaced
from reader.search.tree import Term

DOCUMENT = Identifier("d", "tsv")
"""The words of an article: title (A), byline (B) and text."""


class Reach(Protocol):
    """Where words are looked for. `d` names the article's document in every condition."""

    @property
    def vector(self) -> Composable:
        """The tsvector that holds the words."""

    @property
    def weight(self) -> str:
        """The weight that they must have there; empty for any."""

    def contains(self, pattern: str) -> Composable:
        """The text (`reader_plain`) matches the pattern."""

    def marked(self, terms: Sequence[Term]) -> Composable:
        """One visible annotation has all that these terms say (`kind:`, `speaker:`, `target:`);
        without terms, there is one."""

    def in_projects(self, ids: Sequence[int]) -> Composable:
        """It belongs to one of these projects."""


class Marks(Protocol):
    """What the marking half knows about articles, for the search of articles."""

    def marked(self, terms: Sequence[Term]) -> Composable:
        """As in `Reach`."""

    def withdrawn(self) -> Composable:
        """The article's page in project place `pa`, or its text, is withdrawn from public view."""


# Scalar, not EXISTS: of that Postgres may think that it is quicker to read all texts first.
_TEXT = SQL(
    """coalesce((
    SELECT reader_plain(a.title) ~ {pattern} OR reader_plain(r.text) ~ {pattern}
      FROM reader_article a JOIN reader_revision r ON r.id = a.current_revision_id
     WHERE a.id = d.article_id), false)"""
)
_TITLE = SQL(
    """coalesce((
    SELECT reader_plain(a.title) ~ {pattern}
      FROM reader_article a WHERE a.id = d.article_id), false)"""
)
_IN_PROJECTS = SQL(
    """EXISTS (
    SELECT FROM reader_projectarticle pa
     WHERE pa.article_id = d.article_id AND pa.project_id = ANY({ids}::bigint[]))"""
)


@dataclass(frozen=True)
class Articles:
    """Whole articles, or (`titles`) nothing but their titles."""

    marks: Marks
    titles: bool = False

    @property
    def vector(self) -> Composable:
        return DOCUMENT

    @property
    def weight(self) -> str:
        return "A" if self.titles else ""

    def contains(self, pattern: str) -> Composable:
        return (_TITLE if self.titles else _TEXT).format(pattern=Literal(pattern))

    def marked(self, terms: Sequence[Term]) -> Composable:
        return self.marks.marked(terms)

    def in_projects(self, ids: Sequence[int]) -> Composable:
        return _IN_PROJECTS.format(ids=Literal(list(ids)))


def title_contains(pattern: str) -> Composable:
    """The title (`reader_plain`) matches the pattern."""
    return _TITLE.format(pattern=Literal(pattern))


def pattern_of(plain: str) -> str:
    """Postgres's regular expression for exactly these words, and not a part of others.

    Args:
        plain: the words, after `reader_plain`; as there, unaccent has left of quotation marks what
            can be typed ("<<" for "«").
    """
    plain = " ".join(plain.split())
    begin = "" if not plain[:1].isalnum() or is_unspaced(plain[0]) else "(?<![[:alnum:]])"
    end = "" if not plain[-1:].isalnum() or is_unspaced(plain[-1]) else "(?![[:alnum:]])"
    pieces = (_PIECES.get(piece) or _escaped(piece) for piece in _PIECE.findall(plain))
    return begin + "".join(pieces) + end


_PIECES = {" ": r"\s+"}
_PIECES |= dict.fromkeys(['"', "<<", ">>", ",,"], '(?:"|<<|>>|,,)')
_PIECES |= dict.fromkeys(["'", "<", ">", "`"], "['<>`]")
_PIECE = re.compile(r"<<|>>|,,|.", re.DOTALL)


def _escaped(sign: str) -> str:
    return sign if sign.isalnum() else f"\\{sign}"
