import json

import pytest
from hypothesis import given, strategies as st

from reader.text import Document, Range, from_html, from_plain, render
from tests.reader.text.parsed import parsed
from tests.reader.text.strategies import documents


@given(documents)
def test_markup_comes_back_from_json(document: Document) -> None:
    rows = json.loads(json.dumps(document.to_json()))
    assert Document.from_json(document.text, rows) == document


@given(documents, st.data())
def test_a_slice_is_a_document_of_that_text(document: Document, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    piece = document.slice(start, end)
    assert piece.text == document.text[start:end]
    assert parsed(render(piece)).text == piece.text


def test_a_slice_keeps_the_blocks_and_inlines_it_touches() -> None:
    document = from_html("<h2>Head</h2><ol><li>one <em>two</em><li>three</ol>")
    assert document.text == "Head\none two\nthree"
    piece = document.slice(9, 15)
    assert piece.text == "two\nth"
    assert render(piece) == "<ol><li><em>two</em></li>\n<li>th</li></ol>"


def test_a_slice_has_the_pictures_above_its_words() -> None:
    document = from_html(
        "<p>One</p><img src=https://a.example/1><p>Two</p><img src=https://a.example/2>"
    )

    def pictures(start: int, end: int) -> list[tuple[int, str]]:
        blocks = document.slice(start, end).blocks()
        return [(b.start, b.attrs["src"][-1]) for b in blocks if b.type == "picture"]

    assert pictures(0, 7) == [(4, "1"), (7, "2")]
    assert pictures(0, 4) == []
    assert pictures(4, 6) == [(0, "1")]
    assert pictures(5, 7) == [(2, "2")]


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 1), (0, 5)])
def test_a_slice_out_of_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="text of 4"):
        from_plain("abcd").slice(start, end)


def test_leaves_are_the_pieces_that_hold_words() -> None:
    document = from_html(
        "<blockquote><p>a</p><p>b</p></blockquote><table><tr><td>c<td><td>d</table>"
    )
    assert document.text == "a\nb\nc\t\td"
    assert document.leaves() == [(0, 1), (2, 3), (4, 5), (7, 8)]
    assert Document("words").leaves() == [(0, 5)]
    assert Document("").leaves() == []


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([["paragraph", 0, 8]], "out of a text of 7"),
        ([["paragraph", -1, 3]], "out of a text of 7"),
        ([["paragraph", 5, 3]], "out of a text of 7"),
        ([["paragraph", 0.0, 7]], "whole numbers"),
        ([["paragraph", True, 7]], "whole numbers"),
        ([["script", 0, 7]], "no known type"),
        ([["paragraph", 0]], "not the markup"),
        ([["paragraph", 0, 7, "attrs"]], "not the markup"),
        (["paragraph"], "not the markup"),
        ([["paragraph", 0, 3], ["paragraph", 2, 7]], "crosses"),
        ([["quote", 0, 3], ["paragraph", 0, 7]], "crosses"),
        ([["paragraph", 0, 7], ["paragraph", 0, 3]], "crosses"),
        ([["paragraph", 4, 7], ["paragraph", 0, 3]], "out of order"),
        ([["item", 0, 7]], "may not stand"),
        ([["list", 0, 7], ["paragraph", 0, 7]], "may not stand"),
        ([["list", 0, 7]], "words outside of blocks"),
        ([["paragraph", 0, 3]], "words outside of blocks"),
        ([["quote", 0, 7], ["paragraph", 0, 3]], "words outside of blocks"),
        ([["heading", 0, 7]], "heading without level"),
        ([["heading", 0, 7, {"level": "7"}]], "may not carry"),
        ([["paragraph", 0, 7, {"onclick": "alert(1)"}]], "may not carry"),
        ([["paragraph", 0, 7, {"dir": "up"}]], "may not carry"),
        ([["paragraph", 0, 7, {"lang": 5}]], "may not carry"),
        ([["link", 0, 7]], "link without href"),
        ([["link", 0, 7, {"href": "javascript:alert(1)"}]], "may not carry"),
        ([["link", 0, 7, {"href": "https://a.example/ b"}]], "may not carry"),
        (
            [
                ["link", 0, 4, {"href": "https://a.example/"}],
                ["link", 3, 7, {"href": "https://a.example/"}],
            ],
            "overlaps another link",
        ),
        ([["em", 3, 4], ["em", 0, 2]], "out of order"),
        ([["em", 0, 2], ["paragraph", 0, 7]], "after an inline"),
        ([["break", 0, 1]], "not the line feed"),
        ([["picture", 0, 0]], "picture without src"),
        ([["picture", 0, 0, {"src": "/a.jpg"}]], "may not carry"),
        ([["picture", 0, 0, {"src": "data:image/png;base64,AA=="}]], "may not carry"),
        ([["picture", 0, 0, {"src": "https://a.example/", "alt": "a\nb"}]], "may not carry"),
        ([["picture", 0, 7, {"src": "https://a.example/"}]], "picture with words"),
        (
            [["paragraph", 0, 7], ["picture", 3, 3, {"src": "https://a.example/"}]],
            "crosses or may not stand",
        ),
    ],
)
def test_markup_that_does_not_fit_is_refused(rows: list[list[object]], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Document.from_json("abc\ndef", rows)


@pytest.mark.parametrize("text", ["a\0b", "a\rb", "a\ud800b"])
def test_text_that_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="carriage return"):
        Document(text)


def test_a_range_can_be_a_key() -> None:
    assert len({Range("em", 0, 1), Range("em", 0, 1), Range("em", 0, 2)}) == 2
