"""A text as words alone, each of which knows where it stands."""

import pytest
from hypothesis import given, strategies as st

from reader.sameness import level
from reader.sameness.levelling import levelled


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We don’t,” she SAID.", "we dont she said"),
        ("'We don't', she  said", "we dont she said"),
        ("the U.N.’s visit – on\u00a0Monday", "the u n s visit on monday"),
        ("Straße und ﬁnden", "strasse und finden"),
        ("cafe\u0301 café", "café café"),
        ("co\u00adopera\u200btion", "cooperation"),
        ("10² is not 102, and ½ a half", "10² is not 102 and ½ a half"),
        ("5 % of £5m", "5 % of £ 5m"),
        ("中国 said", "中 国 said"),
        ("—…!", ""),
        ("", ""),
    ],
)
def test_words_without_what_typography_does(text: str, words: str) -> None:
    assert level(text).joined == words


@given(st.text(), st.integers(0, 5), st.integers(0, 5))
def test_every_word_stands_where_it_says(text: str, before: int, after: int) -> None:
    start, end = min(before, len(text)), max(0, len(text) - after)
    found = level(text, start, end)
    assert len(found.words) == len(found.starts) == len(found.ends) == len(found)
    for word, first, last in zip(found.words, found.starts, found.ends, strict=True):
        assert start <= first < last <= end
        assert levelled(text[first:last]) == word
    assert list(found.starts) == sorted(found.starts)
    assert all(a <= b for a, b in zip(found.ends, found.starts[1:], strict=False))


@given(st.text(alphabet="abcé ’.“”²中\u00ad", max_size=60))
def test_case_quotation_marks_and_spaces_make_no_difference(text: str) -> None:
    words = level(text).words
    assert level(f"«{text.upper().replace(' ', ' … ')}»").words == words
    assert level(" ".join(words)).words == words


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=5), min_size=1, max_size=8), st.data())
def test_a_stretch_of_the_joined_words_is_known_by_its_words(words: list[str], data) -> None:
    found = level(" ".join(words))
    start = data.draw(st.integers(0, len(found.joined) - 1))
    end = data.draw(st.integers(start + 1, len(found.joined)))
    first, last = found.at(start, end)
    assert found.joined[start:end].strip() in " ".join(found.words[first:last])
    assert found.joined[start:end].split() == [] or last - first == len(
        found.joined[start:end].split()
    )


def test_no_stretch_touches_no_word() -> None:
    assert level("a b").at(2, 2) == (0, 0)
