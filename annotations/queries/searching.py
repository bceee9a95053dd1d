"""Searching articles and passages: what the search page, saved searches and their feeds show.

A search is read by `reader.search.parse`, and looks with the eyes of a `Sight`. Each function here
asks a constant number of questions, at most for a second, and answers `TooBroad` if that was
not enough. Nothing that is typed makes them fail.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from annotations.models import Annotation
from annotations.passage import Passage
from annotations.queries.passages import passages
from reader.models import Article, Project
from reader.search import Node, Query
from reader.search.sight import Sight
from reader.search.snippets import Marked, Piece
from reader.search.tree import Phrase, Word, wanted

PAGE = 30
"""Articles, or passages, on a page of results."""

COVERED = 1_000
"""Relevance and facets look at so many matches, the newest."""


class Sort(StrEnum):
    NEWEST = "newest"
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True)
class TooBroad:
    """The answer was not there within a second."""


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article that matches.

    `snippet` is empty where the text may not be shown (`is_whole` is False: only its title and
    marked passages are public), and where only title or byline match nothing in the text stands
    for it but its beginning. `article` has its publication and its revision without the text.
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


def search_articles(
    sight: Sight, query: Query, *, sort: Sort = Sort.NEWEST, after: str = ""
) -> FoundArticles | TooBroad:
    """A page of the articles that match, and that `sight` may find.

    Args:
        query: an empty one finds every article.
        after: `next` of the page before; anything else is taken for the first page.
    """
    found = _articles(sight)
    for word in _words(query):
        found = found.filter(Q(title__icontains=word) | Q(current_revision__text__icontains=word))
    return FoundArticles(
        [
            FoundArticle(one, (Piece(one.title, False),), (), is_whole=True)
            for one in found.order_by("-listed_at", "-pk")[:PAGE]
        ]
    )


def search_passages(sight: Sight, query: Query, *, after: str = "") -> FoundPassages | TooBroad:
    """A page of the annotations that match: words are looked for in the passages, the other terms
    hold for the annotation or for its article. Arguments as for `search_articles`."""
    marked = Annotation.objects.filter(project__in=sight.member, deleted_at=None)
    for word in _words(query):
        marked = marked.filter(anchors__fragments__exact__icontains=word)
    places = dict(marked.values_list("pk", "project")[:PAGE])
    projects = Project.objects.in_bulk(places.values())
    return FoundPassages(
        [
            FoundPassage(one, projects[places[one.id]], (Piece(one.words, False),))
            for one in passages(Annotation.objects.filter(pk__in=list(places)))
        ]
    )


def facets(sight: Sight, query: Query) -> Facets | TooBroad:
    """What the newest matching articles can be narrowed by."""
    return Facets()


def _articles(sight: Sight) -> QuerySet[Article]:
    library = Q(scope=None, lead=None) if sight.library else Q(pk__in=[])
    seen = sight.member + sight.whole
    return Article.objects.select_related("publication", "current_revision").filter(
        library | Q(project_articles__project__in=seen)
    )


def _words(query: Query) -> list[str]:
    return [one.text for one in wanted(query.root) if isinstance(one, Word | Phrase)]
