"""The claims of a project that are most like some words."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.db import connection

from annotations.likeness import Rarity, likeness
from reader.models import Project

MOST = 8
SAMPLE = 300
"""The newest claims of a project, by which it is judged how common a word is."""

CANDIDATES = 50
"""Claims that are compared closely."""

MOST_SEARCHED = 0.05
"""Of a project’s claims: so many, by the sample, may have one of the words by which they are
looked for. Comparing all of 10,000 claims would take a third of a second."""

LIKE_ENOUGH = 0.25
"""Of `Similar.likeness`; below it two wordings share a word or two by chance."""

LONGEST = 2_000
"""Code points of the words that are read: nobody alleges one thing in more."""

SHORTEST = 3
"""Letters of a word from which on another may begin with it: it may not be typed to its end."""

BEGUN = 0.75
"""How alike a word is to one that begins with it."""

_WORDS = """
WITH sample AS MATERIALIZED (
    SELECT words FROM annotations_claim WHERE project_id = %(project)s
     ORDER BY id DESC LIMIT %(sample)s
), used AS (
    SELECT word, count(*) AS claims
      FROM sample CROSS JOIN LATERAL unnest(tsvector_to_array(words)) AS word
     GROUP BY word
)
SELECT tsvector_to_array(annotations_statement_words(%(words)s)),
       (SELECT count(*) FROM sample),
       ARRAY(SELECT word FROM used ORDER BY word), ARRAY(SELECT claims FROM used ORDER BY word)
"""

# Words like those that are asked for: inflected, spelled otherwise, or not typed to their end. A
# number is like no other.
_VOCABULARY = r"""
SELECT DISTINCT asked.word, known.word, similarity(asked.word, known.word)
  FROM unnest(%(asked)s::text[]) AS asked(word)
 CROSS JOIN LATERAL (
       SELECT word FROM annotations_claimword
        WHERE project_id = %(project)s AND word = asked.word
        UNION
       SELECT word FROM annotations_claimword
        WHERE project_id = %(project)s AND asked.word !~ '\d' AND word %% asked.word
        UNION
       SELECT word FROM annotations_claimword
        WHERE project_id = %(project)s AND asked.word !~ '\d'
          AND length(asked.word) >= %(shortest)s AND word LIKE asked.word || '%%') AS known
"""

_CANDIDATES = """
SELECT coalesce(canonical_id, id), tsvector_to_array(words)
  FROM annotations_claim AS claim
 CROSS JOIN LATERAL (
       SELECT sum(tells) AS told
         FROM unnest(%(queries)s::tsquery[], %(tells)s::float[]) AS asked(query, tells)
        WHERE claim.words @@ asked.query) AS shared
 WHERE project_id = %(project)s AND words @@ %(any)s::tsquery
 ORDER BY told DESC, id DESC
 LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Similar:
    """A claim, as it is read after merging, and how much it says what was asked for: 0 to 1."""

    claim_id: int
    likeness: float


def similar(project: Project, words: str, leave_out: Collection[int] = ()) -> list[Similar]:
    """The project's claims most like these words, best first, at most MOST; none where the words
    are too few to tell. Three queries.

    Statements that were merged into a claim count for it. Full text finds which claims have the
    words, trigrams which words are inflected or spelled otherwise; both make one score.

    Args:
        words: typed, or those of a passage, in any language.
        leave_out: ids of claims that are not wanted.
    """
    asked, rarity = _asked(project, words)
    telling = rarity.most_telling(asked)
    alike = _vocabulary(project, telling)
    if not alike:
        return []
    best: dict[int, float] = {}
    for claim, stated in _candidates(project, rarity, alike):
        score = likeness(telling, stated, rarity, alike)
        best[claim] = max(score, best.get(claim, 0.0))
    found = [
        Similar(claim, score)
        for claim, score in best.items()
        if score >= LIKE_ENOUGH and claim not in set(leave_out)
    ]
    return sorted(found, key=lambda one: (-one.likeness, -one.claim_id))[:MOST]


def _asked(project: Project, words: str) -> tuple[list[str], Rarity]:
    """The words as they are indexed, and how common words are in the project."""
    with connection.cursor() as cursor:
        parameters: dict[str, Any] = {
            "project": project.pk,
            "sample": SAMPLE,
            "words": words[:LONGEST],
        }
        cursor.execute(_WORDS, parameters)
        asked, sample, used, claims = cursor.fetchone()
    return asked, Rarity(sample, dict(zip(used, claims, strict=True)))


def _vocabulary(project: Project, asked: Sequence[str]) -> dict[str, dict[str, float]]:
    """For each word the words like it that the project's claims have, each with how alike it is."""
    alike: dict[str, dict[str, float]] = defaultdict(dict)
    with connection.cursor() as cursor:
        parameters: dict[str, Any] = {
            "project": project.pk,
            "asked": list(asked),
            "shortest": SHORTEST,
        }
        cursor.execute(_VOCABULARY, parameters)
        for word, known, how in cursor.fetchall():
            begins = known.startswith(word) and known != word
            alike[word][known] = max(how, BEGUN) if begins else how
    return alike


def _candidates(
    project: Project, rarity: Rarity, alike: Mapping[str, Mapping[str, float]]
) -> list[tuple[int, list[str]]]:
    """The claims that share the most telling words: the id each is read as, and its words."""
    queries = {word: " | ".join(map(_quoted, known)) for word, known in alike.items()}
    with connection.cursor() as cursor:
        parameters: dict[str, Any] = {
            "project": project.pk,
            "queries": list(queries.values()),
            "tells": [rarity.of(word) for word in queries],
            "any": " | ".join(queries[word] for word in _searched(rarity, alike)),
            "most": CANDIDATES,
        }
        cursor.execute(_CANDIDATES, parameters)
        return cursor.fetchall()


def _searched(rarity: Rarity, alike: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The words by which claims are looked for: the most telling ones, one at least, and so many
    that no more than MOST_SEARCHED of a big project have one of them."""
    words = sorted(
        alike, key=lambda word: rarity.of(word) * max(alike[word].values()), reverse=True
    )
    if rarity.sample < SAMPLE:
        return words
    shares = accumulate(sum(map(rarity.share, alike[word])) for word in words)
    few = [word for word, share in zip(words, shares, strict=True) if share <= MOST_SEARCHED]
    return few or words[:1]


def _quoted(lexeme: str) -> str:
    """A lexeme as a tsquery takes it."""
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
