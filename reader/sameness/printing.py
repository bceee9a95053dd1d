"""Prints of a text: numbers by which sentences that share words are found again.

Three words in a row are a shingle, and a shingle's checksum its print. Of a text only some are
kept, by winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document
fingerprinting", SIGMOD 2003): the lesser of any two neighbours, which are two in three. So any four
words in a row that two sentences share leave a print in both; who looks for a sentence asks for all
of its shingles. Of sentences that are near (`reader.sameness.comparing`), with words changed at
random, 97 in 100 are found so; with one shingle kept of every four neighbours it would be 92, with
all of them 99.
"""

from collections.abc import Sequence
from zlib import crc32

from reader.sameness.levelling import LEAST_WORDS, level
from reader.text import sentences

WORDS = 3
"""Words to a shingle."""

WINDOW = 2
"""Neighbouring shingles of which the least is kept."""

BITS = 26
"""Of a checksum. An index has room for each different print: with more bits it grows by several
times, and with fewer every print stands in many texts by chance."""


def prints(text: str) -> list[int]:
    """What is kept of a text, each once and in order: of each of its sentences that is long enough.

    They are the same on every machine, and at least 0.
    """
    found: set[int] = set()
    for start, end in sentences(text):
        words = level(text, start, end).words
        if len(words) >= LEAST_WORDS:
            found |= winnowed(shingles(words))
    return sorted(found)


def shingles(words: Sequence[str]) -> list[int]:
    """The checksums of every `WORDS` words in a row, in their order."""
    several = zip(*(words[place:] for place in range(WORDS)), strict=False)
    return [crc32(" ".join(one).encode()) >> 32 - BITS for one in several]


def winnowed(several: Sequence[int]) -> set[int]:
    """The least of every `WINDOW` neighbours; of fewer, the least."""
    if len(several) <= WINDOW:
        return {min(several)} if several else set()
    return set(map(min, zip(*(several[place:] for place in range(WINDOW)), strict=False)))
