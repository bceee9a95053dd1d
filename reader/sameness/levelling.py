"""A text as words alone: without case, quotation marks, punctuation and white space."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

LEAST_WORDS = 6
"""Fewer words than that are said by chance: nobody is quoted by them."""

# Accents, vowel signs and points that stand as characters of their own.
_MARKS = "".join(
    chr(code) for code in range(0x300, 0x1E00) if unicodedata.category(chr(code)) in {"Mn", "Mc"}
)
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff"
"""Soft hyphens, joiners, variants: they change how a word looks, not which it is."""

_APOSTROPHES = "'’‘ʼ‛＇"
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Chinese and Japanese: there is no space between words, so each character counts as one."""

# "5 %" and "£5" are no punctuation: without their signs they would say something else.
_SIGNS = "$€£¥₹₽₩₺%‰°+−±"

_WORD = re.compile(
    rf"[^\W_{_UNSPACED}]+(?:(?:[{_MARKS}{_UNSEEN}]+|[{_APOSTROPHES}](?=[^\W_]))[^\W_{_UNSPACED}]*)*"
    rf"|[{_UNSPACED}{_SIGNS}]"
)
_DROPPED = re.compile(f"[{_UNSEEN}{_APOSTROPHES}]")

# To Unicode "10²" is compatible with "102", and "½" with "1⁄2"; to readers they are not.
_RAISED = re.compile("([\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u215f\u2189])")


@dataclass(frozen=True, slots=True)
class Levelled:
    """The words of a text, and where each stands in it, in code points.

    `joined` are the words with a space between any two.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    joined: str

    def __len__(self) -> int:
        return len(self.words)

    def extent(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from the `first` up to, not with, the `last` stand, in code points."""
        return self.starts[first], self.ends[last - 1]

    def at(self, start: int, end: int) -> tuple[int, int]:
        """The words that `joined[start:end]` touches: the first, and the one behind the last.

        It touches none where `start` is `end`.
        """
        edges = list(accumulate(len(word) + 1 for word in self.words))
        touched = [
            number
            for number, (word, edge) in enumerate(zip(self.words, edges, strict=True))
            if edge - 1 > start and edge - 1 - len(word) < end
        ]
        return (touched[0], touched[-1] + 1) if touched and start < end else (0, 0)


def level(text: str, start: int = 0, end: int | None = None) -> Levelled:
    """The words of `text[start:end]`; their places are those in the whole text."""
    found = list(_WORD.finditer(text, start, len(text) if end is None else end))
    words = tuple(levelled(one.group()) for one in found)
    starts, ends = tuple(one.start() for one in found), tuple(one.end() for one in found)
    return Levelled(words, starts, ends, " ".join(words))


def levelled(word: str) -> str:
    """One word without case, accents' spelling and apostrophes: "Don’t" is "dont"."""
    if word.isascii():
        return word.lower().replace("'", "")
    return _folded(word)


@lru_cache(maxsize=65_536)
def _folded(word: str) -> str:
    pieces = _RAISED.split(_DROPPED.sub("", word))
    # What is raised stands at every second place.
    pieces[::2] = [unicodedata.normalize("NFKC", piece).casefold() for piece in pieces[::2]]
    return unicodedata.normalize("NFC", "".join(pieces))
