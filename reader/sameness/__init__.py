"""Whether two sentences say the same words: levelled, printed, compared. PURE.

`level` makes words of a text without what typography does to them, `prints` are what an index keeps
of a text so that sentences are found again, and `compare` says how alike two sentences are.
"""

from reader.sameness.comparing import NEAR, Grade, Likeness, compare
from reader.sameness.differing import differing
from reader.sameness.levelling import LEAST_WORDS, Levelled, level
from reader.sameness.printing import prints, shingles

__all__ = [
    "LEAST_WORDS",
    "NEAR",
    "Grade",
    "Levelled",
    "Likeness",
    "compare",
    "differing",
    "level",
    "prints",
    "shingles",
]
