"""What differs between two texts."""

import re

import pytest
from hypothesis import given, strategies as st

from annotations.differences import How, difference, difference_of_words, is_trivial

TEXT = "The ferry ran aground at noon.\n\nNobody was hurt, she said.\n\nThe tide was low."


def shown(old: str, new: str) -> str:
    """The difference with [-words that went-] and {+words that came+}."""
    marks = {How.SAME: "{}", How.GONE: "[-{}-]", How.NEW: "{{+{}+}}"}
    return "".join(marks[one.how].format(one.text) for one in difference(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("Noon.", "Noon.", "Noon."),
        ("at noon", "at night", "at [-noon-]{+night+}"),
        ("at noon", "At noon", "[-at-]{+At+} noon"),
        ("ran aground", "had run aground", "[-ran-]{+had run+} aground"),
        ("the old red ferry", "the new blue ferry", "the [-old red-]{+new blue+} ferry"),
        ("“Noon,” she said", '"Noon," she said', '"Noon," she said'),
        ("Noon – or so", "Noon  - or so", "Noon  - or so"),
        ("One.\n\nTwo.", "One.\nTwo.", "One.\nTwo."),
        ("One.", "One.\n\nTwo.", "One.\n{+\nTwo.+}"),
        ("One.\n\nTwo.", "Two.", "[-One.\n\n-]Two."),
        ("a b", "ab", "[-a b-]{+ab+}"),
        ("12 dead", "15 dead", "[-12-]{+15+} dead"),
    ],
)
def test_words_that_went_and_came(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


def test_only_the_changed_words_of_a_text() -> None:
    assert shown(TEXT, TEXT.replace("was hurt", "got hurt")) == (
        "The ferry ran aground at noon.\n\nNobody [-was-]{+got+} hurt, she said.\n\n"
        "The tide was low."
    )


texts = st.lists(st.sampled_from(["ferry", "Noon", "low", " ", "\n", ".", "“", "é", "😀"])).map(
    "".join
)


@given(texts, texts)
def test_the_new_text_can_be_read_off_it(old: str, new: str) -> None:
    found = difference(old, new)
    kept = "".join(one.text for one in found if one.how != How.GONE)
    assert "".join(kept.split()) == "".join(new.split())
    gone = "".join(one.text for one in found if one.how != How.NEW)
    assert sorted("".join(gone.split()).replace("“", '"')) == sorted(
        "".join(old.split()).replace("“", '"')
    )


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(one.how == How.SAME for one in difference(text, text))
    assert is_trivial(text, text)


@given(texts, texts)
def test_of_words_nothing_else_differs(old: str, new: str) -> None:
    found = difference_of_words(old, new)
    assert all(re.search(r"\w", one.text) for one in found if one.how != How.SAME)
    kept = "".join(one.text for one in found if one.how != How.GONE)
    assert "".join(kept.split()) == "".join(new.split())


def test_quotation_marks_and_gaps_are_no_words() -> None:
    found = difference_of_words(
        "“The envelopes […] came every month,”", "The envelopes came each month"
    )
    assert [one.text for one in found if one.how != How.SAME] == ["every", "each"]


@pytest.mark.parametrize(
    ("old", "new", "trivial"),
    [
        ("“Noon”", '"Noon"', True),
        ("One.\n\nTwo.", "One. Two.", True),
        ("One.", "one.", False),
        ("One", "One.", False),
        ("One two", "Onetwo", False),
    ],
)
def test_what_is_trivial(old: str, new: str, trivial: bool) -> None:
    assert is_trivial(old, new) == trivial


def test_long_texts_that_share_nothing() -> None:
    old, new = "ferry noon " * 20_000, "tide low " * 22_000
    assert [one.how for one in difference(old, new)] == [How.GONE, How.NEW]
