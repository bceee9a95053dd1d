"""Which claims are offered as perhaps one."""

import pytest
from django.db.models import F

from annotations.models import Claim, SearchPassage, Verdict
from annotations.queries import claim_pairs
from annotations.queries.claim_pairs import judged, waiting, waiting_with
from annotations.services.claim_edits import restate, set_broader
from annotations.services.claim_merges import merge_claims
from annotations.services.claim_pairs import judge
from annotations.services.marking import delete
from annotations.services.merging import unmerge
from tests.annotations.claims import Claims, some_claims
from tests.factories import make_article, make_mark, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Claims:
    return some_claims()


def pair(world: Claims) -> tuple[int, int]:
    return world.leaked.pk, world.spilled.pk


def test_like_statements_are_offered_once(world: Claims) -> None:
    Claim.objects.create(project=make_project("other"), statement=world.leaked.statement)
    assert waiting(world.project).pairs == [pair(world)]
    for one in (world.leaked, world.spilled):
        assert waiting_with(world.project, one.pk) == [pair(world)]
    assert waiting_with(world.project, world.burned.pk) == []


def test_like_passages_are_offered_whatever_the_statements_are(world: Claims) -> None:
    restate(world.spilled, "That somebody polluted it", 1)
    assert waiting(world.project).pairs == [pair(world)]
    delete(world.again.pk)
    assert waiting(world.project).pairs == []


def test_one_passage_of_two_claims_makes_them_not_alike(world: Claims) -> None:
    make_mark(
        world.project,
        world.first,
        "Ida Voss",
        "allegation",
        claims=["That A", "That somebody else did what nobody knew"],
    )
    assert waiting(world.project).pairs == [pair(world)]


@pytest.mark.parametrize("verdict", list(Verdict))
def test_nobody_is_asked_twice(world: Claims, verdict: Verdict) -> None:
    judge(world.leaked, world.spilled, verdict, world.bob)
    assert waiting(world.project).pairs == []
    assert list(judged(world.project, verdict)) == [pair(world)]
    judge(world.leaked, world.spilled, None, world.bob)
    assert waiting(world.project).pairs == [pair(world)]


def test_a_judgement_counts_for_what_its_claims_are_read_as(world: Claims) -> None:
    third = Claim.objects.create(project=world.project, statement="That oil leaked")
    judge(world.leaked, third, Verdict.UNSURE, world.bob)
    merge_claims(third, world.spilled)
    assert waiting(world.project).pairs == []
    assert list(judged(world.project, Verdict.UNSURE)) == [pair(world)]
    judge(world.leaked, world.spilled, Verdict.SAME, world.bob)
    assert list(judged(world.project, Verdict.UNSURE)) == []
    assert list(judged(world.project, Verdict.SAME)) == [pair(world)]
    merge_claims(world.spilled, world.leaked)
    assert list(judged(world.project, Verdict.SAME)) == []
    unmerge(world.spilled)
    assert list(judged(world.project, Verdict.SAME)) == [pair(world)]


def test_merged_claims_are_no_longer_asked_about(world: Claims) -> None:
    merge_claims(world.spilled, world.leaked)
    assert waiting(world.project).pairs == []
    assert waiting_with(world.project, world.leaked.pk) == []


def test_broader_and_narrower_claims_are_no_pair(world: Claims) -> None:
    set_broader(world.spilled, world.leaked)
    assert waiting(world.project).pairs == []


def test_it_goes_on_where_it_ended(world: Claims, monkeypatch, django_assert_num_queries) -> None:
    monkeypatch.setattr(claim_pairs, "STEP", 2)
    monkeypatch.setattr(claim_pairs, "PAGE", 3)
    Claim.objects.bulk_create(
        Claim(project=world.project, statement=f"That the gull number {number} was shot")
        for number in range(9)
    )
    found, after = [], 0
    for _ in range(20):
        page = waiting(world.project, after)
        found += page.pairs
        after = page.after
        if not after:
            break
    assert len(found) == len(set(found)) and pair(world) in found
    assert len(found) > 9
    monkeypatch.setattr(claim_pairs, "STEP", 50)
    with django_assert_num_queries(1):
        waiting(world.project)


def test_a_project_without_claims_has_no_pairs(world: Claims) -> None:
    assert waiting(make_project("empty")) == claim_pairs.Waiting([], 0)


def test_what_other_projects_say_takes_nobodys_place(world: Claims, monkeypatch) -> None:
    restate(world.spilled, "That somebody polluted it", 1)
    other = make_project("other")
    article = make_article(other, "The works leaked oil into the river, Cy Fell said.")
    for _ in range(3):
        make_mark(other, article, "The works leaked oil into the river", "allegation")
    # Its own passages are the last that Postgres comes by.
    own = SearchPassage.objects.filter(annotation__project=world.project)
    own.update(tsv=F("tsv"))
    monkeypatch.setattr(claim_pairs, "COMPARED", 2)
    assert waiting(world.project).pairs == [pair(world)]
