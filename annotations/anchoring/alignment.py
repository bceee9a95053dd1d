"""Which word of the new text each word of the old one has become."""

from collections.abc import Iterator
from itertools import accumulate, pairwise

from rapidfuzz.distance import Levenshtein

from annotations.anchoring.words import PARAGRAPH, Words

WINDOW = 60
"""Words of a sentence that are looked at on either side of a passage."""


class Side:
    """One of the two texts: its words, where each of them stands in the other, and its sentences.

    `image[i]` is the place of word i among the words of the other text, -1 where it has none.
    The two need not be the same word: one may have replaced the other. Ranges are half-open.
    """

    def __init__(self, words: Words) -> None:
        self.words = words
        self.image = [-1] * len(words)
        self.sentence = [number - 1 for number in accumulate(map(bool, words.begins))]
        self._firsts = [place for place, begins in enumerate(words.begins) if begins]
        self._weight_before = [0, *accumulate(words.weights)]

    def __len__(self) -> int:
        return len(self.image)

    def bounds(self, sentence: int) -> tuple[int, int]:
        """The range of a sentence, given by its number."""
        after = sentence + 1
        end = self._firsts[after] if after < len(self._firsts) else len(self)
        return self._firsts[sentence], end

    def around(self, passage: range) -> range:
        """The sentences that a passage is in, or of long ones the part that is near it."""
        start, _ = self.bounds(self.sentence[passage.start])
        _, end = self.bounds(self.sentence[passage.stop - 1])
        return range(max(start, passage.start - WINDOW), min(end, passage.stop + WINDOW))

    def paragraphs(self) -> Iterator[tuple[int, int]]:
        """The ranges of the paragraphs."""
        begins = self.words.begins
        firsts = [place for place in self._firsts if begins[place] == PARAGRAPH]
        return pairwise([*firsts, len(self)])

    def weight(self, start: int, end: int) -> int:
        """What the words of a range weigh together."""
        return self._weight_before[end] - self._weight_before[start]

    def open_runs(self) -> list[tuple[int, int]]:
        """The longest ranges of words that stand nowhere in the other text."""
        image, size = self.image, len(self)
        found: list[tuple[int, int]] = []
        end = 0
        while True:
            try:
                start = image.index(-1, end)
            except ValueError:
                return found
            end = start + 1
            while end < size and image[end] < 0:
                end += 1
            found.append((start, end))


class Alignment:
    """The words of two texts, joined in pairs; no word is in two of them."""

    def __init__(self, old: Words, new: Words) -> None:
        self.old = Side(old)
        self.new = Side(new)

    def join(self, old: int, new: int, length: int = 1) -> None:
        """So many words of the old text from place `old` have become those from `new`."""
        self.old.image[old : old + length] = range(new, new + length)
        self.new.image[new : new + length] = range(old, old + length)

    def free(self, old: range, new: range) -> None:
        """Part the words of both ranges from what they are joined with."""
        for mine, other, places in ((self.old, self.new, old), (self.new, self.old, new)):
            for place in places:
                if mine.image[place] >= 0:
                    other.image[mine.image[place]] = -1
                    mine.image[place] = -1

    def same(self, old: int, new: int) -> bool:
        """Whether two words are one, case and typography aside."""
        return self.old.words.keys[old] == self.new.words.keys[new]

    def likeness(self, old: int, new: int) -> float:
        """How alike two words are spelled, from 0 to 1."""
        if self.same(old, new):
            return 1.0
        return Levenshtein.normalized_similarity(self.old.words[old], self.new.words[new])
