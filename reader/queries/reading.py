"""What somebody has read, starred and left half-read."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from reader.models import Article, FeedEntry, ProjectArticle, ReadingState, User
from reader.queries.walk import Cursor, Sources

HALF_READ = 3
"""Articles offered to go on with."""

# Of the articles opened last, so many are looked at for half-read ones.
_OPENED_LATELY = 20


@dataclass(frozen=True, slots=True)
class State:
    """How an article stands with a reader. `position` counts code points of its newest text."""

    is_unread: bool
    is_starred: bool
    position: int = 0


def unread_by(user: User) -> Q:
    """The condition on an article that it is unread: a reading state says so, or, without one, it
    was first seen after the person came or last marked everything as read."""
    mine = ReadingState.objects.filter(user=user, article=OuterRef("pk"))
    return Q(Exists(mine.filter(read_at=None))) | Q(
        ~Exists(mine), first_seen_at__gte=user.unread_since
    )


def states(user: User, articles: Collection[Article]) -> dict[UUID, State]:
    """How each of these articles stands with the person; one query."""
    rows = {
        one.article_id: one for one in ReadingState.objects.filter(user=user, article__in=articles)
    }
    return {one.pk: _state(user, one, rows.get(one.pk)) for one in articles}


def _state(user: User, article: Article, row: ReadingState | None) -> State:
    if row is None:
        return State(article.first_seen_at >= user.unread_since, is_starred=False)
    return State(row.read_at is None, row.starred_at is not None, row.position)


def starred_page(user: User, sources: Sources, *, after: Cursor | None, limit: int) -> list[Cursor]:
    """What the person starred in these sources, latest star first; one query.

    Returns:
        the moment of each star with the article's id.
    """
    rows = ReadingState.objects.filter(
        Exists(articles_of(sources).filter(pk=OuterRef("article"))),
        user=user,
        starred_at__isnull=False,
    )
    if after:
        rows = rows.filter(
            Q(starred_at__lt=after.moment) | Q(starred_at=after.moment, article__lt=after.id)
        )
    found = rows.order_by("-starred_at", "-article").values_list("starred_at", "article")[:limit]
    return [Cursor(moment, id_) for moment, id_ in found if moment]


def articles_of(sources: Sources) -> QuerySet[Article]:
    """Every article of the sources, in no order: to narrow another question, not to list."""
    here = Q(pk__in=[])
    if sources.library:
        here |= Q(scope=None)
    if sources.projects:
        places = ProjectArticle.objects.filter(project__in=sources.projects)
        here |= Q(Exists(places.filter(article=OuterRef("pk"))))
    if sources.feeds:
        entries = FeedEntry.objects.filter(feed__in=sources.feeds, article=OuterRef("pk"))
        here |= Q(Exists(entries), scope=None)
    articles = Article.objects.filter(here)
    return articles.filter(publication=sources.publication) if sources.publication else articles


@dataclass(frozen=True, slots=True)
class HalfRead:
    """An article that was left in the middle: `percent` of its text stood above the window."""

    article: Article
    position: int
    percent: int


def half_read(user: User, sources: Sources) -> list[HalfRead]:
    """The articles of these sources that the person left half-read last; one query."""
    lately = (
        ReadingState.objects.filter(user=user, opened_at__isnull=False)
        .order_by("-opened_at")
        .values("pk")[:_OPENED_LATELY]
    )
    rows = (
        ReadingState.objects.filter(
            Exists(articles_of(sources).filter(pk=OuterRef("article"))),
            pk__in=lately,
            position__gt=0,
        )
        .annotate(length=Length("article__current_revision__text"))
        .filter(position__lt=F("length"))
        .select_related("article__publication")
        .order_by("-opened_at")[:HALF_READ]
    )
    return [
        HalfRead(row.article, row.position, max(1, 100 * row.position // row.length))
        for row in rows
    ]
