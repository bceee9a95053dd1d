"""Denials that readers saw beside an allegation, and see there no longer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from annotations.answers import Left
from annotations.ledger import Account
from annotations.models import Annotation, Claim, ClaimLink, Share
from annotations.queries.answers import accusations
from annotations.queries.gone import is_seen_denial
from annotations.queries.ledger import Asked, accounts, listing
from annotations.queries.passages import passages
from annotations.services import sharing
from annotations.services.claim_merges import merge_claims
from annotations.services.claim_splits import split
from annotations.services.claims import LinkTo
from annotations.services.editing import edit
from annotations.services.erased_history import history_of
from annotations.services.marking import delete, restore
from annotations.services.merging import unmerge
from annotations.services.withdrawals import lift, withdraw
from reader.models import Project
from tests.annotations.affair import CLAIM, DENIED, Affair, affair
from tests.factories import fields_of, make_mark

# The history says when a transaction began: what happens in two is told apart.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> Affair:
    return affair(visibility="public")


@pytest.fixture
def private() -> Affair:
    return affair()


def missing(world: Affair, allegation: Annotation | None = None, *, public: bool = True):
    wanted = passages(Annotation.objects.filter(pk=(allegation or world.alleged).pk))
    (accusation,) = accusations(world.project, wanted, public=public)
    return [(one.how, one.reason) for one in accusation.missing]


def save(denial: Annotation, **changes: object) -> None:
    current = Annotation.objects.get(pk=denial.pk)
    edit(current.pk, current.version, fields_of(current, **changes), None)


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


SHOWING: list[Callable[[Affair], object]] = [
    lambda world: world.share(world.project),
    lambda world: world.share(world.denied),
    lambda world: world.share(world.later),
    # Denials go where the allegations of their claim go.
    lambda world: world.share(world.alleged),
    lambda world: world.share(world.article),
    lambda world: Share.objects.create(
        claim=Claim.objects.get(statement=CLAIM), created_by=world.alice
    ),
    lambda world: Share.objects.create(
        speaker=world.denied.attributions.get().speaker, created_by=world.alice
    ),
]


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
