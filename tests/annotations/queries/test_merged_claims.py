"""Merged claims as they are read: what was said of each is counted once, and nothing is lost."""

from datetime import date

import pytest

from annotations.models import Annotation, ClaimLink, Sought
from annotations.queries.ledger import Asked, accounts, listing
from annotations.queries.passages import passages
from annotations.services.claim_merges import merge_claims
from annotations.services.claims import LinkTo
from annotations.services.editing import edit
from annotations.services.merging import unmerge
from annotations.services.reply_sought import reply_sought, set_reply_sought
from tests.annotations.claims import LEAKED, SPILLED, Claims, some_claims
from tests.factories import fields_of

pytestmark = pytest.mark.django_db

DAY = date(2024, 6, 1)


@pytest.fixture
def world() -> Claims:
    return some_claims()


def said(world: Claims, *links: LinkTo) -> None:
    now = Annotation.objects.get(pk=world.again.pk)
    edit(now.pk, now.version, fields_of(now, speakers=["Cy Fell"], links=links), world.bob)


def read(world: Claims) -> list[tuple[str, str, bool]]:
    (passage,) = passages(Annotation.objects.filter(pk=world.again.pk))
    return [(one.statement, one.scope, one.unsure) for one in passage.links]


@pytest.mark.parametrize("in_order", [False, True])
def test_a_passage_of_both_counts_once_and_says_what_it_says_of_the_one_shown(
    world: Claims, in_order: bool
) -> None:
    links = [LinkTo(SPILLED, scope="part", unsure=True), LinkTo(LEAKED)]
    said(world)
    said(world, *(links if in_order else links[::-1]))
    merge_claims(world.spilled, world.leaked)
    assert world.counted(world.leaked) == (2, 1)
    assert read(world) == [(LEAKED, "whole", False)]
    unmerge(world.spilled)
    merge_claims(world.leaked, world.spilled)
    assert world.counted(world.spilled) == (2, 1)
    assert read(world) == [(SPILLED, "part", True)]


def test_an_edit_of_a_passage_of_both_loses_neither(world: Claims) -> None:
    said(world, LinkTo(SPILLED, unsure=True), LinkTo(LEAKED))
    merge_claims(world.spilled, world.leaked)
    said(world, LinkTo(LEAKED, scope="part"))
    assert read(world) == [(LEAKED, "part", False)]
    unmerge(world.spilled)
    assert set(read(world)) == {(LEAKED, "part", False), (SPILLED, "whole", True)}
    merge_claims(world.spilled, world.leaked)
    said(world)
    assert not ClaimLink.objects.filter(annotation=world.again).exists()


def sought(world: Claims) -> tuple[str, date | None]:
    (account,) = accounts(world.project, [world.leaked.pk], public=False)
    return account.sought, account.sought_on


def test_whether_a_reply_was_sought_is_that_of_the_claim_else_the_latest_merged(
    world: Claims,
) -> None:
    set_reply_sought(world.burned, Sought.DECLINED, None, 0, world.bob)
    set_reply_sought(world.spilled, Sought.SOUGHT, DAY, 0, world.bob)
    for one in (world.spilled, world.burned):
        merge_claims(one, world.leaked)
    assert sought(world) == ("sought", DAY)
    shown = reply_sought(world.leaked)
    assert (shown.status, shown.on, shown.version) == ("sought", DAY, 0)
    totals = listing(world.project, Asked(), public=False).totals
    assert (totals.claims, totals.sought, totals.declined) == (1, 1, 0)
    assert listing(world.project, Asked(sought="sought"), public=False).ids == [world.leaked.pk]

    set_reply_sought(world.leaked, Sought.REPLIED, DAY, 0, world.bob)
    assert sought(world) == ("replied", DAY)
    unmerge(world.spilled)
    rows = accounts(world.project, [world.leaked.pk, world.spilled.pk], public=False)
    assert [one.sought for one in rows] == ["replied", "sought"]
