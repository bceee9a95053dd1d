"""Which earlier statements of a claim readers are told of: those that they could see."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotations.models import Annotation, Claim, ClaimLink, Share, Withdrawal
from annotations.queries.claim_history import earlier_statements, merged_into
from annotations.services import sharing
from annotations.services.claim_edits import restate
from annotations.services.claim_merges import merge_claims
from annotations.services.claim_splits import split
from annotations.services.marking import delete, restore
from annotations.services.merging import unmerge
from annotations.services.withdrawals import lift, withdraw
from annotations.subjects import Subject
from reader.access import seat_in
from reader.models import Visibility
from tests.annotations.claims import LEAKED, Claims, some_claims
from tests.annotations.past import since_yesterday

# The history says when a transaction began: what happens in two is told apart.
pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "That the foreman Joe Secret leaked oil"


@pytest.fixture
def world() -> Claims:
    found = some_claims(visibility="public")
    since_yesterday()
    return found


@pytest.fixture
def private() -> Claims:
    found = some_claims()
    since_yesterday()
    return found


def state(world: Claims, statement: str) -> None:
    claim = Claim.objects.get(pk=world.leaked.pk)
    restate(claim, statement, claim.version)


def told(world: Claims, *, public: bool = True) -> list[str]:
    claim = Claim.objects.get(pk=world.leaked.pk)
    return [one.statement for one in earlier_statements(claim, public=public)]


def test_what_stood_in_public_is_told_and_what_was_being_worded_is_not(world: Claims) -> None:
    for statement in (SECRET, "That oil leaked"):
        state(world, statement)
    assert told(world) == [LEAKED]
    assert told(world, public=False) == [SECRET, LEAKED]


def test_what_is_split_off_and_merged_back_at_once_was_never_stated(world: Claims) -> None:
    new = split(world.leaked, [world.denied.pk], SECRET, world.bob)
    merge_claims(new, world.leaked)
    assert merged_into(world.leaked, public=True) == []
    assert [one.statement for one in merged_into(world.leaked, public=False)] == [SECRET]

    unmerge(new)
    Claim.objects.filter(pk=new.pk).update(created_at=timezone.now() - timedelta(minutes=11))
    merge_claims(new, world.leaked)
    assert [one.statement for one in merged_into(world.leaked, public=True)] == [SECRET]


def test_nothing_from_before_the_project_was_public(private: Claims) -> None:
    state(private, SECRET)
    since_yesterday()
    state(private, LEAKED)
    private.project.visibility = Visibility.PUBLIC
    private.project.save()
    assert told(private) == []
    assert "Joe Secret" not in Client().get(f"/claims/{private.leaked.pk}/").content.decode()
    assert told(private, public=False) == [SECRET, LEAKED]


def test_nothing_from_before_a_link_was_made(private: Claims) -> None:
    state(private, SECRET)
    since_yesterday()
    state(private, LEAKED)
    seat = seat_in(private.alice, private.project)
    share = sharing.share(Subject(seat, claim=private.leaked), private.alice)
    assert "Joe Secret" not in Client().get(f"/share/{share.code}/").content.decode()
    Share.objects.update(created_at=timezone.now() - timedelta(hours=1))
    state(private, "That oil leaked")
    since_yesterday()
    assert told(private) == []
    state(private, SECRET)
    assert told(private) == ["That oil leaked"]


def test_nothing_that_changed_while_readers_did_not_see_the_claim(world: Claims) -> None:
    ClaimLink.objects.filter(claim=world.leaked).exclude(annotation=world.alleged).delete()
    seat = seat_in(world.alice, world.project)
    withdrawal = withdraw(
        Subject(seat, world.alleged.article, world.alleged), world.alice, "Names somebody."
    )
    state(world, "That oil leaked")
    assert told(world) == []
    lift(Withdrawal.objects.get(pk=withdrawal.pk))
    assert told(world) == []


def test_nor_while_what_says_it_was_deleted_or_not_linked(world: Claims) -> None:
    ClaimLink.objects.filter(claim=world.leaked).exclude(annotation=world.alleged).delete()
    delete(world.alleged.pk, reason="A mistake.")
    state(world, "That oil leaked")
    restore(world.alleged.pk)
    assert told(world) == []
    link = ClaimLink.objects.get(annotation=world.alleged)
    Annotation.pgh_event_model.objects.all().delete()
    assert told(world) == [LEAKED]
    link.delete()
    ClaimLink.objects.create(annotation=world.alleged, claim=world.leaked)
    assert told(world) == []
