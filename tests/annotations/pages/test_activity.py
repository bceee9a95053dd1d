"""Activity in words: one line for what one person did with one article on one day."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from pghistory import context

from annotations.models import Annotation, Claim, Speaker
from annotations.pages import activity
from annotations.pages.activity import Day, Line, activity_page, latest
from annotations.queries.project import countable
from annotations.services.claims import LinkTo
from annotations.services.editing import edit
from annotations.services.marking import delete, restore
from annotations.services.merging import merge, unmerge
from annotations.services.withdrawals import withdraw
from reader.models import Project, ProjectArticle, User
from tests.annotations.affair import Affair, affair
from tests.factories import fields_of, make_article, make_mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Affair:
    """The affair, as if it had been marked two days ago, and the articles added a day before."""
    found = affair(visibility="public")
    now = timezone.now()
    with context(user=found.bob.pk):
        for annotation in found.project.annotations.order_by("pk"):
            Annotation.objects.filter(pk=annotation.pk).update(created_at=now - timedelta(days=2))
    ProjectArticle.objects.update(added_at=now - timedelta(days=3), added_by=found.alice)
    set_back(4)
    return found


def set_back(days: int) -> None:
    """What was done until now was done so many days ago; a test is one transaction, one moment."""
    models: tuple[Any, ...] = (Annotation, Claim, Speaker)
    for model in models:
        model.pgh_event_model.objects.update(pgh_created_at=timezone.now() - timedelta(days=days))


def days_of(world: Affair, by: User | AnonymousUser) -> list[Day]:
    seat = world.seat(by)
    return latest(seat, countable(seat))


def lines(world: Affair, by: User | AnonymousUser | None = None) -> list[tuple[str, str, str]]:
    """Of the newest day."""
    days = days_of(world, by or world.bob)
    return [(one.who, one.what, one.title) for one in days[0].lines]


def test_marks_of_one_article_are_one_line(world: Affair) -> None:
    assert sorted(lines(world)) == [
        ("Bobbin Vale", "marked 4 passages", "Dye in the river"),
        ("Bobbin Vale", "marked a passage", "The yard answers"),
    ]


def test_readers_are_told_what_is_public_and_by_nobody(world: Affair) -> None:
    withdraw(world.subject(world.alleged), world.alice, "A mistake.")
    delete(world.quoted.pk)
    days = days_of(world, AnonymousUser())
    told = {(one.who, one.what, one.title) for day in days for one in day.lines}
    assert told == {
        ("", "2 passages marked", "Dye in the river"),
        ("", "1 passage marked", "The yard answers"),
        ("", "2 articles added, the latest", "The yard answers"),
    }


def test_what_was_done_with_passages_is_told(world: Affair) -> None:
    with context(user=world.alice.pk):
        edit(world.quoted.pk, 2, fields_of(world.quoted, cue="said"), world.alice)
        edit(
            world.unanswered.pk,
            2,
            fields_of(world.unanswered, links=[LinkTo("That the ledger burned")]),
            world.alice,
        )
        delete(world.apart.pk)
    assert lines(world) == [
        (
            "Alicia Quern",
            "deleted a passage, linked a passage to a claim, edited a passage",
            "Dye in the river",
        )
    ]
    with context(user=world.bob.pk):
        restore(world.apart.pk)
    assert lines(world)[0] == ("Bobbin Vale", "brought a passage back", "Dye in the river")


def test_claims_and_speakers_that_became_one_are_told(world: Affair) -> None:
    one = Claim.objects.create(project=world.project, statement="That dye was poured")
    into = Claim.objects.exclude(pk=one.pk).get()
    speaker, other = Speaker.objects.order_by("pk")[:2]
    with context(user=world.alice.pk):
        merge(one, into)
        merge(speaker, other)
    first, second = days_of(world, world.bob)[0].lines
    assert {first, second} == {
        Line("Alicia Quern", "merged a claim", one.statement, into.statement, f"/claims/{one.pk}/"),
        Line(
            "Alicia Quern",
            "merged a speaker",
            speaker.name,
            other.name,
            f"/speakers/{speaker.pk}/",
        ),
    }
    set_back(1)
    with context(user=world.bob.pk):
        unmerge(one)
        Claim.objects.filter(pk=one.pk).update(statement="That some dye was poured")
        Speaker.objects.filter(pk=other.pk).update(name="The Reed Society")
        Speaker.objects.filter(pk=other.pk).update(version=9)
    told = sorted(what for _, what, _ in lines(world))
    assert told == [
        "changed a speaker",
        "renamed a speaker",
        "reworded a claim",
        "took a merged claim apart again",
    ]


def test_shares_and_withdrawals_are_told(world: Affair) -> None:
    for of in (world.project, world.article, world.alleged):
        world.share(of)
    withdraw(world.subject(world.later), world.alice, "Not ours.")
    assert lines(world) == [
        ("Alicia Quern", "withdrew from public view", "The yard answers"),
        ("Alicia Quern", "shared", "Dye in the river"),
        ("Alicia Quern", "shared", "Dye in the river"),
        ("Alicia Quern", "shared", "Tannery"),
    ]


def test_what_no_person_did_is_no_persons(world: Affair) -> None:
    with context(user=world.bob.pk):
        edit(world.quoted.pk, 2, fields_of(world.quoted, cue="said"), world.bob)
    world.bob.delete()
    what = ("edited a passage", "Dye in the river")
    assert lines(world, world.alice) == [("former member", *what)]
    changes: Any = Annotation
    changes.pgh_event_model.objects.update(pgh_context=None)
    assert lines(world, world.alice) == [("a command", *what)]


def test_each_event_is_on_one_page_whatever_its_moment(
    world: Affair, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = timezone.now()
    for number in range(5):
        words = f"{number} swans were seen, said Ida Fenn."
        make_mark(world.project, make_article(world.project, words), words, by=world.bob)
    Annotation.objects.update(created_at=moment)
    ProjectArticle.objects.update(added_at=moment)
    set_back(0)
    whole = activity.events(world.project, 1000)
    assert len(whole) > 20
    monkeypatch.setattr(activity, "PAGE", 3)
    place, pages = "", 0
    found: list[object] = []
    while pages < 100:
        page = activity_page(world.seat(world.bob), place)
        after = activity.Place.parse(place)
        found += activity.events(world.project, 3, after)
        assert page.is_first == (not place)
        pages, place = pages + 1, page.older
        if not place:
            break
    assert found == whole


@pytest.mark.parametrize(
    "place",
    ["", "x", "2024-01-01T00:00:00 m 1", "2024-01-01T00:00:00+00:00 e x", "1 2 3 4",
     "2024-01-01T00:00:00+00:00 m 12", "2024-01-01T00:00:00 e 1", "2024-01-01T00:00:00+00:00 z 1"],
)  # fmt: skip
def test_other_addresses_begin_at_the_newest(world: Affair, place: str) -> None:
    assert activity_page(world.seat(world.bob), place).is_first


def test_passages_of_a_day_read_in_part_are_not_counted(
    world: Affair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activity, "GLANCE", 3)
    assert {what for _, what, _ in lines(world)} == {"worked on passages"}
    assert {what for _, what, _ in lines(world, AnonymousUser())} == {"Passages marked"}
    monkeypatch.setattr(activity, "GLANCE", 6)  # the articles' day is read in part
    days = days_of(world, AnonymousUser())
    assert len(days) == 1 and "4 passages marked" in {one.what for one in days[0].lines}


def test_other_projects_are_left_out(world: Affair) -> None:
    other = Project.objects.create(slug="other", name="Other")
    article = make_article(other, "Swans were seen, said Ida Fenn.")
    make_mark(other, article, "Swans were seen", by=world.alice)
    titles = {one.title for one in activity.events(world.project, 1000)}
    assert article.title not in titles
