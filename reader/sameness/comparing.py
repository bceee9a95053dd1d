"""How alike two sentences are."""

from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from reader.sameness.levelling import LEAST_WORDS, Levelled

NEAR = 0.8
"""Likeness from which two sentences may be the same."""

_ONE_SIDED = ("insert", "delete")


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
    if score >= NEAR * 100:
        alike = _common_stretch(short, long)
    else:
        found = fuzz.partial_ratio_alignment(short.joined, long.joined, score_cutoff=NEAR * 100)
        if found is None:
            return None
        score = found.score
        alike = short.at(found.src_start, found.src_end), long.at(found.dest_start, found.dest_end)
    if any(last - first < LEAST_WORDS for first, last in alike):
        return None
    return Likeness(Grade.NEAR, score / 100, *alike)


def _common_stretch(one: Levelled, other: Levelled) -> tuple[tuple[int, int], tuple[int, int]]:
    """Both without the words at either end that only one of them has."""
    changes = list(Levenshtein.opcodes(one.words, other.words))
    while changes and changes[0].tag in _ONE_SIDED:
        changes.pop(0)
    while changes and changes[-1].tag in _ONE_SIDED:
        changes.pop()
    if not changes:
        return (0, 0), (0, 0)
    first, last = changes[0], changes[-1]
    return (first.src_start, last.src_end), (first.dest_start, last.dest_end)
