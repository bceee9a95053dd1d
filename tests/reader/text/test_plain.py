import unicodedata

import pytest
from hypothesis import given

from reader.text import from_plain
from tests.reader.text.strategies import texts

WRAPPED = """\
The committee met on Tuesday evening to discuss the plan for the harbour,
which several residents have opposed since the spring. Its chair said that
no decision had been taken, and that none would be before the summer.

Nothing else was decided. The meeting was adjourned until the next week at
the earliest, and a member asked for the minutes of the one before it to be
read aloud.
"""


def paragraphs(text: str) -> list[str]:
    document = from_plain(text)
    return [document.text[r.start : r.end] for r in document.markup]


@given(texts)
def test_nothing_but_form_c_and_line_ends_changes(text: str) -> None:
    expected = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    expected = "".join("\ufffd" if 0xD800 <= ord(c) < 0xE000 else c for c in expected)
    document = from_plain(text)
    assert document.text == unicodedata.normalize("NFC", expected)
    words = "".join(document.text[start:end] for start, end in document.leaves())
    assert "".join(words.split()) == "".join(document.text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n ", []),
        ("one", ["one"]),
        ("one\n\ntwo\n", ["one", "two"]),
        ("one\n \t\n\u00a0\ntwo", ["one", "two"]),
        (" one \n\n\n  two ", [" one ", "  two "]),
        ("one\r\ntwo\rthree", ["one", "two", "three"]),
        ("Title\nSecond line\nThird", ["Title", "Second line", "Third"]),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert paragraphs(text) == expected


def test_lines_that_a_program_wrapped_stay_together() -> None:
    assert paragraphs(WRAPPED) == [part.strip("\n") for part in WRAPPED.split("\n\n")]


def test_short_lines_in_a_wrapped_text_stay_apart() -> None:
    verse = "Grey is the quay,\nslow is the tide,\nnobody asked who would pay."
    assert paragraphs(f"{WRAPPED}\n{verse}")[2:] == verse.split("\n")


def test_list_items_in_a_wrapped_text_stay_apart() -> None:
    first = "- the first point of the agenda is as long as a line of this text can be"
    second = "- the second point"
    assert paragraphs(f"{WRAPPED}\n{first}\n{second}")[2:] == [first, second]


def test_an_indented_line_begins_a_paragraph() -> None:
    indented = WRAPPED.replace("\n\n", "\n   ")
    assert len(paragraphs(indented)) == 2


def test_long_lines_are_a_paragraph_each() -> None:
    lines = ["words " * 40, "words " * 50, "words " * 30]
    assert paragraphs("\n".join(lines)) == lines
