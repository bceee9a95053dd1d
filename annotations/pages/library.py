"""Lists of articles: the library, and those of one project."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from annotations.pages.counts import KindCount, kind_counts
from annotations.pages.sources import Folder, Way, folders, ways
from annotations.pages.stories import AlsoIn
from annotations.paths import article_path, changes_path
from annotations.queries.library import Listed, list_articles, read_in
from reader import dates
from reader.access import Visitor
from reader.models import Article, Project, User
from reader.queries.feeds import shown_title
from reader.queries.lists import Chosen, Show, chosen
from reader.queries.reading import State, half_read
from reader.queries.walk import Cursor


@dataclass(frozen=True, slots=True)
class Changed:
    """Passages of an article that wait for a decision in a project; `path` leads to its queue."""

    number: int
    project: str
    path: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a list; `path` leads to it in the first project it is read in. `state` is
    None for readers without account."""

    article: Article
    path: str
    published: str
    published_machine: str
    projects: tuple[Project, ...]
    counts: list[KindCount]
    state: State | None
    changed: list[Changed]
    also_in: list[AlsoIn]


@dataclass(frozen=True, slots=True)
class GoOn:
    """An article to go on reading; `path` leads to where the reader stopped, `percent` in."""

    article: Article
    path: str
    percent: int


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """A page of the library. `name` is empty where it is not narrowed to a feed or a label;
    `newest` is the address of the first page, `older` of the next one if there may be one.
    `made_at` is when it was looked up: what came later was not seen. `ways` and `folders` lead to
    other lists."""

    entries: list[Entry]
    asked: Chosen
    name: str
    ways: list[Way]
    folders: list[Folder]
    half_read: list[GoOn]
    is_first: bool
    newest: str
    older: str
    made_at: datetime

    @property
    def may_mark_all(self) -> bool:
        """Is this a list that can be marked as read?"""
        return self.asked.visitor.is_authenticated and self.asked.show is not Show.STARRED


def library_page(visitor: Visitor, parameters: Mapping[str, str]) -> LibraryPage:
    """The articles that the visitor may read, narrowed as the address asks. Parameters that name
    nothing visible are ignored."""
    made_at = timezone.now()
    asked = chosen(visitor, parameters)
    cursor = Cursor.parse(parameters.get("before", ""))
    found = list_articles(visitor, asked.projects, asked.sources, show=asked.show, after=cursor)
    front = cursor is None and not asked.narrowed and asked.show is not Show.STARRED
    return LibraryPage(
        entries=[entry(one) for one in found.entries],
        asked=asked,
        name=_name(asked),
        ways=ways(asked),
        folders=folders(asked),
        half_read=_half_read(asked) if front else [],
        is_first=cursor is None,
        newest=f"?{urlencode(asked.parameters)}",
        older=f"?{urlencode(asked.parameters | {'before': str(found.next)})}" if found.next else "",
        made_at=made_at,
    )


def _name(asked: Chosen) -> str:
    if asked.subscription:
        return shown_title(asked.subscription)
    return asked.label.name if asked.label else ""


def _half_read(asked: Chosen) -> list[GoOn]:
    if not isinstance(asked.visitor, User):
        return []
    found = half_read(asked.visitor, asked.everywhere)
    where = read_in([one.article.pk for one in found], asked.projects) if found else {}
    return [
        GoOn(
            article=one.article,
            path=f"{_path(where[one.article.pk], one.article.pk)}#at-{one.position}",
            percent=one.percent,
        )
        for one in found
    ]


def entry(listed: Listed) -> Entry:
    """A listed article, ready to show."""
    article = listed.article
    return Entry(
        article=article,
        path=_path(listed.projects, article.pk),
        published=dates.show(article.published_on, article.published_precision),
        published_machine=dates.machine(article.published_on, article.published_precision),
        projects=listed.projects,
        counts=[one for one in kind_counts(listed.counts) if one.count],
        state=listed.state,
        changed=[
            Changed(number, project.name, changes_path(project))
            for project, number in listed.changed
        ],
        also_in=[_copy(listed, one) for one in listed.copies],
    )


def _copy(listed: Listed, copy: Article) -> AlsoIn:
    """Another address of the story: readers with an account are led to our copy."""
    ours = listed.state is not None
    shared = listed.projects if copy.scope_id else ()
    return AlsoIn.of(copy, _path(shared, copy.pk) if ours else "")


def _path(projects: Sequence[Project], article_id: UUID) -> str:
    if projects:
        return article_path(projects[0], article_id)
    return reverse("article", kwargs={"article_id": article_id})
