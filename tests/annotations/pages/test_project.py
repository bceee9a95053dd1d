"""A project's page: what members and readers see of it, and that every article is reached."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from annotations.pages.project import Front, first_words, project_page
from annotations.services.marking import delete
from annotations.services.replies import send
from annotations.services.withdrawals import withdraw
from reader.access import Visitor
from reader.models import Project
from reader.services.projects import default_guidelines
from tests.annotations.affair import CLAIM, INTERNAL, UNANSWERED, Affair, affair
from tests.factories import make_article, make_mark

pytestmark = pytest.mark.django_db

READER = AnonymousUser()


def front(world: Affair, visitor: Visitor) -> Front:
    world.project.refresh_from_db()  # as each request reads it
    found = project_page(world.seat(visitor)).front
    assert found
    return found


def numbers(found: Front) -> dict[str, int]:
    return {one.kind: one.count for one in found.counts}


def test_older_articles_are_reached_by_the_link() -> None:
    world = affair(visibility="public")
    for number in range(30):
        make_article(
            world.project,
            f"Day {number} was dull.\n\nNothing else.",
            title=f"Day {number}",
            published_on=f"2025-01-{number + 1:02}",
        )
    pages, path = [], "/projects/tannery/"
    while path:
        html = Client().get(path).content.decode()
        pages.append(re.findall(r'<h2 dir="auto"><a [^>]*>([^<]*)', html))
        older = re.search(r'rel="next" href="([^"]*)"', html)
        path = f"/projects/tannery/{older[1]}" if older else ""
    days = [f"Day {number}" for number in reversed(range(30))]
    assert pages == [days[:10], [*days[10:], "The yard answers", "Dye in the river"]]


def test_further_pages_have_articles_only() -> None:
    world = affair(visibility="public")
    place = f"2024-05-08T00:00:01+00:00~{world.later.pk}"
    page = project_page(world.seat(READER), place)
    assert page.front is None
    assert [one.article.title for one in page.entries] == ["Dye in the river"]
    assert project_page(world.seat(READER), "nonsense").front is not None


def test_curators_see_how_many_replies_wait() -> None:
    world = affair(visibility="public")
    send(
        world.subject(world.project), kind="error", name="Odo", contact="", text="A date is wrong."
    )
    waiting = [front(world, user).progress.waiting for user in (world.alice, world.bob, READER)]
    assert waiting == [1, 0, 0]


def test_the_top_of_the_ledger_has_both_sides() -> None:
    found = front(affair(visibility="public"), READER)
    (row,) = found.top.rows
    assert (row.statement, row.accusers, row.accused) == (CLAIM, "Reed Society", "The tannery")
    assert row.denial and "Odo Fenn" in row.denial.line.said_by
    assert found.top.claims == 1


def test_who_is_silent_is_said_to_be_silent_here() -> None:
    world = affair(visibility="public")
    burned = {"claims": ["That the mayor burned the ledger"], "speakers": ["A clerk"]}
    make_mark(world.project, world.article, UNANSWERED, "allegation", world.bob, **burned)
    silent = [row.silence for row in front(world, READER).top.rows]
    assert silent == ["no denial recorded in this project (2 articles, latest 9 May 2024)", ""]
    withdraw(world.subject(world.alleged), world.alice, "A mistake.")
    assert [row.statement for row in front(world, READER).top.rows] == burned["claims"]


def test_progress_is_of_what_the_visitor_sees() -> None:
    world = affair(visibility="public")
    withdraw(world.subject(world.denied), world.alice, "A mistake.")
    delete(world.quoted.pk)
    member, reader = front(world, world.bob), front(world, READER)
    assert numbers(member) == {"quote": 0, "allegation": 2, "denial": 2}
    assert numbers(reader) == {"quote": 0, "allegation": 2, "denial": 1}
    assert (member.progress.annotated, member.progress.articles) == (2, 2)
    assert (reader.progress.annotated, reader.progress.articles) == (1, 2)
    assert [chart.total for chart in (member.chart, reader.chart)] == [4, 3]
    assert (member.progress.unlinked, reader.progress.unlinked) == (2, 0)


def test_a_passage_is_counted_in_the_month_it_was_said_in_else_of_its_article() -> None:
    world = affair()
    type(world.alleged).objects.filter(pk=world.alleged.pk).update(said_on="2024-03-31")
    chart = front(world, world.bob).chart
    assert [(one.name) for one in chart.periods] == ["March 2024", "April 2024", "May 2024"]
    assert {lane.kind: lane.numbers for lane in chart.lanes} == {
        "allegation": (1, 0, 1),
        "denial": (0, 0, 2),
        "quote": (0, 0, 1),
    }
    assert (chart.said, chart.published) == (1, 4)


def test_only_members_see_members_and_what_each_has_marked() -> None:
    world = affair(visibility="public")
    people = front(world, world.alice).people
    assert [(one.name, one.role) for one in people] == [
        ("Alicia Quern", "Owner"),
        ("Bobbin Vale", "Annotator"),
    ]
    assert people[0].work is None
    assert people[1].work and (people[1].work.passages, people[1].work.articles) == (5, 2)
    for visitor in (READER, world.charlie):
        assert front(world, visitor).people == []


def test_readers_learn_no_name_and_no_note() -> None:
    affair(visibility="public")
    html = Client().get("/projects/tannery/").content.decode()
    assert "passages marked" in html
    for hidden in ("Alicia", "Bobbin", INTERNAL, "without a claim", "/activity/"):
        assert hidden not in html


def test_an_empty_project_says_so() -> None:
    world = affair(visibility="public")
    Project.objects.create(slug="empty", name="Empty", visibility="public")
    html = Client().get("/projects/empty/").content.decode()
    assert "Nothing is marked yet." in html and "<svg class=" not in html
    assert world.project.name not in html


@pytest.mark.parametrize(
    ("guidelines", "said"),
    [
        ("", ""),
        ("# Only a heading", ""),
        ("# Rules\r\n\r\nMark *what* is said & <b>how</b>.\r\n\r\nMore.", None),
        ("- a list\n- of things\n\nThen words.", "Then words."),
        ("many " * 60, f"{'many ' * 45}…".replace(" …", "…")),
    ],
)
def test_guidelines_begin_with_their_first_paragraph(guidelines: str, said: str | None) -> None:
    expected = "Mark what is said & <b>how</b>." if said is None else said
    assert first_words(guidelines) == expected


def test_the_codebook_has_first_words() -> None:
    assert first_words(default_guidelines()).startswith("These are the first guidelines")
