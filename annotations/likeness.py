"""How alike two wordings are, by the words they share. PURE.

Rare words tell more than common ones, and what is common, a project's own claims say: that needs no
list of words for each language.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from math import log

from reader.search.scripts import is_unspaced

MOST_TELLING = 12
"""Words of a text that are looked for; the others are more common."""

_LONG = 5
"""Letters from which on a word counts in full: "the", "und" and "que" tell little anywhere."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many claims of a sample have a word."""

    sample: int
    claims_with: Mapping[str, int] = field(default_factory=dict)

    def of(self, word: str) -> float:
        """What the word tells, from almost 0 to 1."""
        seen = self.claims_with.get(word, 0)
        rare = log((self.sample + 2) / (seen + 1)) / log(self.sample + 2)
        if is_unspaced(word) or any(sign.isdigit() for sign in word):
            return rare
        return rare * min(1.0, len(word) / _LONG) ** 2

    def share(self, word: str) -> float:
        """Of all claims, those that have the word: what the sample suggests."""
        return self.claims_with.get(word, 0.5) / max(1, self.sample)

    def most_telling(self, words: Collection[str]) -> list[str]:
        """At most MOST_TELLING of these words, the most telling first."""
        return sorted(words, key=lambda word: (-self.of(word), -len(word), word))[:MOST_TELLING]


def likeness(
    asked: Collection[str],
    stated: Collection[str],
    rarity: Rarity,
    alike: Mapping[str, Mapping[str, float]],
) -> float:
    """How much the statement says what is asked for, from 0 to 1 (the same words).

    Args:
        asked: the most telling words of what is asked for.
        stated: the words of the statement.
        alike: for each word that is asked for, the words like it, each with how alike it is to it
            (0 to 1).
    """
    wanted = {word: rarity.of(word) for word in asked}
    told = sum(rarity.of(word) for word in stated)
    found = sum(
        tells * max((alike.get(word, {}).get(other, 0.0) for other in stated), default=0.0)
        for word, tells in wanted.items()
    )
    less, more = sorted((sum(wanted.values()), told))
    # A passage says much beside what it alleges, and who types says less than the statement: what
    # only one of the two says counts, but less than what both say.
    whole = 0.85 * less + 0.15 * more
    return min(1.0, found / whole) if whole else 0.0
