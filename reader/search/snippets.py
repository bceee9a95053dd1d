"""Pieces of text around what was found, with the matches marked. PURE.

Plain pieces, not HTML: whoever shows them escapes them.
"""

from typing import NamedTuple


class Piece(NamedTuple):
    """Some text, and whether it is what was searched for."""

    text: str
    is_match: bool


Marked = tuple[Piece, ...]
"""A text in pieces; joined they give it back."""
