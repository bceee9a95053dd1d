"""What the editor offers to link to, and in which order."""

import pytest
from django.http import QueryDict

from annotations.access import AnnotationSeat
from annotations.models import Annotation, Claim, Speaker
from annotations.pages.offers import FEWEST, KEYS, NEAREST, editor_offers
from annotations.queries.passages import passages
from annotations.services.merging import merge
from reader.access import seat_in
from tests.factories import make_article, make_mark, make_project

pytestmark = pytest.mark.django_db

TEXT = (
    "The works poisoned the river. The tank leaked. The director lied. The mayor slept. "
    "The works denied that anything had leaked. Fish died. Birds died. Sheep died. Cows died."
)
DENIED = "The works denied that anything had leaked"
LEAKED = "That the tank at the works leaked"


@pytest.fixture
def article(project):
    return make_article(project, TEXT)


@pytest.fixture
def allege(project, article, bob):
    def make(words, *speakers, **fields):
        return make_mark(project, article, words, "allegation", bob, speakers=speakers, **fields)

    return make


@pytest.fixture
def denial(project, article, bob):
    return make_mark(project, article, DENIED, "denial", bob)


@pytest.fixture
def offered(bob):
    """What is offered for an annotation, as the names of its groups and their offers' words."""

    def ask(annotation, data=None, typed="", kind=None):
        (passage,) = passages(Annotation.objects.filter(pk=annotation.pk))
        found = AnnotationSeat(annotation, seat_in(bob, annotation.project))
        sent = None if data is None else QueryDict(data)
        return editor_offers(found, passage, kind or annotation.kind, sent, typed)

    return ask


def words(offers, of=0):
    return [one.words for one in offers.groups[of].offers]


def state(project, *statements):
    return [Claim.objects.create(project=project, statement=one) for one in statements]


def test_a_denial_is_offered_the_articles_allegations_then_claims(project, denial, allege, offered):
    state(project, "That pigs fly", LEAKED, "That the mayor slept")
    allege("The works poisoned the river", "Ida", claims=["That the mayor slept"])
    allege("Fish died", "Zoë")
    answers, claims = offered(denial).groups
    assert [one.said for one in answers.offers] == [
        ("Zoë: Fish died",),
        ("Ida: The works poisoned the river",),
    ]
    assert [one.statement for one in answers.offers] == ["", "That the mayor slept"]
    assert [one.statement for one in claims.offers] == [LEAKED, "That pigs fly"]
    assert [one.number for one in (*answers.offers, *claims.offers)] == [1, 2, 3, 4]
    assert answers.offers[1].hint == "1 allegation, no denial"


def test_allegations_of_one_claim_are_offered_together_and_each_claim_of_one_apart(
    denial, allege, offered
):
    allege("The tank leaked", "Ida", claims=[LEAKED, "That somebody knew"])
    allege("Fish died", "Zoë", claims=[LEAKED])
    first, second = offered(denial).groups[0].offers
    assert (first.statement, first.said) == (LEAKED, ("Zoë: Fish died", "Ida: The tank leaked"))
    assert (second.statement, second.said) == ("That somebody knew", ("Ida: The tank leaked",))


def test_never_what_only_the_denier_alleges(project, article, bob, allege, offered):
    works = Speaker.objects.create(project=project, name="The works", aliases=["Lenne Works"])
    merge(Speaker.objects.create(project=project, name="Works Ltd"), works)
    allege("Fish died", "Works Ltd")
    allege("The tank leaked", "Ida")
    elsewhere = make_article(project, "The works spoke of leaks. So did Ida.")
    for statement, speakers in (("That Ida leaked", ["The works"]), (LEAKED, ["The works", "Ida"])):
        make_mark(
            project, elsewhere, "leaks", "allegation", bob, speakers=speakers, claims=[statement]
        )
    denial = make_mark(project, article, DENIED, "denial", bob, speakers=["The works"])
    assert words(offered(denial)) == ["Ida: The tank leaked"]
    assert words(offered(denial), 1) == [LEAKED]
    for typed in ("the WORKS", "Lenne works", "Works Ltd", "Nobody; Works Ltd"):
        asked = offered(denial, f"speakers={typed}")
        assert words(asked) == ["Ida: The tank leaked"], typed
    # Somebody else is typed now: what is saved no longer counts.
    assert words(offered(denial, "speakers=Ida")) == [
        "Works Ltd: Fish died".replace("Works Ltd", "The works")
    ]


