"""How alike two sentences are."""

from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from reader.sameness.levelling import LEAST_WORDS, Levelled

NEAR = 0.8
"""Likeness from which two sentences may be the same."""

_ENDS = (["insert", "equal"], ["delete", "equal"])


class Grade(StrEnum):
    """`SAME`: the same words. `CONTAINED`: all words of the one, in a row, within the other.
    `NEAR`: much the same letters in the same order; whether it is the same, people say."""

    SAME = "same"
    CONTAINED = "contained"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Likeness:
    """`one` and `other` are what is alike in each: the first word, and the one behind the last.

    `score` goes from 0 to 1; 1 for the same words.
    """

    grade: Grade
    score: float
    one: tuple[int, int]
    other: tuple[int, int]


def compare(one: Levelled, other: Levelled) -> Likeness | None:
    """How alike they are; None where they are not, or where one has too few words.

    They are near as a whole, or else the shorter is laid along the longer where it fits best: what
    the longer says besides does not matter. Which of them is given first does not either.
    """
    if min(len(one), len(other)) < LEAST_WORDS:
        return None
    if one.joined == other.joined:
        return Likeness(Grade.SAME, 1.0, (0, len(one)), (0, len(other)))
    if (len(one.joined), one.joined) > (len(other.joined), other.joined):
        found = _within(other, one)
        return Likeness(found.grade, found.score, found.other, found.one) if found else None
    return _within(one, other)


def _within(short: Levelled, long: Levelled) -> Likeness | None:
    place = f" {long.joined} ".find(f" {short.joined} ")
    if place >= 0:
        first = long.joined.count(" ", 0, place)
        return Likeness(Grade.CONTAINED, 1.0, (0, len(short)), (first, first + len(short)))
    score = fuzz.ratio(short.joined, long.joined)
    alike = (0, len(short)), (0, len(long))
    if score < NEAR * 100:
        found = fuzz.partial_ratio_alignment(short.joined, long.joined, score_cutoff=NEAR * 100)
        if found is None:
            return None
        score = found.score
        alike = short.at(found.src_start, found.src_end), long.at(found.dest_start, found.dest_end)
    one, other = _trimmed(short, alike[0], long, alike[1])
    if min(one[1] - one[0], other[1] - other[0]) < LEAST_WORDS:
        return None
    return Likeness(Grade.NEAR, score / 100, one, other)


def _trimmed(
    one: Levelled, mine: tuple[int, int], other: Levelled, theirs: tuple[int, int]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Both stretches without the words at either end that only one of them has; what is beside a
    changed word belongs to the change."""
    changes = list(Levenshtein.opcodes(one.words[slice(*mine)], other.words[slice(*theirs)]))
    if [change.tag for change in changes[:2]] in _ENDS:
        changes.pop(0)
    if [change.tag for change in changes[:-3:-1]] in _ENDS:
        changes.pop()
    first, last = changes[0], changes[-1]
    return (
        (mine[0] + first.src_start, mine[0] + last.src_end),
        (theirs[0] + first.dest_start, theirs[0] + last.dest_end),
    )
