"""Wording claims anew, and tying broader and narrower ones."""

import pytest

from annotations.models import Claim
from annotations.queries.claim_kin import above, ties
from annotations.services import claim_edits
from annotations.services.claim_edits import (
    StatedAlready,
    restate,
    set_broader,
)
from annotations.services.claim_merges import merge_claims
from annotations.services.merging import unmerge
from reader.models import Project
from reader.services.errors import Conflict, Refused
from tests.annotations.claims import SPILLED, Claims, some_claims
from tests.factories import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Claims:
    return some_claims()


def version() -> int:
    return Project.objects.get(slug="works").version


def test_a_new_statement_keeps_the_old_one(world: Claims) -> None:
    before = version()
    restate(world.leaked, " That oil  leaked ", 1)
    world.leaked.refresh_from_db()
    assert (world.leaked.statement, world.leaked.version) == ("That oil leaked", 2)
    events = Claim.pgh_event_model.objects.filter(pgh_obj=world.leaked)
    assert events.get().statement.startswith("That the works")
    assert version() > before
    restate(world.leaked, "That oil leaked", 2)
    assert events.count() == 1


def test_what_is_no_statement_is_refused(world: Claims) -> None:
    for statement in ("", "x" * 501):
        with pytest.raises(Refused) as refused:
            restate(world.leaked, statement, 1)
        assert refused.value.field == "statement"
    with pytest.raises(StatedAlready) as already:
        restate(world.leaked, SPILLED.upper(), 1)
    assert already.value.other == world.spilled
    restate(world.leaked, world.leaked.statement.upper(), 1)


def test_the_second_of_two_is_told(world: Claims) -> None:
    restate(world.leaked, "That oil leaked", 1)
    with pytest.raises(Conflict) as meanwhile:
        restate(world.leaked, "That it leaked", 1)
    assert meanwhile.value.current.statement == "That oil leaked"


def test_a_claim_is_part_of_a_broader_one_until_it_is_not(world: Claims) -> None:
    before = version()
    assert set_broader(world.spilled, world.leaked) is None
    assert above(world.spilled) == {world.leaked.pk}
    assert version() > before
    assert set_broader(world.spilled, None) == world.leaked
    assert above(world.spilled) == set()


def test_no_ring_and_nothing_of_others(world: Claims) -> None:
    set_broader(world.spilled, world.leaked)
    set_broader(world.leaked, world.burned)
    elsewhere = Claim.objects.create(project=make_project("other"), statement="That it leaked")
    for one, broader in (
        (world.burned, world.burned),
        (world.leaked, world.spilled),
        (world.burned, world.spilled),
        (world.burned, elsewhere),
    ):
        with pytest.raises(Refused) as refused:
            set_broader(one, broader)
        assert refused.value.field == "broader"
    assert above(world.spilled) == {world.leaked.pk, world.burned.pk}


def test_broader_claims_are_not_merged_with_their_parts(world: Claims) -> None:
    set_broader(world.spilled, world.leaked)
    set_broader(world.leaked, world.burned)
    for one, into in ((world.spilled, world.burned), (world.burned, world.spilled)):
        with pytest.raises(Refused):
            merge_claims(one, into)


def test_taking_apart_makes_no_ring_either(world: Claims) -> None:
    further = Claim.objects.create(project=world.project, statement="That it happened")
    set_broader(world.leaked, world.burned)
    set_broader(further, world.leaked)
    merge_claims(world.leaked, world.spilled)
    assert above(further) == {world.spilled.pk, world.burned.pk}
    with pytest.raises(Refused):
        set_broader(world.burned, further)
    unmerge(world.leaked)
    assert above(further) == {world.leaked.pk, world.burned.pk}


def test_ties_are_read_as_claims_are(world: Claims) -> None:
    set_broader(world.leaked, world.burned)
    merge_claims(world.leaked, world.spilled)
    (tie,) = ties([world.spilled.pk])
    assert (tie.narrower, tie.broader, tie.said_of) == (
        world.spilled.pk,
        world.burned.pk,
        world.leaked.pk,
    )
    assert ties([world.burned.pk]) == [tie]


def test_a_statement_that_somebody_is_just_making_is_taken(world: Claims, monkeypatch) -> None:
    """Marking a passage states a claim without waiting for who words another one anew."""
    checked = claim_edits.new_statement

    def late(project: Project, statement: str, claim: Claim) -> str:
        found = checked(project, statement, claim)
        Claim.objects.create(project=project, statement=found)
        return found

    monkeypatch.setattr(claim_edits, "new_statement", late)
    with pytest.raises(StatedAlready):
        restate(world.leaked, "That it burst", world.leaked.version)
