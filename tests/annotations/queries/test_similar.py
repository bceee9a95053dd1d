"""Similar claims: a dozen written by hand, asked for in other words."""

import pytest

from annotations.models import Claim, ClaimWord
from annotations.queries.similar import MOST, SAMPLE, similar
from annotations.services.merging import merge, unmerge
from tests.factories import make_project

pytestmark = pytest.mark.django_db

POISONED = "That the works at Tarrow poisoned the river Lenne"
HID = "That the director of the works hid the leak from the inspectors"
BRIBED = "That the harbour council took bribes from the ferry company"
AGROUND = "That the ferry Aurora ran aground because its captain was drunk"
CAMPS = "That a million people are held in camps without a trial"
GERMAN = "Dass die Behörde das Gutachten über die Talsperre gefälscht hat"
FRENCH = "Que le maire a brûlé les registres de la commune"
RUSSIAN = "Что завод отравил реку"
CHINESE = "工厂污染了河流"
ARABIC = "أن المصنع لوّث النهر"
CLAIMS = [
    POISONED,
    HID,
    BRIBED,
    AGROUND,
    CAMPS,
    GERMAN,
    FRENCH,
    RUSSIAN,
    CHINESE,
    ARABIC,
    "That the mayor paid his brother for a bridge that was never built",
    "That the election in Oster was decided by forged votes",
]


@pytest.fixture
def claims(project):
    return {
        statement: Claim.objects.create(project=project, statement=statement)
        for statement in CLAIMS
    }


def found(project, words, **options):
    ids = [one.claim_id for one in similar(project, words, **options)]
    statements = Claim.objects.in_bulk(ids)
    return [statements[id_].statement for id_ in ids]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("“The works have been poisoning the Lenne for years,” said Ida Voss.", POISONED),
        ("the river was poisoned", POISONED),
        ("Mira Okonjo is said to have hidden the leaks from an inspector", HID),
        ("Members of the council of the harbour accepted a bribe, the paper wrote.", BRIBED),
        ("The captain had been drinking when the Aurora went aground off Tarrow", AGROUND),
        ("More than a million of them are being detained in camps, and never had a trial", CAMPS),
        ("„Das Gutachten zur Talsperre war eine Fälschung der Behörden“, sagte sie.", GERMAN),
        ("Le maire aurait brûlé un registre communal", FRENCH),
        ("le maire a brule les registres", FRENCH),
        ("Заводы отравляли реки много лет", RUSSIAN),
        ("河流被工厂污染", CHINESE),
        ("المصنع لوث مياه النهر", ARABIC),
        ("the Arora ran agrond", AGROUND),
        ("poi", POISONED),
        ("THE FERRY COMPANY’S BRIBES", BRIBED),
    ],
)
def test_what_says_the_same_comes_first(project, claims, words, expected):
    assert found(project, words)[0] == expected


@pytest.mark.parametrize(
    "words",
    [
        "",
        "  \n",
        "“…” — !?",
        "'",
        "\\",
        "p",
        "It rained all week, and nobody was at the quay.",
        "Quantum chromodynamics & | ! <-> :*",
    ],
)
def test_what_says_something_else_or_nothing_finds_nothing(project, claims, words):
    assert found(project, words) == []


def test_the_same_words_are_the_most_alike(project, claims):
    first, *others = similar(project, AGROUND)
    assert first.claim_id == claims[AGROUND].pk
    assert first.likeness == pytest.approx(1)
    assert all(one.likeness < 0.6 for one in others)


def test_a_statement_that_was_merged_counts_for_the_claim_it_is_read_as(project, claims):
    merge(claims[POISONED], claims[CHINESE])
    assert found(project, "the river was poisoned")[0] == CHINESE
    assert found(project, "河流被工厂污染") == [CHINESE]
    unmerge(claims[POISONED])
    assert found(project, "the river was poisoned")[0] == POISONED


def test_never_those_of_another_project(project, claims):
    other = make_project("other")
    Claim.objects.create(project=other, statement=POISONED)
    assert found(project, "the river was poisoned") == [POISONED]
    assert found(make_project("empty"), "the river was poisoned") == []


def test_some_are_left_out_and_a_statement_that_is_changed_is_found_anew(project, claims):
    assert found(project, "the river was poisoned", leave_out=[claims[POISONED].pk]) == []
    Claim.objects.filter(pk=claims[POISONED].pk).update(statement="That the mill is haunted")
    assert found(project, "the river was poisoned") == []
    assert found(project, "a haunted mill") == ["That the mill is haunted"]


def test_at_most_eight_best_first(project):
    Claim.objects.bulk_create(
        Claim(project=project, statement=f"That barge {n} sank") for n in range(20)
    )
    assert found(project, "Barge 7 has sunk") == ["That barge 7 sank"]
    best = similar(project, "Some barges sank")
    assert len(best) == MOST
    assert [one.likeness for one in best] == sorted((one.likeness for one in best), reverse=True)


def test_a_rare_word_is_found_among_many_claims_that_share_the_others(project):
    Claim.objects.bulk_create(
        Claim(project=project, statement=f"That ferry {n} left the harbour before noon")
        for n in range(2 * SAMPLE)
    )
    wanted = Claim.objects.create(
        project=project, statement="That ferry 3 left the harbour unlit before noon"
    )
    found = similar(project, "an unlit ferry left the harbour before noon")
    assert found[0].claim_id == wanted.pk
    assert similar(project, "ferries in the harbour before noon")


def test_the_vocabulary_has_each_word_once(project, claims):
    Claim.objects.create(project=project, statement="That the works poisoned nobody")
    words = ClaimWord.objects.filter(project=project).values_list("word", flat=True)
    assert sorted(words) == sorted(set(words))
    assert {"poisoned", "nobody", "lenne", "废"} - set(words) == {"废"}


@pytest.mark.parametrize("number", [10, 1000])
def test_as_many_queries_however_many_claims(project, number, django_assert_num_queries):
    Claim.objects.bulk_create(
        Claim(project=project, statement=f"That barge {n} sank off Tarrow") for n in range(number)
    )
    with django_assert_num_queries(3):
        assert similar(project, "Barge 7 sank off Tarrow")
