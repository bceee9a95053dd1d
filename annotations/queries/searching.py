"""Searching articles: what the search page, saved searches and their feeds show.

A search is read by `reader.search.parse`, and looks with the eyes of a `Sight`. Searches ask a
number of questions that does not grow with what is found, for a second at most, and answer
`TooBroad` if that was not enough. Nothing that is typed makes them fail.
"""

from collections.abc import Sequence
from uuid import UUID

from psycopg.sql import SQL, Literal

from annotations.parameters import number_from
from annotations.queries.facets import facets
from annotations.queries.found import (
    COVERED,
    PAGE,
    Facet,
    Facets,
    FoundArticle,
    FoundArticles,
    FoundPassage,
    FoundPassages,
    Sort,
    TooBroad,
)
from annotations.queries.search_passages import search_passages
from annotations.queries.search_terms import MarksOnArticles, Speakers
from reader.models import Article
from reader.search import Query
from reader.search.finding import Place, covered, newest
from reader.search.limits import Asking, TooBroadError, limited
from reader.search.marking import Markers
from reader.search.matching import Matching
from reader.search.sight import Sight

__all__ = [
    "COVERED",
    "PAGE",
    "Facet",
    "Facets",
    "FoundArticle",
    "FoundArticles",
    "FoundPassage",
    "FoundPassages",
    "Sort",
    "TooBroad",
    "facets",
    "search_articles",
    "search_passages",
]

SHOWN_CHARACTERS = 500_000
"""How far into a text a snippet is looked for: as far as texts are indexed."""

# Titles count ten times as much as the text, bylines twice.
_RANKED = SQL(
    """
SELECT d.listed_at, d.article_id
  FROM reader_searchdocument d
 WHERE d.article_id = ANY({ids}::uuid[]) AND d.listed_at BETWEEN {begin} AND {end}
 ORDER BY ts_rank('{{0.1, 0.1, 0.2, 1.0}}', d.tsv, {query}::tsquery) DESC,
          d.listed_at DESC, d.article_id DESC
"""
)
_SHOWN = SQL(
    """
SELECT d.article_id, {sees_text}, reader_language(a.language),
       CASE WHEN {sees_text} THEN left(r.text, {characters}) ELSE '' END
  FROM reader_searchdocument d
  JOIN reader_article a ON a.id = d.article_id
  JOIN reader_revision r ON r.id = a.current_revision_id
 WHERE d.article_id = ANY({ids}::uuid[]) AND d.listed_at BETWEEN {begin} AND {end}
"""
)


def search_articles(
    sight: Sight, query: Query, *, sort: Sort = Sort.NEWEST, after: str = ""
) -> FoundArticles | TooBroad:
    """A page of the articles that match, and that `sight` may find.

    Args:
        query: an empty one finds every article.
        after: `next` of the page before; anything else is taken for the first page.
    """
    marks = MarksOnArticles(sight, Speakers.of(query.root, sight))
    matching = Matching.of(query, sight, marks)
    try:
        with limited() as asking:
            if sort == Sort.RELEVANCE and matching.needs:
                return _most_relevant(matching, asking, number_from(after))
            places = newest(matching, asking, PAGE + 1, Place.parse(after))
            shown = _shown(matching, asking, places[:PAGE])
    except TooBroadError:
        return TooBroad()
    return FoundArticles(shown, str(places[PAGE - 1]) if len(places) > PAGE else "")


def _most_relevant(matching: Matching, asking: Asking, start: int) -> FoundArticles:
    """A page of the newest matches in the order of their rank, from the `start`-th on."""
    places, _ = covered(matching, asking, COVERED)
    if places:
        question = _RANKED.format(query=Literal(matching.needs), **_among(places))
        places = [Place(*row) for row in asking.rows(question)]
    end = start + PAGE
    shown = _shown(matching, asking, places[start:end])
    return FoundArticles(shown, str(end) if len(places) > end else "", len(places))


def _shown(matching: Matching, asking: Asking, places: Sequence[Place]) -> list[FoundArticle]:
    """The articles at these places, with what was found in them."""
    if not places:
        return []
    question = _SHOWN.format(
        sees_text=matching.sees_text, characters=Literal(SHOWN_CHARACTERS), **_among(places)
    )
    texts: dict[UUID, tuple[bool, str, str]] = {
        row[0]: tuple(row[1:]) for row in asking.rows(question)
    }
    articles = (
        Article.objects.select_related("publication", "current_revision")
        .defer("current_revision__text", "current_revision__markup", "current_revision__raw")
        .in_bulk([place.article for place in places])
    )
    markers = Markers(matching.meaning)
    found = []
    for id_ in (place.article for place in places):
        # It may have been deleted since it was found.
        if id_ in articles and id_ in texts:
            is_whole, language, text = texts[id_]
            found.append(
                FoundArticle(
                    article=articles[id_],
                    title=markers.of_titles(language).mark(articles[id_].title),
                    snippet=markers.of_texts(language).snippet(text),
                    is_whole=is_whole,
                )
            )
    return found


def _among(places: Sequence[Place]) -> dict[str, Literal]:
    moments = [place.listed_at for place in places]
    return {
        "ids": Literal([place.article for place in places]),
        "begin": Literal(min(moments)),
        "end": Literal(max(moments)),
    }
