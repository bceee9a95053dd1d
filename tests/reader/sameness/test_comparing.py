"""How alike two sentences are."""

import pytest
from hypothesis import given, strategies as st

from reader.sameness import LEAST_WORDS, NEAR, Grade, compare, level

VISIT = "The purpose of the visit is to promote exchange and cooperation."
WORD = st.sampled_from(VISIT.lower().rstrip(".").split())
SENTENCE = st.lists(WORD, max_size=30).map(" ".join)


def graded(one: str, other: str) -> Grade | None:
    found = compare(level(one), level(other))
    return found.grade if found else None


@pytest.mark.parametrize(
    ("other", "grade"),
    [
        ("“the purpose of the visit, is to promote exchange — and COOPERATION,”", Grade.SAME),
        (f"He said: {VISIT}", Grade.CONTAINED),
        ("of the visit is to promote exchange", Grade.CONTAINED),
        ("visit is to promote exchange", None),
        (
            "“The purpose of the visit is to promote exchanges and cooperation between the two "
            "sides, not to conduct a so-called ‘investigation’,” he said in response.",
            Grade.NEAR,
        ),
        ("The purpose of the ban is to prevent exchange and cooperation.", Grade.NEAR),
        ("The purpose of the law is to stop the trade in stolen cars.", None),
        ("It rained all week in Tarrow, and the ferry stayed where it was.", None),
    ],
)
def test_grades(other: str, grade: Grade | None) -> None:
    assert graded(VISIT, other) == grade


def test_what_is_alike_is_known_by_its_words() -> None:
    one, other = level(VISIT), level(f"On Monday he said that {VISIT} Nobody asked why.")
    found = compare(one, other)
    assert found and found.score == 1
    assert other.words[slice(*found.other)] == one.words
    start, end = other.extent(*found.other)
    assert (start, end) == (23, 23 + len(VISIT) - 1)


def test_a_part_of_a_word_is_not_the_word() -> None:
    assert graded("a b c d e f", "a b c d e fs") == Grade.NEAR


@given(SENTENCE, SENTENCE)
def test_it_does_not_matter_which_is_given_first(one: str, other: str) -> None:
    a, b = level(one), level(other)
    found, back = compare(a, b), compare(b, a)
    if found is None or back is None:
        assert found is back
        return
    assert (found.grade, found.score) == (back.grade, back.score)
    assert (len(a) == len(b)) or (found.one, found.other) == (back.other, back.one)
    assert 0.8 <= NEAR <= found.score <= 1


@given(SENTENCE, SENTENCE)
def test_grades_say_what_they_mean(one: str, other: str) -> None:
    a, b = level(one), level(other)
    found = compare(a, b)
    if found is None:
        assert min(len(a), len(b)) < LEAST_WORDS or a.words != b.words
        return
    assert min(last - first for first, last in (found.one, found.other)) >= LEAST_WORDS
    mine, theirs = a.words[slice(*found.one)], b.words[slice(*found.other)]
    assert (mine == theirs) or found.grade == Grade.NEAR
    if found.grade == Grade.SAME:
        assert a.words == b.words
