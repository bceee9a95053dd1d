"""Which denials stand beside which allegation."""

from datetime import date
from uuid import uuid4

from hypothesis import given, strategies as st

from annotations.answers import Gone, Left, Reading, answer
from tests.annotations.passages import ELSEWHERE, link, passage, source

READING = Reading(3, None, "")


def answered(allegation, *denials):
    (accusation,) = answer([allegation], denials, READING)
    return accusation


def test_a_denial_of_the_same_claim_answers():
    denial = passage("denial", by=["Harbour"], claims=[7])
    found = answered(passage("allegation", by=["Ida"], claims=[7]), denial)
    assert [one.denial for one in found.answers] == [denial]
    assert found.apart == ()
    assert found.reading == READING


def test_so_does_one_in_another_article():
    denial = passage("denial", by=["Harbour"], claims=[7], article=ELSEWHERE)
    found = answered(passage("allegation", by=["Ida"], claims=[7]), denial)
    assert [one.denial for one in found.answers] == [denial]


def test_it_says_how_it_denies():
    part = link(7, "part", "the second spill")
    denial = passage("denial", claims=[3, part])
    found = answered(passage("allegation", claims=[7]), denial)
    assert [one.link for one in found.answers] == [part]


def test_a_speakers_own_denial_never_answers_nor_stands_apart():
    allegation = passage("allegation", by=["Ida", "Bo"], claims=[7])
    linked = passage("denial", by=["Ida"], claims=[7])
    unlinked = passage("denial", by=["Bo", "Harbour"])
    found = answered(allegation, linked, unlinked)
    assert found.answers == ()
    assert found.apart == ()


def test_unattributed_denials_are_nobodys_own():
    denial = passage("denial", claims=[7])
    found = answered(passage("allegation", claims=[7]), denial)
    assert [one.denial for one in found.answers] == [denial]


def test_another_denial_in_the_article_stands_apart():
    denial = passage("denial", by=["Harbour"], claims=[8])
    found = answered(passage("allegation", by=["Ida"], claims=[7]), denial)
    assert found.answers == ()
    assert found.apart == (denial,)


def test_another_denial_in_another_article_is_no_matter():
    denial = passage("denial", by=["Harbour"], claims=[8], article=ELSEWHERE)
    found = answered(passage("allegation", by=["Ida"], claims=[7]), denial)
    assert found.answers == found.apart == ()


def test_a_quote_or_a_counter_allegation_is_no_denial():
    others = [passage(kind, by=["Harbour"], claims=[7]) for kind in ("quote", "allegation")]
    found = answered(passage("allegation", by=["Ida"], claims=[7]), *others)
    assert found.answers == found.apart == ()


def test_one_denial_may_answer_several_and_stand_apart_from_others():
    denial = passage("denial", claims=[7, 8])
    allegations = [passage("allegation", claims=[claim]) for claim in (7, 8, 9)]
    found = answer(allegations, [denial], READING)
    assert [len(one.answers) for one in found] == [1, 1, 0]
    assert [len(one.apart) for one in found] == [0, 0, 1]


def test_answers_stand_by_date_and_undated_ones_last():
    days = [date(2026, 6, 3), None, date(2026, 3, 15)]
    denials = [
        passage("denial", claims=[7], source=source(ELSEWHERE, published_on=day)) for day in days
    ]
    found = answered(passage("allegation", claims=[7]), *denials)
    assert [one.denial for one in found.answers] == [denials[2], denials[0], denials[1]]


def gone(claim, by=(), id_=None):
    day = date(2026, 5, 3)
    return Gone(id_ or uuid4(), claim, frozenset(by), day, day, Left.DELETED, "A mistake.")


def test_a_denial_of_two_claims_that_is_gone_is_told_once():
    one = gone(7)
    several = [one, gone(8, id_=one.id)]
    (found,) = answer([passage("allegation", claims=[7, 8])], (), READING, several)
    assert len(found.gone) == 2 and len(found.missing) == 1


def test_what_still_answers_is_not_missing():
    denial = passage("denial", claims=[7])
    (found,) = answer(
        [passage("allegation", claims=[7, 8])], [denial], READING, [gone(8, id_=denial.id)]
    )
    assert found.gone and not found.missing


NAMES = ["Ida", "Bo", "Harbour"]
SOME = st.lists(st.sampled_from(NAMES), max_size=2, unique=True)
CLAIMS = st.lists(st.integers(1, 4), max_size=2, unique=True)


@given(SOME, CLAIMS, st.lists(st.tuples(SOME, CLAIMS, st.booleans()), max_size=6))
def test_each_denial_of_the_claim_is_shown_or_told_of_or_the_accusers_own(by, claims, denials):
    allegation = passage("allegation", by=by, claims=claims)
    made = [(passage("denial", by=who, claims=of), is_gone) for who, of, is_gone in denials]
    left = [
        gone(claim, denial.speaker_ids, denial.id)
        for denial, is_gone in made
        if is_gone
        for claim in denial.claim_ids
    ]
    shown = [denial for denial, is_gone in made if not is_gone]
    (found,) = answer([allegation], shown, READING, left)
    answered = {one.denial.id for one in found.answers}
    told = {one.id for one in found.missing}
    assert len(told) == len(found.missing)
    for denial, is_gone in made:
        answers = bool(denial.claim_ids & allegation.claim_ids) and not (
            denial.speaker_ids & allegation.speaker_ids
        )
        assert (denial.id in answered) == (answers and not is_gone)
        assert (denial.id in told) == (answers and is_gone)
