"""A project's page: what it is about, its articles, and what has been marked in them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count

from annotations.answers import Said
from annotations.models import Annotation
from annotations.pages.counts import KindCount, kind_counts
from annotations.pages.library import Entry, entry
from annotations.paths import search_path
from annotations.queries.answers import reading
from annotations.queries.changes import undecided_count
from annotations.queries.library import list_articles
from annotations.queries.passages import countable_for
from annotations.queries.queue import waiting_count
from annotations.queries.replies import project_replies
from reader.access import Seat
from reader.models import Project
from reader.queries.saved_searches import query_of, searches_of
from reader.queries.walk import Cursor, Sources
from reader.search import Field, Query, Term


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """`older` is the address of the next page of articles, if there is one; `waiting` counts the
    replies that curators have to decide, `changed` the passages that articles have changed.
    `searches` are what members keep for the project: names and addresses."""

    seat: Seat
    project: Project
    articles: int
    counts: list[KindCount]
    members: int
    waiting: int
    changed: int
    replies: list[Said]
    entries: list[Entry]
    is_first: bool
    older: str
    search_path: str
    searches: list[tuple[str, str]]


def project_page(seat: Seat, before: str = "") -> ProjectPage:
    """The page as the visitor may see it."""
    project, cursor = seat.project, Cursor.parse(before)
    found = list_articles(seat.visitor, [project], Sources(projects=[project]), after=cursor)
    kinds = Annotation.objects.filter(
        countable_for(seat.visitor), project=project, deleted_at=None
    ).values_list("kind")
    return ProjectPage(
        seat=seat,
        project=project,
        articles=reading(project).articles,
        counts=kind_counts(dict(kinds.annotate(n=Count("pk")))),
        members=project.memberships.count(),
        waiting=waiting_count(project) if seat.may_curate else 0,
        changed=undecided_count(project) if seat.is_member else 0,
        replies=project_replies(project),
        entries=[entry(one) for one in found.entries],
        is_first=cursor is None,
        older=f"?{urlencode({'before': found.next})}" if found.next else "",
        search_path=search_path(Query(Term(Field.PROJECT, project.slug))),
        searches=[
            (one.name, search_path(query_of(one)))
            for one in (searches_of(project) if seat.is_member else ())
        ],
    )
