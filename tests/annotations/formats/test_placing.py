"""Words find their place, or are refused."""

import pytest
from hypothesis import given, strategies as st

from annotations.formats.placing import NotPlaced, place
from annotations.formats.records import FragmentRecord

#       0         1         2         3         4         5         6
#       0123456789012345678901234567890123456789012345678901234567890123
TEXT = "The mayor said no. The clerk said no, too. Nobody said\nyes, and 😀"


@pytest.mark.parametrize(
    ("fragments", "extents"),
    [
        ([FragmentRecord("clerk")], [(23, 28)]),
        ([FragmentRecord("clerk", 60, 65)], [(23, 28)]),
        ([FragmentRecord("said yes")], [(50, 58)]),
        ([FragmentRecord("said", occurrence=2)], [(29, 33)]),
        ([FragmentRecord("said", 29)], [(29, 33)]),
        ([FragmentRecord("said", 26)], [(29, 33)]),
        ([FragmentRecord("said", prefix="mayor ")], [(10, 14)]),
        ([FragmentRecord("said", suffix=" no, too")], [(29, 33)]),
        ([FragmentRecord("said", 50, prefix="not in the text")], [(50, 54)]),
        ([FragmentRecord("clerk"), FragmentRecord("Nobody")], [(23, 28), (43, 49)]),
        ([FragmentRecord("clerk", 23), FragmentRecord("mayor", 4)], [(4, 9), (23, 28)]),
        # Only one stands behind the clerk and the second "no".
        ([FragmentRecord("clerk said no"), FragmentRecord("said")], [(23, 36), (50, 54)]),
        ([FragmentRecord("😀")], [(64, 65)]),
    ],
)
def test_words_are_found(fragments: list[FragmentRecord], extents: list[tuple[int, int]]) -> None:
    assert place(TEXT, fragments) == extents


@pytest.mark.parametrize(
    ("fragments", "reason"),
    [
        ([FragmentRecord("judge")], "“judge” do not stand in the text"),
        ([FragmentRecord("SAID yes")], "do not stand in the text"),
        ([FragmentRecord("said")], "stand 3 times in the text: say which"),
        ([FragmentRecord("said", occurrence=4)], "3 times in the text: there is no occurrence 4"),
        ([FragmentRecord("clerk", occurrence=2)], "stand once in the text"),
        # 8 from the one before, 11 from the one behind.
        ([FragmentRecord("said", 18)], "8 and 11 characters from 18: it can't be told"),
        ([FragmentRecord("said", 39, prefix="x")], "10 and 11 characters from 39"),
        ([FragmentRecord("Nobody"), FragmentRecord("mayor")], "only before the piece before them"),
    ],
)
def test_what_cannot_be_told_is_refused(fragments: list[FragmentRecord], reason: str) -> None:
    with pytest.raises(NotPlaced, match=reason):
        place(TEXT, fragments)


def test_decomposed_words_are_found_in_a_composed_text() -> None:
    assert place("Le café ferme.", [FragmentRecord("cafe\u0301")]) == [(3, 7)]


@given(st.lists(st.sampled_from(["no", "yes", "😀", "e\u0301"]), min_size=1), st.data())
def test_an_exact_hint_is_always_right(parts: list[str], data: st.DataObject) -> None:
    text = " ".join(parts)
    index = data.draw(st.integers(0, len(parts) - 1))
    start = len(" ".join(parts[:index])) + bool(index)
    word = parts[index]

    if word == "e\u0301":  # stored texts are composed: this one is not to be found
        with pytest.raises(NotPlaced):
            place(text, [FragmentRecord(word, start)])
    else:
        assert place(text, [FragmentRecord(word, start)]) == [(start, start + len(word))]
