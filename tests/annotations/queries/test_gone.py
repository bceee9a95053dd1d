"""Denials that readers saw beside an allegation, and see there no longer."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from annotations.answers import Left
from annotations.models import Annotation, Claim
from annotations.queries.answers import accusations
from annotations.queries.gone import is_seen_denial
from annotations.queries.passages import passages
from annotations.services import sharing
from annotations.services.claims import LinkTo
from annotations.services.marking import delete, restore
from annotations.services.withdrawals import lift, withdraw
from tests.annotations.affair import CLAIM, DENIED, Affair, affair
from tests.annotations.missing import SHOWING, missing, save
from tests.factories import make_mark

# The history says when a transaction began: what happens in two is told apart.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> Affair:
    return affair(visibility="public")


@pytest.fixture
def private() -> Affair:
    return affair()


def test_nothing_is_missing_where_everything_is_shown(world: Affair) -> None:
    assert missing(world) == []


def test_a_deleted_denial_is_told_of_with_its_days_and_the_reason(world: Affair) -> None:
    recorded = timezone.now() - timedelta(days=9)
    Annotation.objects.filter(pk=world.denied.pk).update(created_at=recorded)
    delete(world.denied.pk, reason="  Not his\nwords. ")
    wanted = passages(Annotation.objects.filter(pk=world.alleged.pk))
    for public in (True, False):
        (accusation,) = accusations(world.project, wanted, public=public)
        (gone,) = accusation.missing
        assert (gone.how, gone.reason) == (Left.DELETED, "Not his words.")
        assert (gone.recorded_on, gone.on) == (localdate(recorded), localdate())


def test_bringing_it_back_takes_the_sentence_away(world: Affair) -> None:
    delete(world.denied.pk, reason="Not his words.")
    assert restore(world.denied.pk).deleted_reason == ""
    assert missing(world) == []


def test_a_denial_whose_link_was_taken_away(world: Affair) -> None:
    save(world.denied, speakers=["Odo Fenn"], links=[])
    assert missing(world) == [(Left.UNLINKED, "")]
    save(world.denied, speakers=["Odo Fenn"], links=[LinkTo(CLAIM)])
    assert missing(world) == []


@pytest.mark.parametrize("links", [[LinkTo(CLAIM)], []])
def test_a_denial_that_became_something_else(world: Affair, links: list[LinkTo]) -> None:
    save(world.denied, kind="quote", speakers=["Odo Fenn"], links=links)
    assert missing(world) == [(Left.CHANGED if links else Left.UNLINKED, "")]
    save(world.denied, kind="denial", speakers=["Odo Fenn"], links=[LinkTo(CLAIM)])
    assert missing(world) == []


def test_what_never_was_a_linked_denial_is_none(world: Affair) -> None:
    save(world.quoted, links=[LinkTo(CLAIM)])
    save(world.quoted, links=[])
    save(world.apart, kind="allegation", links=[LinkTo(CLAIM)])
    delete(world.quoted.pk)
    assert missing(world) == []


def test_a_withdrawn_one_is_missing_for_readers_only(world: Affair) -> None:
    withdrawal = withdraw(world.subject(world.denied), world.alice, "A mistake.")
    assert missing(world) == [(Left.WITHDRAWN, "A mistake.")]
    assert missing(world, public=False) == []
    lift(withdrawal)
    assert missing(world) == []


@pytest.mark.parametrize("text_only", [False, True])
def test_so_is_one_whose_page_is_withdrawn(world: Affair, text_only: bool) -> None:
    withdraw(world.subject(world.later), world.alice, "A court said so.", text_only=text_only)
    assert missing(world) == [(Left.WITHDRAWN, "A court said so.")]


def test_an_accusers_own_denial_is_never_told_of(world: Affair) -> None:
    save(world.denied, speakers=["Reed Society"], links=[LinkTo(CLAIM)])
    delete(world.denied.pk, reason="Twice.")
    assert missing(world) == []


def test_one_that_answers_the_allegation_in_another_way_is_not_missing(world: Affair) -> None:
    other = "That the tannery lied"
    save(world.alleged, speakers=["Reed Society"], links=[LinkTo(CLAIM), LinkTo(other)])
    save(world.denied, speakers=["Odo Fenn"], links=[LinkTo(CLAIM), LinkTo(other)])
    save(world.denied, speakers=["Odo Fenn"], links=[LinkTo(other)])
    assert missing(world) == []
    save(world.denied, speakers=["Odo Fenn"], links=[])
    assert missing(world) == [(Left.UNLINKED, "")]


def test_nor_is_one_whose_claim_was_merged(world: Affair) -> None:
    save(world.denied, speakers=["Odo Fenn"], links=[LinkTo("That dye was poured")])
    Claim.objects.filter(statement="That dye was poured").update(
        canonical=Claim.objects.get(statement=CLAIM)
    )
    assert missing(world) == []


def test_what_only_members_saw_is_not_told(private: Affair) -> None:
    assert not is_seen_denial(private.denied.pk)
    delete(private.denied.pk)
    private.share(private.alleged)
    assert missing(private) == []


@pytest.mark.parametrize("number", range(len(SHOWING)))
def test_what_any_link_showed_is_told(private: Affair, number: int) -> None:
    assert not is_seen_denial(private.denied.pk)
    SHOWING[number](private)
    assert is_seen_denial(private.denied.pk)
    save(private.denied, speakers=["Odo Fenn"], links=[])
    assert missing(private) == [(Left.UNLINKED, "")]


def test_a_link_to_something_else_shows_nothing_of_it(private: Affair) -> None:
    private.share(private.unanswered)
    assert not is_seen_denial(private.denied.pk)


def test_a_link_that_ended_before_it_was_marked_never_showed_it(private: Affair) -> None:
    sharing.revoke(private.share(private.project))
    late = make_mark(private.project, private.later, DENIED, "denial", claims=[CLAIM])
    assert is_seen_denial(private.denied.pk) and not is_seen_denial(late.pk)
