"""A project's page: what is alleged in it and what is said to that, its articles, and how far its
members have come."""

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from annotations.answers import Reading, Said
from annotations.charts import Chart, Tally
from annotations.models import Kind
from annotations.pages.activity import Day, latest
from annotations.pages.charts import month_chart
from annotations.pages.counts import KindCount, kind_counts
from annotations.pages.ledger_top import Top, ledger_top
from annotations.pages.library import Entry, entry
from annotations.pages.preview import Preview, of_project
from annotations.paths import search_path
from annotations.queries.answers import reading
from annotations.queries.changes import undecided_count
from annotations.queries.library import list_articles
from annotations.queries.project import (
    Work,
    annotated_articles,
    by_annotator,
    countable,
    tallies,
)
from annotations.queries.queue import waiting_count
from annotations.queries.replies import project_replies
from annotations.queries.unlinked import MOST_COUNTED, unlinked_count
from reader.access import Seat
from reader.markdown import to_html
from reader.models import Membership, Project, Role
from reader.queries.people import members
from reader.queries.saved_searches import query_of, searches_of
from reader.queries.walk import Cursor, Sources
from reader.search import Field, Query, Term

ARTICLES = 10
"""Articles on the first page; older pages have more."""

_WORDS = 45
_NO_PROSE = re.compile(r"(#|\||>|[-*+] |\d+[.)] |```|---)")


@dataclass(frozen=True, slots=True)
class Person:
    """A member: name, name of the role, and what they have marked (None: nothing)."""

    name: str
    role: str
    work: Work | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading has come. `articles` counts all, `annotated` those with annotations.

    For members, `unlinked` counts allegations and denials without a claim and `changed` passages
    that articles have changed, both up to `most`; for curators, `waiting` counts replies.
    """

    articles: int
    annotated: int
    unlinked: int
    changed: int
    waiting: int
    most: int = MOST_COUNTED


@dataclass(frozen=True, slots=True)
class Front:
    """What stands on the first page only. `people` are empty for readers; `guidelines` are the
    first words of them."""

    reading: Reading
    top: Top
    chart: Chart
    progress: Progress
    days: list[Day]
    people: list[Person]
    guidelines: str
    replies: list[Said]
    searches: list[tuple[str, str]]
    counts: list[KindCount]


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """The first page (with `front`), or a further page of the articles; `older` is the address of
    the next one, if there is one."""

    seat: Seat
    project: Project
    entries: list[Entry]
    older: str
    search_path: str
    front: Front | None

    @property
    def preview(self) -> Preview:
        return of_project(self.project.name, self.project.description)


def project_page(seat: Seat, before: str = "") -> ProjectPage:
    """The page as the visitor may see it."""
    project, cursor = seat.project, Cursor.parse(before)
    sources = Sources(projects=[project])
    if cursor:
        found = list_articles(seat.visitor, [project], sources, after=cursor)
    else:
        found = list_articles(seat.visitor, [project], sources, most=ARTICLES)
    return ProjectPage(
        seat=seat,
        project=project,
        entries=[entry(one) for one in found.entries],
        older=f"?{urlencode({'before': found.next})}" if found.next else "",
        search_path=search_path(Query(Term(Field.PROJECT, project.slug))),
        front=None if cursor else _front(seat),
    )


def _front(seat: Seat) -> Front:
    project, read, annotations = seat.project, reading(seat.project), countable(seat)
    counted = tallies(annotations)
    return Front(
        reading=read,
        top=ledger_top(seat, read),
        chart=_chart(counted),
        progress=_progress(seat, read, annotated_articles(project, annotations)),
        days=latest(seat, annotations),
        people=_people(project) if seat.is_member else [],
        guidelines=first_words(project.guidelines),
        replies=project_replies(project),
        searches=[
            (one.name, search_path(query_of(one)))
            for one in (searches_of(project) if seat.is_member else ())
        ],
        counts=_counts(counted),
    )


def _counts(counted: list[Tally]) -> list[KindCount]:
    found: Counter[str] = Counter()
    for one in counted:
        found[one.kind] += one.number
    return kind_counts(found)


def _chart(counted: list[Tally]) -> Chart:
    """By kind, each in the plural."""
    return month_chart(
        counted,
        {
            Kind.ALLEGATION.value: ("A", _("Allegations")),
            Kind.DENIAL.value: ("D", _("Denials")),
            Kind.QUOTE.value: ("Q", _("Quotes")),
        },
    )


def _progress(seat: Seat, read: Reading, annotated: int) -> Progress:
    project = seat.project
    return Progress(
        articles=read.articles,
        annotated=annotated,
        unlinked=unlinked_count(project) if seat.is_member else 0,
        changed=undecided_count(project) if seat.is_member else 0,
        waiting=waiting_count(project) if seat.may_curate else 0,
    )


def _people(project: Project) -> list[Person]:
    work = by_annotator(project)
    return [_person(one, work.get(one.user_id)) for one in members(project)]


def _person(member: Membership, work: Work | None) -> Person:
    return Person(member.user.get_full_name(), str(Role(member.role).label).partition(":")[0], work)


def first_words(guidelines: str) -> str:
    """The beginning of the first paragraph of guidelines, as plain text; empty for none."""
    blocks = re.split(r"\n\s*\n", guidelines.replace("\r\n", "\n").strip())
    prose = next((one for one in blocks if not _NO_PROSE.match(one.lstrip())), "")
    plain = unescape(strip_tags(to_html(prose)))
    return Truncator(" ".join(plain.split())).words(_WORDS)
