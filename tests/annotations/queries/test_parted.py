"""Denials that an allegation stood beside, until one of the two went to another claim."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from annotations.answers import Left
from annotations.ledger import Account
from annotations.models import Annotation, Claim, ClaimLink
from annotations.queries.answers import accusations
from annotations.queries.ledger import Asked, accounts, listing
from annotations.queries.passages import passages
from annotations.services import sharing
from annotations.services.claim_merges import merge_claims
from annotations.services.claim_splits import split
from annotations.services.claims import LinkTo
from annotations.services.erased_history import history_of
from annotations.services.marking import delete
from annotations.services.merging import unmerge
from reader.models import Project
from tests.annotations.affair import CLAIM, Affair, affair
from tests.annotations.missing import SHOWING, missing, save

# The history says when a transaction began: what happens in two is told apart.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> Affair:
    return affair(visibility="public")


@pytest.fixture
def private() -> Affair:
    return affair()


OTHER = "That the tannery killed the fish"
PARTED = [(Left.PARTED, "")]


@pytest.fixture
def seen(world: Affair) -> Affair:
    """It was recorded, and linked, days ago."""
    return aged(world)


def aged(world: Affair) -> Affair:
    before = timezone.now() - timedelta(days=9)
    Annotation.objects.update(created_at=before)
    history_of(ClaimLink).update(pgh_created_at=before)
    return world


def relink(allegation: Annotation, *claims: str) -> None:
    links = [LinkTo(claim) for claim in claims]
    save(allegation, speakers=["Reed Society"], targets=["The tannery"], links=links)


def claim(statement: str = CLAIM) -> Claim:
    return Claim.objects.get(statement=statement)


@pytest.mark.parametrize("to", [[], [OTHER]])
def test_an_allegation_that_went_to_another_claim(seen: Affair, to: list[str]) -> None:
    relink(seen.alleged, *to)
    wanted = passages(Annotation.objects.filter(pk=seen.alleged.pk))
    (accusation,) = accusations(seen.project, wanted, public=True)
    (gone,) = accusation.missing
    assert (gone.how, gone.id, gone.beside) == (Left.PARTED, seen.denied.pk, seen.alleged.pk)
    assert (gone.recorded_on, gone.on) == (localdate() - timedelta(days=9), localdate())
    assert gone.claim_id == (claim(OTHER).pk if to else None)
    assert missing(seen, public=False) == PARTED
    relink(seen.alleged, CLAIM)
    assert missing(seen) == []


def test_only_the_allegation_that_it_stood_beside_is_told_of(seen: Affair) -> None:
    save(seen.unanswered, speakers=["A clerk"], links=[LinkTo(OTHER)])
    relink(seen.alleged, OTHER)
    assert missing(seen) == PARTED and missing(seen, seen.unanswered) == []


def test_it_is_told_however_often_the_allegation_moves(seen: Affair) -> None:
    relink(seen.alleged, OTHER)
    relink(seen.alleged, "That something leaked")
    relink(seen.alleged)
    assert missing(seen) == PARTED


def test_a_denial_that_goes_along_is_not_missing(seen: Affair) -> None:
    relink(seen.alleged, OTHER)
    save(seen.denied, speakers=["Odo Fenn"], links=[LinkTo(OTHER)])
    assert missing(seen) == []


def test_a_split_and_merging_back(seen: Affair) -> None:
    new = split(claim(), [seen.alleged.pk], OTHER, seen.bob)
    assert missing(seen) == PARTED
    merge_claims(new, claim())
    assert missing(seen) == []


def test_a_split_that_links_the_denial_too_leaves_none_behind(seen: Affair) -> None:
    split(claim(), [seen.alleged.pk], OTHER, seen.bob, also_answered_by=[seen.denied.pk])
    assert missing(seen) == []


@pytest.mark.parametrize("who", ["alleged", "denied"])
def test_a_merge_taken_apart(world: Affair, who: str) -> None:
    relink(world.alleged, OTHER if who == "alleged" else CLAIM)
    save(world.denied, speakers=["Odo Fenn"], links=[LinkTo(CLAIM if who == "alleged" else OTHER)])
    aged(world)
    assert missing(world) == []
    other = merge_claims(claim(OTHER), claim())
    assert missing(world) == []
    unmerge(other)
    assert missing(world) == PARTED
    merge_claims(claim(), other)
    assert missing(world) == []


def test_other_merges_taken_apart_part_nothing(seen: Affair) -> None:
    other = Claim.objects.create(project=seen.project, statement=OTHER)
    merge_claims(other, claim())
    unmerge(other)
    assert missing(seen) == []


def test_claims_that_became_one_later_never_had_both(seen: Affair) -> None:
    relink(seen.unanswered, OTHER)
    relink(seen.unanswered)
    merge_claims(claim(OTHER), claim())
    assert missing(seen, seen.unanswered) == []


def test_what_was_deleted_before_the_allegation_went(seen: Affair) -> None:
    delete(seen.denied.pk, reason="Not his words.")
    relink(seen.alleged, OTHER)
    assert missing(seen) == [(Left.DELETED, "Not his words.")]


def test_what_was_no_denial_any_more_before_the_allegation_went(seen: Affair) -> None:
    save(seen.denied, kind="quote", speakers=["Odo Fenn"], links=[LinkTo(CLAIM)])
    relink(seen.alleged, OTHER)
    assert missing(seen) == PARTED


def test_what_never_was_allegation_and_denial_is_not_parted(seen: Affair) -> None:
    save(seen.quoted, speakers=["Ilse Marr"], links=[LinkTo(CLAIM)])
    save(seen.quoted, kind="allegation", speakers=["Ilse Marr"], links=[LinkTo(OTHER)])
    save(seen.unanswered, speakers=["A clerk"], links=[LinkTo(CLAIM)])
    save(seen.unanswered, kind="denial", speakers=["A clerk"], links=[])
    relink(seen.alleged, OTHER)
    assert missing(seen, seen.quoted) == []
    assert missing(seen) == PARTED


def test_nor_is_an_accusers_own_denial(seen: Affair) -> None:
    save(seen.denied, speakers=["Reed Society"], links=[LinkTo(CLAIM)])
    relink(seen.alleged, OTHER)
    assert missing(seen) == []


def test_a_link_that_was_put_right_while_marking_is_not_told(world: Affair) -> None:
    Annotation.objects.filter(pk=world.denied.pk).update(
        created_at=timezone.now() - timedelta(days=9)
    )
    relink(world.alleged, OTHER)
    assert missing(world) == []


@pytest.mark.parametrize("number", range(len(SHOWING)))
def test_what_any_link_showed_is_told_when_they_part(private: Affair, number: int) -> None:
    aged(private)
    SHOWING[number](private)
    relink(private.alleged, OTHER)
    assert missing(private) == PARTED


def test_what_only_members_saw_together_is_not_told(private: Affair) -> None:
    sharing.revoke(private.share(private.alleged))
    save(private.denied, speakers=["Odo Fenn"], links=[])
    aged(private)
    save(private.denied, speakers=["Odo Fenn"], links=[LinkTo(CLAIM)])
    relink(private.alleged, OTHER)
    private.share(private.project)
    assert missing(private) == []


def test_a_claim_that_it_had_all_along_was_never_denied(world: Affair) -> None:
    relink(world.alleged, CLAIM, OTHER)
    aged(world)
    relink(world.alleged, OTHER, "That something leaked")
    wanted = passages(Annotation.objects.filter(pk=world.alleged.pk))
    (accusation,) = accusations(world.project, wanted, public=True)
    assert [one.claim_id for one in accusation.gone] == [claim("That something leaked").pk]
    told = {one.statement: len(one.gone) for one in ledger(world.project)}
    assert told == {CLAIM: 0, OTHER: 0, "That something leaked": 1}


def ledger(project: Project) -> list[Account]:
    return accounts(project, listing(project, Asked(), public=True).ids, public=True)
