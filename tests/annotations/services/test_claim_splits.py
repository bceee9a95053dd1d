"""Splitting claims, and merging what was split off back."""

import pytest

from annotations.models import Annotation, Claim, ClaimLink
from annotations.pages.history import history_page
from annotations.services.claim_edits import StatedAlready
from annotations.services.claim_merges import merge_claims
from annotations.services.claim_splits import split
from annotations.services.claims import LinkTo
from annotations.services.editing import edit
from annotations.services.merging import unmerge
from reader.models import Project
from reader.services.errors import Refused
from tests.annotations.claims import BURNED, LEAKED, SPILLED, Claims, some_claims
from tests.factories import fields_of

pytestmark = pytest.mark.django_db

OTHER = "That something leaked"


@pytest.fixture
def world() -> Claims:
    return some_claims()


def test_passages_move_and_come_back(world: Claims) -> None:
    before = Project.objects.get(pk=world.project.pk).version
    new = split(world.leaked, [world.denied.pk], OTHER, world.bob)
    assert (new.statement, new.created_by) == (OTHER, world.bob)
    assert world.linked(new) == {world.denied.pk}
    assert world.linked(world.leaked) == {world.alleged.pk}
    assert Project.objects.get(pk=world.project.pk).version > before
    denied = Annotation.objects.get(pk=world.denied.pk)
    assert denied.version == world.denied.version + 1
    newest = history_page(denied).changes[0]
    assert {(one.before, one.after) for one in newest.lines} >= {(LEAKED, ""), ("", OTHER)}

    merge_claims(new, world.leaked)
    assert world.linked(world.leaked) == {world.alleged.pk, world.denied.pk}
    assert world.counted(world.leaked) == (1, 1)


def test_a_denial_of_both_is_counted_once_when_merged_back(world: Claims) -> None:
    new = split(
        world.leaked, [world.alleged.pk], OTHER, world.bob, also_answered_by=[world.denied.pk]
    )
    assert world.linked(new) == {world.alleged.pk, world.denied.pk}
    assert (world.counted(new), world.counted(world.leaked)) == ((1, 1), (0, 1))
    assert Annotation.objects.get(pk=world.denied.pk).version == world.denied.version + 1
    merge_claims(new, world.leaked)
    assert world.counted(world.leaked) == (1, 1)


def test_what_goes_does_not_stay_as_well(world: Claims) -> None:
    denied = [world.denied.pk]
    new = split(world.leaked, denied, OTHER, world.bob, also_answered_by=denied)
    assert world.linked(new) == set(denied) and world.linked(world.leaked) == {world.alleged.pk}


def test_only_what_is_there_answers_both(world: Claims) -> None:
    with pytest.raises(Refused) as refused:
        split(world.leaked, [world.alleged.pk], OTHER, world.bob, also_answered_by=[world.again.pk])
    assert refused.value.field == "passages"


def test_what_a_link_says_goes_along(world: Claims) -> None:
    said = fields_of(
        world.denied,
        speakers=["Bo Lind"],
        links=[LinkTo(LEAKED, scope="part", part="the oil", unsure=True)],
    )
    edit(world.denied.pk, world.denied.version, said, world.bob)
    new = split(world.leaked, [world.denied.pk], OTHER, world.bob)
    link = ClaimLink.objects.get(claim=new)
    assert (link.scope, link.part, link.unsure) == ("part", "the oil", True)


def test_merged_claims_are_split_as_they_are_read(world: Claims) -> None:
    both = fields_of(world.again, speakers=["Cy"], links=[LinkTo(LEAKED), LinkTo(SPILLED)])
    edit(world.again.pk, world.again.version, both, world.bob)
    merge_claims(world.spilled, world.leaked)
    assert world.counted(world.leaked) == (2, 1)
    new = split(world.leaked, [world.again.pk], OTHER, world.bob)
    assert world.linked(new) == {world.again.pk}
    assert world.linked(world.leaked) == {world.alleged.pk, world.denied.pk}
    unmerge(world.spilled)
    assert world.linked(world.spilled) == set()


@pytest.mark.parametrize(
    ("names", "statement", "field"),
    [
        ([], OTHER, "passages"),
        (["alleged", "denied"], OTHER, "passages"),
        (["again"], OTHER, "passages"),
        (["denied"], " ", "statement"),
        (["denied"], "x" * 501, "statement"),
    ],
)
def test_what_is_no_split_is_refused(
    world: Claims, names: list[str], statement: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        split(world.leaked, [getattr(world, one).pk for one in names], statement, world.bob)
    assert refused.value.field == field
    assert Claim.objects.count() == 3 and world.counted(world.leaked) == (1, 1)


def test_a_statement_that_is_there_is_refused(world: Claims) -> None:
    with pytest.raises(StatedAlready) as already:
        split(world.leaked, [world.denied.pk], BURNED.lower(), world.bob)
    assert already.value.other == world.burned
