"""Wordings of a claim: the same words once, and what differs in like ones."""

from annotations.pages.summary import Line
from annotations.pages.wordings import wordings
from tests.annotations.passages import Piece, passage


def said(words: str, by: str, **fields: object):
    line = Line(who=by, said_by=by, words=words, is_verbatim=True, path="", where="")
    return passage("allegation", pieces=(Piece(0, len(words), words),), **fields), line


def test_like_wordings_are_compared_and_same_ones_are_one() -> None:
    found = wordings(
        [
            said("The works poisoned the river.", "Ida"),
            said("Nobody at the quay had ever seen such a thing.", "Bo"),
            said("The works “poisoned”  the river.", "Cy"),
            said("The works have poisoned the river.", "Di", flags=("translated",)),
            said("The works poisoned the river.", "Ed"),
        ]
    )
    assert [[line.who for line in one.used] for one in found] == [
        ["Ida", "Ed"],
        ["Bo"],
        ["Cy"],
        ["Di"],
    ]
    assert [one.than for one in found] == [0, 0, 1, 1]
    changed = found[3]
    assert [one.text for one in changed.change if one.how == "new"] == ["have "]
    assert changed.is_translated and not found[0].is_translated
