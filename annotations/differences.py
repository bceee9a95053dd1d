"""What differs between two texts, line by line and then word by word, for people to read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from rapidfuzz.distance import Indel, Levenshtein

from annotations.anchoring.words import without_typography

_WORD = re.compile(r"\w")
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")

LARGE = 10_000_000
"""Tokens of one stretch times tokens of the other, beyond which memory asks for another way."""

TOO_LARGE = 400_000_000
"""The same, beyond which it would take too long: then one stands for the other as a whole."""


class How(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that both texts have, or only the old one (`gone`), or only the new one (`new`).

    What differs in typography or white space only is the same, as the new text has it.
    """

    how: How
    text: str


def difference(old: str, new: str) -> list[Stretch]:
    """The stretches of both texts, in order: `same` and `new` make up the new one, and `same` and
    `gone` the old one, but for its typography."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found: list[Stretch] = []
    for tag, i, j, k, m in _opcodes(
        [_folded(one) for one in before], [_folded(one) for one in after]
    ):
        if tag == "equal":
            found.append(Stretch(How.SAME, "".join(after[k:m])))
        else:
            found += _in_words("".join(before[i:j]), "".join(after[k:m]))
    return list(_joined(found))


def difference_of_words(old: str, new: str) -> list[Stretch]:
    """As `difference`, but what is no word makes none: quotation marks, commas, the sign that
    something was left out."""
    found = []
    for one in difference(old, new):
        if _WORD.search(one.text):
            found.append(one)
        elif one.how != How.GONE:
            found.append(Stretch(How.SAME, one.text))
    return list(_joined(found))


def is_trivial(old: str, new: str) -> bool:
    """Whether two texts differ in typography, white space and paragraphs only."""
    return [_folded(one) for one in _words(old)] == [_folded(one) for one in _words(new)]


def _in_words(old: str, new: str) -> Iterator[Stretch]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    for tag, i, j, k, m in _opcodes(
        [_level(one) for one in before], [_level(one) for one in after]
    ):
        if tag == "equal":
            yield Stretch(How.SAME, "".join(after[k:m]))
        else:
            yield Stretch(How.GONE, "".join(before[i:j]))
            yield Stretch(How.NEW, "".join(after[k:m]))


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """As `difflib.SequenceMatcher.get_opcodes`: what is equal, and what stands for what."""
    size = len(old) * len(new)
    if size > TOO_LARGE:
        yield "replace", 0, len(old), 0, len(new)
        return
    metric = Indel if size < LARGE else Levenshtein
    end_old = end_new = 0
    for block in metric.opcodes(old, new).as_matching_blocks():
        if block.a > end_old or block.b > end_new:
            yield "replace", end_old, block.a, end_new, block.b
        end_old, end_new = block.a + block.size, block.b + block.size
        if block.size:
            yield "equal", block.a, end_old, block.b, end_new


def _joined(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """Neighbours that are alike made one. A space between two changes goes with them: changed
    words in a row read better as one change."""
    last = len(stretches) - 1

    def is_change(number: int) -> bool:
        one = stretches[number]
        return one.how != How.SAME or (0 < number < last and one.text == " ")

    for changed, numbers in groupby(range(len(stretches)), key=is_change):
        group = [stretches[number] for number in numbers]
        for how in (How.GONE, How.NEW) if changed else (How.SAME,):
            text = "".join(one.text for one in group if one.how in {how, How.SAME})
            if text.strip() or (text and how == How.SAME):
                yield Stretch(how, text)


def _words(text: str) -> list[str]:
    return [one for one in _TOKEN.findall(text) if not one.isspace()]


def _level(token: str) -> str:
    return " " if token.isspace() and "\n" not in token else _folded(token)


def _folded(text: str) -> str:
    """The text with typography and runs of spaces levelled; case is kept."""
    return " ".join(without_typography(one) for one in _words(text))
