"""Denials that readers saw beside an allegation, and that are the accuser's own since."""

import pytest
from django.test import Client
from django.utils.timezone import localdate

from annotations.answers import Left
from annotations.models import Annotation, Speaker
from annotations.queries.answers import accusations
from annotations.queries.ledger import accounts
from annotations.queries.passages import passages
from annotations.services.claims import LinkTo
from annotations.services.editing import edit
from annotations.services.marking import delete
from annotations.services.merging import merge, unmerge
from tests.annotations.claims import LEAKED, Claims, some_claims
from tests.annotations.past import since_yesterday
from tests.factories import fields_of, make_mark

# The history says when a transaction began: what happens in two is told apart.
pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "does not answer this since"


@pytest.fixture
def world() -> Claims:
    """Ida's allegation and Bo Lind's denial, which readers saw yesterday."""
    found = some_claims(visibility="public")
    since_yesterday()
    return found


def save(passage: Annotation, *speakers: str, **changes: object) -> None:
    current = Annotation.objects.get(pk=passage.pk)
    changes.setdefault("links", [LinkTo(LEAKED)])
    fields = fields_of(current, speakers=list(speakers), **changes)
    edit(current.pk, current.version, fields, None)


def named(name: str) -> Speaker:
    return Speaker.objects.get(name=name)


def missing(world: Claims) -> list[Left]:
    """What is told at the allegation, which is what the ledger tells, where nobody else denies."""
    wanted = passages(Annotation.objects.filter(pk=world.alleged.pk))
    (accusation,) = accusations(world.project, wanted, public=True)
    (account,) = accounts(world.project, [world.leaked.pk], public=True)
    told = [one.how for one in accusation.missing]
    assert account.denials or [one.how for one in account.gone] == told
    assert account.is_unanswered == (not account.denials and not told)
    return told


def test_a_denial_that_was_said_to_be_the_accusers(world: Claims) -> None:
    save(world.denied, "Ida")
    assert missing(world) == [Left.TURNED]
    for path in ("/projects/works/ledger/", f"/claims/{world.leaked.pk}/"):
        page = Client().get(path).content.decode()
        assert WORDS in page
    assert "No denial recorded" not in page
    save(world.denied, "Bo Lind")
    assert missing(world) == []


@pytest.mark.parametrize("who", [["Bo Lind"], ["Ida", "Bo Lind"]])
def test_an_allegation_that_was_said_to_be_the_deniers(world: Claims, who: list[str]) -> None:
    save(world.alleged, *who)
    assert missing(world) == [Left.TURNED]


@pytest.mark.parametrize("names", [("Bo Lind", "Ida"), ("Ida", "Bo Lind")])
def test_speakers_that_were_merged(world: Claims, names: tuple[str, str]) -> None:
    one, into = map(named, names)
    merge(one, into)
    assert missing(world) == [Left.TURNED]
    unmerge(named(names[0]))
    assert missing(world) == []


def test_deleted_before_or_after_it_is_told_of(world: Claims) -> None:
    delete(world.denied.pk, reason="Not his words.")
    merge(named("Bo Lind"), named("Ida"))
    assert missing(world) == [Left.DELETED]


def test_deleted_after(world: Claims) -> None:
    save(world.denied, "Ida")
    delete(world.denied.pk, reason="Hers.")
    assert missing(world) == [Left.TURNED]


def test_it_is_told_where_it_answers_somebody_else_only(world: Claims) -> None:
    make_mark(
        world.project, world.second, "Oil", "allegation", speakers=["Cy Fell"], claims=[LEAKED]
    )
    save(world.denied, "Ida")
    assert missing(world) == [Left.TURNED]
    (account,) = accounts(world.project, [world.leaked.pk], public=True)
    assert (account.denials, account.gone) == (1, ())


def test_what_was_the_accusers_own_from_the_beginning_is_not_told(world: Claims) -> None:
    own = make_mark(world.project, world.first, "Nothing", "denial")
    save(own, "Ida")
    save(world.denied, "Bo Lind", "Cy Fell")
    assert missing(world) == []


def test_what_was_a_quote_until_then_is_not_told(world: Claims) -> None:
    quoted = make_mark(world.project, world.second, "burned", speakers=["Bo Lind"], claims=[LEAKED])
    since_yesterday()
    save(quoted, "Ida", kind="denial")
    assert missing(world) == []


def test_what_only_members_saw_is_not_told() -> None:
    private = some_claims()
    since_yesterday()
    save(private.denied, "Ida")
    assert missing(private) == []


def test_what_was_put_right_while_marking_is_not_told() -> None:
    new = some_claims(visibility="public")
    save(new.denied, "Ida")
    assert missing(new) == []


def test_the_day_is_that_of_the_correction(world: Claims) -> None:
    merge(named("Bo Lind"), named("Ida"))
    (account,) = accounts(world.project, [world.leaked.pk], public=True)
    (gone,) = account.gone
    assert (gone.on, gone.beside) == (localdate(), None)
