"""Claims, and which annotations assert or deny them."""

import pytest

from annotations.models import Claim, ClaimLink
from annotations.services.claims import LinkTo, claim_stated, link
from annotations.services.marking import delete
from annotations.wording import statement_from
from reader.services.errors import Refused
from tests.factories import in_library, make_mark, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def allegation(project, article, bob):
    return make_mark(project, article, "The works poisoned the river", "allegation", bob)


@pytest.fixture
def denial(project, article, bob):
    return make_mark(project, article, "The works denied that anything had leaked", "denial", bob)


def links_of(annotation):
    return [
        (one.claim.statement, one.scope, one.unsure)
        for one in ClaimLink.objects.filter(annotation=annotation).order_by("id")
    ]


def test_a_statement_is_one_claim_however_it_is_typed(project, bob):
    claim = claim_stated(project, "That the works  leaked ", bob)
    assert claim.statement == "That the works leaked"
    assert claim.created_by == bob
    assert claim_stated(project, "that the WORKS leaked", bob) == claim
    assert claim_stated(make_project("other"), claim.statement, bob) != claim


def test_a_statement_is_kept_with_its_capital_and_without_what_nobody_sees(project, bob):
    claim = claim_stated(project, "that the\x00 \u202eCouncil\u2069\x1b knew\u200f", bob)
    assert claim.statement == "That the Council knew"
    assert claim_stated(project, "thatched roofs burned", bob).statement == "thatched roofs burned"
    # A joiner is part of how a word is written.
    assert claim_stated(project, "می\u200cرود", bob).statement == "می\u200cرود"
    with pytest.raises(Refused, match="needs a statement"):
        claim_stated(project, "\u202e \x00", bob)


def test_a_part_is_kept_without_what_nobody_sees(allegation, bob):
    link(allegation, [LinkTo("That A", scope="part", part=" in\x00\n\u2066spring ")], bob)
    assert ClaimLink.objects.get().part == "in spring"
    assert not link(allegation, [LinkTo("That A", scope="part", part="in  spring")], bob)


def test_links_come_change_and_go(allegation, bob):
    assert link(allegation, [LinkTo("That A"), LinkTo("That B", unsure=True)], bob)
    assert links_of(allegation) == [("That A", "whole", False), ("That B", "whole", True)]
    kept = ClaimLink.objects.get(claim__statement="That B").pk
    assert link(allegation, [LinkTo("That B", scope="part")], bob)
    assert links_of(allegation) == [("That B", "part", False)]
    assert ClaimLink.objects.get().pk == kept
    assert not link(allegation, [LinkTo("That B", scope="part")], bob)


def test_a_claim_named_twice_is_linked_once(allegation, bob):
    link(allegation, [LinkTo("That A", unsure=True), LinkTo("that a")], bob)
    assert links_of(allegation) == [("That A", "whole", True)]


def test_a_denial_takes_the_claim_of_the_allegation_it_answers(allegation, denial, bob):
    link(allegation, [LinkTo("That the river was poisoned")], bob)
    link(denial, [LinkTo(allegation=allegation.pk)], bob)
    assert links_of(denial) == [("That the river was poisoned", "whole", False)]


def test_an_allegation_without_a_claim_gets_one_in_its_own_words(allegation, denial, bob):
    link(denial, [LinkTo(allegation=allegation.pk)], bob)
    assert links_of(allegation) == links_of(denial)
    assert Claim.objects.get().statement == "That the works poisoned the river"
    version = allegation.version
    allegation.refresh_from_db()
    assert allegation.version == version + 1


@pytest.mark.parametrize("wrong", ["deleted", "quote", "elsewhere"])
def test_only_allegations_of_the_project_can_be_answered(project, article, denial, bob, wrong):
    other = make_project("other")
    in_library(article)
    answered = make_mark(
        other if wrong == "elsewhere" else project,
        article,
        "Zoë",
        "quote" if wrong == "quote" else "allegation",
        bob,
    )
    if wrong == "deleted":
        delete(answered.pk)
    with pytest.raises(Refused, match="no longer in this project"):
        link(denial, [LinkTo(allegation=answered.pk)], bob)


def test_a_merged_claim_stays_the_one_that_was_linked(project, allegation, bob):
    link(allegation, [LinkTo("That it leaked")], bob)
    linked = Claim.objects.get()
    linked.canonical = Claim.objects.create(project=project, statement="That the works leaked")
    linked.save()
    assert not link(allegation, [LinkTo("That the works leaked")], bob)
    assert ClaimLink.objects.get().claim == linked


@pytest.mark.parametrize(
    ("words", "statement"),
    [
        ("the works leaked", "That the works leaked"),
        ("“That the works leaked,”", "That the works leaked"),
        ("that the works leaked", "That the works leaked"),
        ("“The works […] leaked”", "That the works leaked"),
        ("Zola leaked it", "That Zola leaked it"),
        ("THE works leaked", "That THE works leaked"),
        ("Thelma leaked it", "That Thelma leaked it"),
        ("  the works\n\nleaked. ", "That the works leaked"),
        ("“the works […] leaked”", "That the works leaked"),
        ("x" * 600, "That " + "x" * 494 + "…"),
    ],
)
def test_first_wordings_of_a_claim(words, statement):
    assert statement_from(words) == statement
