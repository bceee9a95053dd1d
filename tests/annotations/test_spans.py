"""Extents held against sets of positions, which need no arithmetic."""

import string
from itertools import pairwise

from hypothesis import given, strategies as st

from annotations.spans import Extent, add, merge, occurrences, take_away, tidy, trim

EXTENTS = st.tuples(st.integers(0, 40), st.integers(0, 40))
SEVERAL = st.lists(EXTENTS, max_size=8)


def covered(extents: list[Extent]) -> set[int]:
    return {position for start, end in extents for position in range(start, end)}


def is_tidy(extents: list[Extent]) -> bool:
    """In order, none empty, none overlapping or touching the next."""
    positions = [position for extent in extents for position in extent]
    return positions == sorted(set(positions))


@given(SEVERAL)
def test_merging_keeps_what_is_covered(extents):
    merged = merge(extents)
    assert covered(merged) == covered(extents)
    assert is_tidy(merged)
    assert merge(merged) == merged


@given(SEVERAL, EXTENTS)
def test_adding_covers_both(extents, more):
    after = add(extents, more)
    assert covered(after) == covered(extents) | covered([more])
    assert is_tidy(after)


@given(SEVERAL, EXTENTS.filter(lambda extent: extent[0] <= extent[1]))
def test_taking_away_leaves_the_rest(extents, less):
    after = take_away(extents, less)
    assert covered(after) == covered(extents) - covered([less])
    assert is_tidy(after)


@given(SEVERAL, EXTENTS.filter(lambda extent: extent[0] < extent[1]))
def test_what_was_added_can_be_taken_away(extents, more):
    assert take_away(add(extents, more), more) == take_away(extents, more)


def test_a_piece_out_of_the_middle_breaks_an_extent_in_two():
    assert take_away([(0, 10)], (4, 6)) == [(0, 4), (6, 10)]


TEXTS = st.text(alphabet=st.sampled_from("ab \n\u00a0\u2028😀é"), max_size=30)


@given(TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_trimming_leaves_the_words(text, start, end):
    trimmed = trim(text, (start, end))
    assert text[slice(*trimmed)] == text[start:end].strip()
    assert trimmed[0] <= trimmed[1]


@given(TEXTS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5))
def test_tidied_extents_begin_and_end_with_words(text, extents):
    after = tidy(text, extents)
    assert is_tidy(after)
    assert [text[a:b] for a, b in after] == [text[a:b].strip() for a, b in after]
    assert all(text[a[1] : b[0]].strip() for a, b in pairwise(after))
    words = {position for position in range(len(text)) if text[position].strip()}
    assert covered(after) & words == covered(extents) & words
    assert tidy(text, after) == after


@given(TEXTS, TEXTS)
def test_words_are_found_wherever_they_stand(text, words):
    found = occurrences(text, words)
    assert is_ordered(found)
    for start, end in found:
        assert text[start:end].split() == words.split()
    if words.split() and words.strip() in text:
        assert found


def is_ordered(extents: list[Extent]) -> bool:
    return all(a[1] <= b[0] for a, b in pairwise(extents))


@given(st.text(alphabet=string.punctuation, min_size=1, max_size=6))
def test_signs_are_signs_and_no_pattern(signs):
    assert occurrences(f"before {signs} after", signs) == [(7, 7 + len(signs))]


def test_white_space_of_any_kind_and_length_is_equal():
    text = "It leaked,\n\nshe said. It leaked,\u00a0she said."
    assert occurrences(text, "It  leaked,\r\nshe said.") == [(0, 21), (22, 42)]


def test_no_words_stand_nowhere():
    assert occurrences("some text", " \n") == []


def test_no_more_places_than_asked_for():
    assert occurrences("no " * 60, "no", limit=50)[-1] == (147, 149)
    assert len(occurrences("no " * 60, "no")) == 50


def test_quotation_marks_and_dashes_are_found_in_any_form():
    text = "“It leaked – badly,” she said. She didn’t."
    assert occurrences(text, '"It leaked - badly,"') == [(0, 20)]
    assert occurrences(text, "didn't.") == [(35, 42)]
    assert occurrences(text, "It leaked badly") == []
