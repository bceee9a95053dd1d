"""What is marked in a result, and which part of a text is shown."""

import time

import pytest
from hypothesis import given, strategies as st

from reader.search.snippets import LENGTH, Marked, Marker


def shown(marked: Marked) -> str:
    return "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in marked)


def marker(*stems: str, phrases: tuple[str, ...] = ()) -> Marker:
    return Marker(frozenset(stems), phrases)


@pytest.mark.parametrize(
    ("stems", "text", "expected"),
    [
        (["ferri"], "Ferry, ferries; ferrying", "[Ferry], [ferries]; [ferrying]"),
        (
            ["alleg"],
            "He alleges allegations, allegedly.",
            "He [alleges] [allegations], [allegedly].",
        ),
        (["run"], "run running runs rune runaway", "[run] [running] [runs] [rune] runaway"),
        (["war"], "war wars warned Warsaw warden", "[war] [wars] warned Warsaw warden"),
        (["us"], "us use USA", "[us] use USA"),
        (["naiv"], "naïve NAÏVE naively", "[naïve] [NAÏVE] [naively]"),
        (["haf"], "Häfen und Hafen", "[Häfen] und [Hafen]"),
        (["министр"], "Министры и министр", "[Министры] и [министр]"),
        (["访", "问"], "访问北京", "[访][问]北京"),
        (["a"], "a.b (a) _a_ ba", "[a].b ([a]) _[a]_ ba"),
        (["x.y"], "see x.y and xzy", "see [x.y] and xzy"),
        (["😀"], "well 😀", "well [😀]"),
        ([], "nothing asked", "nothing asked"),
        (["absent"], "not here", "not here"),
        (["strass"], "Die Straße", "Die Straße"),
    ],
)
def test_forms_of_words(stems, text, expected):
    assert shown(marker(*stems).mark(text)) == expected


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("to be or not", "To be,\nor  not to be", "[To be, or not] to be"),
        ("the harbour's", "The “harbour’s” end", "[The “harbour’s]” end"),
        ("or", "order or", "order [or]"),
        ("北京", "访问北京。", "访问[北京]。"),
        ("!", "what!", "what!"),
        ("zoë marr", "Zoe Marr", "[Zoe Marr]"),
    ],
)
def test_phrases(phrase, text, expected):
    assert shown(marker(phrases=(phrase,)).mark(text)) == expected


def test_the_beginning_is_shown_where_nothing_is_marked():
    text = "word " * 200
    found = shown(marker("absent").snippet(text))
    assert found.startswith("word word")
    assert found.endswith("word …")
    assert len(found) <= LENGTH + 2


def test_the_part_with_most_of_what_was_asked_is_shown():
    text = f"ferry {'and ' * 200} harbour and ferry {'or ' * 200}"
    found = shown(marker("ferri", "harbour").snippet(text))
    assert "[harbour] and [ferry]" in found
    assert found.startswith("… ")
    assert found.endswith(" …")


def test_a_short_text_is_shown_whole_and_in_one_line():
    assert shown(marker("b").snippet("a\n\n b\tc")) == "a [b] c"
    assert marker("b").snippet("") == ()


def test_no_word_is_cut():
    text = " ".join(f"word{n}" for n in range(300))
    for n in (0, 50, 150, 299):
        found = (
            shown(marker(f"word{n}").snippet(text)).strip(" …").replace("[", "").replace("]", "")
        )
        assert set(found.split()) <= set(text.split())


def test_a_long_text_is_no_matter():
    text = "harbour ferries “naïve” " * 25_000
    began = time.perf_counter()
    assert marker("ferri", "naiv", phrases=("harbour ferries",)).snippet(text)
    # Not a budget: it would be minutes if it took a wrong turn.
    assert time.perf_counter() - began < 20


TEXTS = st.text(st.sampled_from("ab éß\n\t北😀\u0301'-_.") | st.characters(), max_size=300)


@given(TEXTS, st.sets(st.text("abéß北.", min_size=1, max_size=3), max_size=3), TEXTS)
def test_pieces_give_the_text_back(text, stems, phrase):
    one = Marker(frozenset(stems), (phrase[:5],))
    assert "".join(piece.text for piece in one.mark(text)).split() == text.split()
    snippet = "".join(piece.text for piece in one.snippet(text)).strip(" …")
    assert snippet in " ".join(text.split()) or " ".join(snippet.split()) in " ".join(text.split())
