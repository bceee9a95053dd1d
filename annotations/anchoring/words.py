"""A text as words, with typography folded: quotes, dashes, spaces, composed and split letters."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from reader.text import sentences

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe20-\ufe2f"
)
"""Accents and vowel signs that may stand as characters of their own."""

_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
"""Soft hyphens, joiners, directions, variants: they change how a word looks, not which it is."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Scripts that put no space between words: each of their characters is taken as one."""

_QUOTES = dict.fromkeys("'’‘‚‛`´′‹›", "'") | dict.fromkeys(
    ["''", "’’", "‘‘", ",,", "``", *'"“”„‟«»″〝〞'], '"'
)
_DASHES = "-‐‑‒–—―−"

_WORD = re.compile(
    rf"([^\W{_UNSPACED}]+(?:[{_MARKS}{_UNSEEN}]+[^\W{_UNSPACED}]*)*"
    rf"|''|’’|‘‘|,,|``|\.{{2,}}|[{_DASHES}]+|[^\s{_UNSEEN}][{_MARKS}{_UNSEEN}]*)"
)
_BLOCK = re.compile(r"[^\n\r\t\v\f\u2028\u2029]+")
_UNSEEN_ANY = re.compile(f"[{_UNSEEN}]+")
_ONE_OF_MANY = re.compile(f"[{_UNSPACED}]")

SENTENCE, PARAGRAPH = 1, 2
"""What may begin with a word."""

HEAVIEST = 8
"""The weight of a word of so many letters or more."""


@dataclass(slots=True)
class Words:
    """The words and signs of a text: where each stands, in code points, and which it is.

    `keys` are the same number for words that differ in case and typography only; `begins` tells
    whether a sentence or a paragraph begins with the word (0: neither); `weights` are 1 for a
    sign, and the length of a word, to a limit.
    """

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, place: int) -> str:
        """The word as it is written."""
        return self.text[self.starts[place] : self.ends[place]]


class Vocabulary:
    """Gives words their numbers; the two texts that are compared share one."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._blocks: dict[str, Words] = {}

    def words(self, text: str) -> Words:
        """The words of `text`."""
        words = Words(text)
        for match in _BLOCK.finditer(text):
            start, line = match.start(), match.group()
            block = self._blocks.get(line)
            if block is None:
                block = self._blocks[line] = self._block(line)
            words.starts += [start + place for place in block.starts]
            words.ends += [start + place for place in block.ends]
            words.keys += block.keys
            words.begins += block.begins
            words.weights += block.weights
        return words

    def _block(self, line: str) -> Words:
        # What is between words, a word, what is between words, and so on: no match objects, which
        # would take most of the time.
        pieces = _WORD.split(line)
        edges = list(accumulate(map(len, pieces)))
        starts = edges[:-1:2]
        keys = list(map(self._numbers.__getitem__, pieces[1::2]))
        weights = list(map(self._numbers.weights.__getitem__, keys))
        return Words(line, starts, edges[1::2], keys, _beginnings(line, starts), weights)


class _Numbers(dict[str, int]):
    """The numbers of words as they are written, given to them when first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.weights: list[int] = []
        self._by_folded: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        folded, weight = _folded(word)
        number = self._by_folded.setdefault(folded, len(self.weights))
        if number == len(self.weights):
            self.weights.append(weight)
        self[word] = number
        return number


def _beginnings(line: str, starts: list[int]) -> list[int]:
    begins = [0] * len(starts)
    bounds = sentences(line)
    if len(bounds) > 1:
        first = {start for start, _ in bounds}
        begins = [SENTENCE if start in first else 0 for start in starts]
    if begins:
        begins[0] = PARAGRAPH
    return begins


@lru_cache(maxsize=65_536)
def _folded(word: str) -> tuple[str, int]:
    """The word without case and typography, and what it weighs."""
    folded = unicodedata.normalize("NFKC", without_typography(word)).casefold()
    if _ONE_OF_MANY.match(word):
        return folded, 3
    return folded, min(len(folded), HEAVIEST) if folded[:1].isalnum() else 1


def without_typography(word: str) -> str:
    """One word or sign without what typography does to it.

    Its case is kept, and so is what Unicode calls compatible only: "10²" does not say "102".
    """
    if word.isascii() and word.isalnum():
        return word
    if word in _QUOTES:
        return _QUOTES[word]
    if word[0] in _DASHES:
        return "-"
    if word == "…" or (word[0] == "." and len(word) > 1):
        return "…"
    return unicodedata.normalize("NFC", _UNSEEN_ANY.sub("", word))
