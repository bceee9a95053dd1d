"""Searching in tests: index what waits, search, and say what was found in short."""

from django.contrib.auth.models import AnonymousUser

from annotations.queries.searching import (
    FoundArticles,
    FoundPassages,
    search_articles,
    search_passages,
)
from reader.models import User
from reader.search import parse
from reader.search.sight import Sight
from reader.search.snippets import Marked
from reader.services.indexing import index_all


def articles(visitor: User | AnonymousUser | Sight, text: str, **options: str) -> FoundArticles:
    index_all()
    sight = visitor if isinstance(visitor, Sight) else Sight.of(visitor)
    found = search_articles(sight, parse(text), **options)
    assert isinstance(found, FoundArticles), found
    return found


def titles(visitor: User | AnonymousUser | Sight, text: str, **options: str) -> list[str]:
    return [one.article.title for one in articles(visitor, text, **options).found]


def passages(visitor: User | AnonymousUser | Sight, text: str, **options: str) -> FoundPassages:
    index_all()
    sight = visitor if isinstance(visitor, Sight) else Sight.of(visitor)
    found = search_passages(sight, parse(text), **options)
    assert isinstance(found, FoundPassages), found
    return found


def words(visitor: User | AnonymousUser | Sight, text: str) -> list[str]:
    return [one.passage.words for one in passages(visitor, text).found]


def shown(marked: Marked) -> str:
    """The pieces, with matches in brackets."""
    return "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in marked)
