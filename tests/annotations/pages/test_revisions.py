"""Two texts beside each other, paragraph by paragraph."""

import pytest

from annotations.differences import How, difference
from annotations.pages.revisions import _beside

A, B, C = "It rained on Monday.", "Nobody was hurt.", "The ferry lay on the sand."


def rows(old: str, new: str) -> list[tuple[str, str]]:
    """What stands in each row, with - and + around what only one of them has."""
    signs = {How.SAME: "", How.GONE: "-", How.NEW: "+"}

    def shown(side) -> str:
        return "".join(f"{signs[one.how]}{one.text.strip()}{signs[one.how]}" for one in side)

    return [(shown(left), shown(right)) for left, right in _beside(difference(old, new))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([A, B], [A, B], [(A, A), (B, B)]),
        ([A, B, C], [A, C], [(A, A), (f"-{B}-", ""), (C, C)]),
        ([A, C], [A, B, C], [(A, A), ("", f"+{B}+"), (C, C)]),
        ([A, B, C], [B, A, C], [("", f"+{B}+"), (A, A), (f"-{B}-", ""), (C, C)]),
        (
            [A, B],
            ["It froze on Monday.", B],
            [("It-rained-on Monday.", "It+froze+on Monday."), (B, B)],
        ),
        ([A, B, C], [A, "Xyz.", C], [(A, A), ("-Nobody was hurt-.", "+Xyz+."), (C, C)]),
        ([A], [], [(f"-{A}-", "")]),
        ([], [], []),
    ],
)
def test_rows(old, new, expected) -> None:
    assert rows("\n".join(old), "\n".join(new)) == expected
