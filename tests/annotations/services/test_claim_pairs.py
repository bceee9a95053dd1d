"""Judgements of claims that look alike."""

import pytest

from annotations.models import Claim, ClaimPair, Verdict
from annotations.services.claim_merges import merge_claims
from annotations.services.claim_pairs import judge
from reader.services.errors import Refused
from tests.annotations.claims import Claims, some_claims
from tests.factories import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Claims:
    return some_claims()


def test_a_judgement_is_kept_once_and_merges_nothing(world: Claims) -> None:
    judge(world.spilled, world.leaked, Verdict.UNSURE, world.bob)
    judge(world.leaked, world.spilled, Verdict.SAME, world.alice)
    pair = ClaimPair.objects.get()
    assert (pair.first, pair.second) == (world.leaked, world.spilled)
    assert (pair.verdict, pair.decided_by) == ("same", world.alice)
    assert not Claim.objects.exclude(canonical=None).exists()
    history = ClaimPair.pgh_event_model.objects
    assert list(history.values_list("verdict", flat=True)) == ["unsure"]
    judge(world.leaked, world.spilled, None, world.bob)
    assert not ClaimPair.objects.exists()


def test_what_is_no_pair_is_refused(world: Claims) -> None:
    elsewhere = Claim.objects.create(project=make_project("other"), statement="That it leaked")
    merge_claims(world.spilled, world.leaked)
    world.spilled.refresh_from_db()
    for one, other in (
        (world.leaked, world.leaked),
        (world.leaked, world.spilled),
        (world.leaked, elsewhere),
    ):
        with pytest.raises(Refused):
            judge(one, other, Verdict.SAME, world.bob)