def test_further_allegations_are_opened_and_only_nine_have_keys(project, denial, allege, offered):
    places = ["Fish died", "Birds died", "Sheep died", "Cows died", "The mayor slept"]
    for one in [*places, "The director lied", "The tank leaked"]:
        allege(one, "Ida")
    state(project, *(f"That tank {n} leaked at the works" for n in range(9)))
    answers, claims = offered(denial).groups
    assert (len(answers.offers), len(answers.rest)) == (NEAREST, 2)
    assert [one.number for one in answers.rest] == [0, 0]
    assert [one.number for one in (*answers.offers, *claims.offers)] == list(range(1, KEYS + 1))


def test_a_denial_is_offered_a_few_claims_though_none_is_like_it(project, denial, offered):
    state(project, *(f"That pig {n} flew" for n in range(FEWEST + 3)))
    assert len(words(offered(denial))) == FEWEST


def test_an_allegation_is_offered_what_is_like_it_and_a_new_claim(project, allege, offered):
    alleged = allege("The tank leaked", "Ida")
    state(project, "That pigs fly", LEAKED)
    (group,) = offered(alleged).groups
    like, new = group.offers
    assert (like.statement, like.hint) == (LEAKED, "0 allegations, no denial")
    assert (new.key, new.statement, new.number) == ("new", "That the tank leaked", 2)
    assert new.form["statement"].value() == "That the tank leaked"


def test_what_is_linked_is_not_offered_again_nor_a_new_one_beside_it(project, allege, offered):
    state(project, "That the tank leaks oil")
    alleged = allege("The tank leaked", "Ida", claims=[LEAKED])
    assert words(offered(alleged)) == ["That the tank leaks oil"]


def test_who_denies_a_claim_is_named(project, article, bob, allege, offered):
    make_mark(project, article, DENIED, "denial", bob, speakers=["The works"], claims=[LEAKED])
    allege("Fish died", "Zoë", claims=[LEAKED])
    (like, _new) = offered(allege("The tank leaked", "Ida")).groups[0].offers
    assert like.hint == "1 allegation, denied by The works"


def test_typing_looks_for_what_is_typed_and_keeps_what_was_picked(project, denial, allege, offered):
    pigs, leaked, merged = state(project, "That pigs fly", LEAKED, "That oil ran out")
    merge(merged, leaked)
    alleged = allege("Fish died", "Zoë")
    picked = f"pick=c-{pigs.pk}&pick=a-{alleged.pk}&c-{pigs.pk}-scope=part&c-{pigs.pk}-part=some"
    asked = offered(denial, picked, typed=" oil  ran")
    assert asked.is_typed
    assert [words(asked), words(asked, 1)] == [["That pigs fly", "Zoë: Fish died"], [LEAKED]]
    assert [one.key for one in asked.picked] == [f"c-{pigs.pk}", f"a-{alleged.pk}"]
    assert asked.picked[0].form["part"].value() == "some"
    assert offered(denial, typed="xyzzy").groups == ()


def test_a_new_claim_that_was_picked_stays_as_it_was_worded(allege, offered):
    asked = offered(allege("The tank leaked"), "pick=new&new-statement=That+oil+leaked")
    assert asked.picked[0].form["statement"].value() == "That oil leaked"


def test_what_is_no_offer_of_this_project_is_passed_over(denial, offered):
    (claim,) = state(make_project("other"), LEAKED)
    for key in (f"c-{claim.pk}", "c-", "x", "a-nothing", "c-99999999999999999"):
        assert offered(denial, f"pick={key}").groups == (), key
    assert offered(denial, typed="leaked").groups == ()


def test_a_quote_is_offered_what_is_typed_only(project, article, bob, offered):
    state(project, LEAKED)
    quote = make_mark(project, article, "The tank leaked", "quote", bob)
    assert offered(quote).groups == ()
    assert words(offered(quote, typed="leaked")) == [LEAKED]


@pytest.mark.parametrize("number", [10, 1000])
def test_as_many_queries_however_many_claims(
    project, denial, allege, offered, number, django_assert_num_queries
):
    state(project, *(f"That tank {n} leaked" for n in range(number)))
    for one in ("Fish died", "Birds died", "Sheep died")[: 1 if number == 10 else 3]:
        allege(one, "Ida", claims=["That tank 3 leaked"])
    with django_assert_num_queries(9):
        offered(denial, "speakers=Nobody")
