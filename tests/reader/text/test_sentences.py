import re
from itertools import pairwise

import pytest
from hypothesis import assume, given, strategies as st

from reader.text import Document, sentence_around, sentences, word_count
from tests.reader.text.strategies import documents, texts


@pytest.mark.parametrize(
    "expected",
    [
        ["One.", "Two!", "Three?"],
        ["“It is done.", "We left.”", "She waited."],
        ["“Why?” he asked.", "Nobody knew."],
        ["He said: “No.”", "“Yes,” she said."],
        ["Dr. Ana Reyes met Mr. Okafor of the U.N. at 5 p.m. on Jan. 3.", "He left."],
        ["J. R. Moss paid $3.5 million (see p. 5 and no. 7).", "No.", "Then he left."],
        ["It went on… and on.", "It stopped..."],
        ["他说：“你好。”", "我走了。", "真的？"],
        ["Headline without a full stop"],
    ],
)
def test_sentences(expected: list[str]) -> None:
    text = "".join(expected) if "。" in expected[0] else " ".join(expected)
    assert [text[start:end] for start, end in sentences(text)] == expected


@given(texts)
def test_sentences_hold_all_words_in_order_and_no_line_feed(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
    assert all(a < b and "\n" not in text[a:b] for a, b in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))


@given(documents)
def test_sentences_of_a_document_stay_in_its_leaves(document: Document) -> None:
    leaves = document.leaves()
    for start, end in sentences(document.text, leaves):
        assert any(low <= start and end <= high for low, high in leaves)


def test_a_sentence_may_go_over_wrapped_lines_if_the_blocks_are_known() -> None:
    text = "One goes\non. Two."
    assert sentences(text, [(0, len(text))]) == [(0, 12), (13, 17)]


def test_the_sentence_around_a_passage() -> None:
    text = "Title\nOne is here. Two is there. Three."
    two = text.index("Two")
    assert sentence_around(text, two + 4, two + 6) == (two, two + len("Two is there."))
    one_to_two = (6, two + len("Two is there."))
    assert sentence_around(text, 10, two + 1) == one_to_two
    assert sentence_around(text, 10, two + 1, [(6, len(text))]) == one_to_two
    assert sentence_around(text, 0, two)[0] == 0


@given(texts, st.data())
def test_the_sentence_around_holds_the_passage(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low, high = sentence_around(text, start, end)
    assert 0 <= low <= start <= end <= high <= len(text)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 1), (0, 5)])
def test_a_passage_out_of_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="text of 4"):
        sentence_around("abcd", start, end)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("— …", 0),
        ("One two, three.", 3),
        ("It’s a well-known U.N. fact: $3.5 million", 7),
        ("中文字", 3),
        ("naïve cafe\u0301", 2),
        ("שלום עולם", 2),
    ],
)
def test_word_count(text: str, count: int) -> None:
    assert word_count(text) == count


@given(st.lists(texts | st.sampled_from(["it's", "12,000.5", "a_b", "_c-d", "e,"])))
def test_words_are_what_letters_and_digits_make_and_hyphens_join(parts: list[str]) -> None:
    text = " ".join(parts)
    assume(not re.search(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]", text))
    assert word_count(text) == len(re.findall(r"\w+(?:['’.,-][^\W_]+)*", text))
