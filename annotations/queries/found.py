"""What a search found."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotations.passage import Passage
from reader.models import Article, Project
from reader.search import Node
from reader.search.snippets import Marked

PAGE = 30
"""Articles, or passages, on a page of results."""

COVERED = 1_000
"""Relevance and facets look at so many matches, the newest: fewer where these are hard to find."""


class Sort(StrEnum):
    NEWEST = "newest"
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True)
class TooBroad:
    """The answer was not there within a second."""


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article that matches.

    `snippet` is the beginning of the text where nothing in it was searched for, and empty where the
    text may not be shown: where `is_whole` is false, only the title and marked passages are public.
    `article` has its publication, and its revision without the text.
    """

    article: Article
    title: Marked
    snippet: Marked
    is_whole: bool


@dataclass(frozen=True, slots=True)
class FoundArticles:
    """A page of articles; `next` is what `after` takes for the page behind it, else empty.

    `covers` is the number of newest matches that were put in order of relevance, 0 where all
    matches are there, newest first.
    """

    found: Sequence[FoundArticle]
    next: str = ""
    covers: int = 0


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """An annotation that matches, and the project that it belongs to.

    `words` is `passage.words` in pieces. An allegation must be shown with its denials: give the
    passages of one project to `annotations.queries.answers.accusations`.
    """

    passage: Passage
    project: Project
    words: Marked


@dataclass(frozen=True, slots=True)
class FoundPassages:
    """A page of passages, those of the newest articles first; `next` as for articles."""

    found: Sequence[FoundPassage]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """How many of the articles go on matching when `term` is added (`Query.also`).

    `label` is the publication's or speaker's name, the kind's value, or the month as "2021-03".
    """

    label: str
    term: Node
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts over the newest `covers` matching articles; `is_all` if there are no more than those.

    Each list is ordered by count; months by date, newest first.
    """

    publications: Sequence[Facet] = ()
    kinds: Sequence[Facet] = ()
    speakers: Sequence[Facet] = ()
    months: Sequence[Facet] = ()
    covers: int = 0
    is_all: bool = True
