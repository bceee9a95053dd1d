"""The library: articles newest first, page by page, with counts by kind and how each stands with
the reader. Seven queries a page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count

from annotations.models import Annotation
from annotations.queries.changes import undecided_in
from annotations.queries.passages import countable_for
from reader.access import Visitor
from reader.models import Article, Project, ProjectArticle, User
from reader.queries.lists import Show
from reader.queries.reading import State, starred_page, states
from reader.queries.stories import copies_of
from reader.queries.walk import FAR, Cursor, Sources, walk

PAGE = 30


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in a list, the projects it is read in, its annotations by kind, and how it stands
    with the reader (None: a reader without account). `changed` counts passages that the article
    has changed and that wait for a decision, in each project that the reader belongs to.
    `copies` are other addresses of its story."""

    article: Article
    projects: tuple[Project, ...]
    counts: dict[str, int]
    state: State | None
    changed: tuple[tuple[Project, int], ...] = ()
    copies: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class ListPage:
    """`next` is where the next page goes on: there may be nothing more there where only unread
    articles were asked for."""

    entries: list[Listed]
    next: Cursor | None


def list_articles(
    visitor: Visitor,
    projects: Sequence[Project],
    sources: Sources,
    *,
    show: Show = Show.ALL,
    after: Cursor | None = None,
    most: int | None = None,
) -> ListPage:
    """One page of the articles of these sources, newest first; starred ones by their stars.

    Args:
        visitor: who looks; what is withdrawn counts for members only.
        projects: those that the visitor may open, where the articles may be read in.
        most: articles on the page; PAGE where it is not given.
    """
    most = most or PAGE
    user = visitor if isinstance(visitor, User) else None
    if user is None or show is Show.ALL:
        ids, following = _page(walk(sources, after=after, limit=most + 1), most)
    elif show is Show.STARRED:
        ids, following = _page(starred_page(user, sources, after=after, limit=most + 1), most)
    else:
        far = sources.share(FAR)
        ids, following = _page(
            walk(sources, after=after, limit=far, reader=user, most=most + 1), most
        )
        if following is None:
            passed = walk(sources, after=after, limit=far)
            following = passed[-1] if len(passed) == far else None
    articles = Article.objects.select_related("publication", "current_revision")
    found = articles.defer("current_revision__text", "current_revision__markup").in_bulk(ids)
    ordered = [found[id_] for id_ in ids if id_ in found]
    return ListPage(listed(visitor, ordered, projects), following)


def listed(
    visitor: Visitor, articles: Sequence[Article], projects: Sequence[Project]
) -> list[Listed]:
    """What a list says of these articles, in their order: five queries. Arguments as for
    `list_articles`."""
    ids = [article.pk for article in articles]
    where, counts, copies = read_in(ids, projects), _counts(visitor, ids, projects), copies_of(ids)
    plain = [
        Listed(one, tuple(where[one.pk]), counts[one.pk], None, copies=tuple(copies[one.pk]))
        for one in articles
    ]
    if not isinstance(visitor, User):
        return plain
    how, changed = states(visitor, articles), undecided_in(ids, projects, visitor)
    return [
        replace(one, state=how[one.article.pk], changed=tuple(changed[one.article.pk]))
        for one in plain
    ]


def _page(places: Sequence[Cursor], most: int) -> tuple[list[UUID], Cursor | None]:
    """The articles of a page, and where the next one goes on if there are more."""
    following = places[most - 1] if len(places) > most else None
    return [place.id for place in places[:most]], following


def read_in(ids: Sequence[UUID], projects: Sequence[Project]) -> dict[UUID, list[Project]]:
    """Which of the projects each article is read in; one query."""
    by_id = {project.pk: project for project in projects}
    found: dict[UUID, list[Project]] = defaultdict(list)
    rows = ProjectArticle.objects.filter(article__in=ids, project__in=list(by_id)).order_by("pk")
    for article_id, project_id in rows.values_list("article_id", "project_id"):
        found[article_id].append(by_id[project_id])
    return found


def _counts(
    visitor: Visitor, ids: Sequence[UUID], projects: Sequence[Project]
) -> dict[UUID, dict[str, int]]:
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    rows = (
        Annotation.objects.filter(
            countable_for(visitor), article__in=ids, project__in=projects, deleted_at=None
        )
        .values_list("article", "kind")
        .annotate(n=Count("pk"))
    )
    for article_id, kind, n in rows:
        found[article_id][kind] = n
    return found
