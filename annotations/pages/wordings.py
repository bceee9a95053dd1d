"""The different wordings of one claim: who put it how, and what differs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from annotations.differences import Stretch, difference_of_words, is_trivial
from annotations.pages.summary import Line
from annotations.passage import Passage

ALIKE = 60
"""Percent of likeness (rapidfuzz, `ratio`) from which it helps to see the differing words; below it
two wordings have little in common, and each stands for itself."""

MOST = 40
"""Different wordings on a page: comparing each with all others takes the square of that."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words in which the claim is alleged, and all who use them. `change` is what differs from an
    earlier wording, `than` its number; empty where none is alike. `is_translated`: what differs
    may be the translator's."""

    number: int
    words: str
    used: tuple[Line, ...]
    change: tuple[Stretch, ...]
    than: int
    is_translated: bool


def wordings(several: Sequence[tuple[Passage, Line]]) -> list[Wording]:
    """The wordings in the order of their first use; those that differ in typography only are one.

    Args:
        several: allegations in the order of their dates, each with its line.
    """
    groups: list[list[tuple[Passage, Line]]] = []
    for one in several:
        same = (group for group in groups if is_trivial(group[0][0].words, one[0].words))
        group = next(same, None)
        if group is not None:
            group.append(one)
        elif len(groups) < MOST:
            groups.append([one])
    return [
        _wording(number, group, [earlier[0][0].words for earlier in groups[: number - 1]])
        for number, group in enumerate(groups, start=1)
    ]


def _wording(number: int, group: Sequence[tuple[Passage, Line]], earlier: Sequence[str]) -> Wording:
    words = group[0][0].words
    than = _most_alike(words, earlier)
    return Wording(
        number=number,
        words=words,
        used=tuple(line for _, line in group),
        change=tuple(difference_of_words(earlier[than - 1], words)) if than else (),
        than=than,
        is_translated=any("translated" in passage.flags for passage, _ in group),
    )


def _most_alike(words: str, earlier: Iterable[str]) -> int:
    """The number of the wording that is most alike, from 1; 0 where none is alike enough."""
    scored = [(fuzz.ratio(words, one), -number) for number, one in enumerate(earlier, start=1)]
    score, number = max(scored, default=(0, 0))
    return -number if score >= ALIKE else 0
