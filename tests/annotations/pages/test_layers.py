"""Passages as marks of the text."""

from annotations.pages.layers import spans
from annotations.passage import Piece
from tests.annotations.passages import passage


def test_each_piece_of_a_broken_quote_is_announced():
    broken = passage(by=["Ida"], pieces=(Piece(0, 5, "words"), Piece(9, 14, "words")))
    first, second = spans([broken], {broken.id: 3})
    assert (first.label, first.start_label) == ("Quote 3: Ida", "")
    assert (second.anchor, second.start_label) == ("", "quote 3 goes on")
    assert first.end_label == second.end_label == "end of quote 3"
