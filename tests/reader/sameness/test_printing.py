"""Prints: what two sentences share leaves some in both."""

from hypothesis import given, strategies as st

from reader.sameness import level, prints, shingles
from reader.sameness.printing import BITS, WINDOW, WORDS

WORD = st.text(alphabet="abcdeé", min_size=1, max_size=3)
FEW, SIX = st.lists(WORD, max_size=8), st.lists(WORD, min_size=6, max_size=6)


@given(FEW, FEW, FEW, FEW, SIX)
def test_any_six_words_in_a_row_are_found(before, behind, before_too, behind_too, six) -> None:
    asked = shingles(level(" ".join(before + six + behind)).words)
    assert set(asked) & set(prints(" ".join(before_too + six + behind_too)))


@given(FEW, FEW, st.lists(WORD, min_size=WORDS + WINDOW - 1, max_size=WORDS + WINDOW - 1))
def test_so_are_four_in_a_sentence_that_is_long_enough(before, behind, four) -> None:
    assert set(shingles(four)) & set(prints(" ".join([*before, *four, *behind, *"uvwxyz"])))


def test_prints_are_the_same_everywhere() -> None:
    assert prints("The ferry never left the harbour.") == PRINTS
    assert all(0 <= one < 2**BITS for one in PRINTS)


def test_prints_don_t_cross_sentences_and_short_ones_have_none() -> None:
    one, other = "The ferry never left the harbour.", "Nobody asked him why it had not."
    assert set(prints(f"{one} {other}")) == {*prints(one), *prints(other)}
    assert prints("Nobody asked him why not.") == []
    assert prints("") == []


PRINTS = [45981112, 46218654]
