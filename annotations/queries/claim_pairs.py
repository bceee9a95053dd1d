"""Pairs of claims that may be one, and what was judged of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q

from annotations.models import Claim, ClaimPair, Verdict
from annotations.queries.claim_kin import family
from reader.models import Project

PAGE = 10
"""Pairs on a page; a claim's own take part of it."""

STEP = 50
"""Claims whose likes are looked for at once."""

STEPS = 4
"""After so many steps without a full page somebody may ask for more."""

EACH = 4
"""Pairs with older claims that one claim is in by its statement."""

COMPARED = 60
"""Claims or passages with the same long words that are compared closely."""

LIKENESS = 0.45
"""Of two statements (pg_trgm), from which they are offered."""

SHARED = 0.6
"""Of the stems of the shorter one of two passages, that the other has too."""

FEWEST = 4
"""Stems that two passages share at least."""

# A judgement of claims that were merged since is one of what they are read as; the latest counts.
_JUDGED = """
judged AS MATERIALIZED (
    SELECT DISTINCT ON (1, 2)
           least(coalesce(f.canonical_id, f.id), coalesce(s.canonical_id, s.id)) AS first,
           greatest(coalesce(f.canonical_id, f.id), coalesce(s.canonical_id, s.id)) AS second,
           p.verdict, p.decided_at
      FROM annotations_claimpair p
      JOIN annotations_claim f ON f.id = p.first_id
      JOIN annotations_claim s ON s.id = p.second_id
     WHERE f.project_id = %(project)s
     ORDER BY 1, 2, p.decided_at DESC
)"""

# The long words of a statement or a passage lead to what may be like it, through the index: any
# three of the five longest. Long words are rare ones, nearly always; comparing the trigrams of ten
# thousand statements would take a third of a second for each claim.
_ANY_THREE = """
    WITH words AS (
        SELECT quote_literal(lexeme) AS word, row_number() OVER () AS n
          FROM (SELECT lexeme FROM unnest({of}) WHERE NOT starts_with(lexeme, '§')
                 ORDER BY length(lexeme) DESC, lexeme LIMIT 5) longest)
    SELECT string_agg(format('%%s & %%s & %%s', x.word, y.word, z.word), ' | ')::tsquery AS query
      FROM words x JOIN words y ON x.n < y.n JOIN words z ON y.n < z.n"""

# For each of some claims, the ones that are like it: in their statements, or because an allegation
# shares most of its words with the first that is linked to this one. The word that begins with § is
# a passage's language.
_ALIKE = """
WITH {judged}, walked AS MATERIALIZED (
    SELECT id, statement, words FROM annotations_claim
     WHERE project_id = %(project)s AND canonical_id IS NULL AND {which}
     ORDER BY id DESC LIMIT %(step)s
), stated AS (
    SELECT w.id AS one, c.id AS other, c.likeness
      FROM walked w
     CROSS JOIN LATERAL ({by_statement}) q
     CROSS JOIN LATERAL (
           SELECT c.id, similarity(c.statement, w.statement) AS likeness
             FROM (SELECT c.id, c.statement FROM annotations_claim c
                    WHERE c.project_id = %(project)s AND c.canonical_id IS NULL
                      AND c.words @@ q.query AND c.id {than} w.id
                    LIMIT %(compared)s) c
            WHERE similarity(c.statement, w.statement) >= %(likeness)s
            ORDER BY likeness DESC, c.id LIMIT %(each)s) c
), alleged AS MATERIALIZED (
    SELECT w.id AS claim, p.annotation_id, p.tsv
      FROM walked w CROSS JOIN LATERAL (
           SELECT p.annotation_id, p.tsv
             FROM annotations_claim c
             JOIN annotations_claimlink l ON l.claim_id = c.id
             JOIN annotations_annotation a ON a.id = l.annotation_id
             JOIN annotations_searchpassage p ON p.annotation_id = a.id
            WHERE (c.id = w.id OR c.canonical_id = w.id)
              AND a.deleted_at IS NULL AND a.kind = 'allegation'
            ORDER BY l.id LIMIT 1) p
), said AS (
    SELECT g.claim AS one, coalesce(m.canonical_id, m.id) AS other, p.likeness
      FROM alleged g
     CROSS JOIN LATERAL ({by_passage}) q
     CROSS JOIN LATERAL (
           SELECT p.annotation_id, s.number / least(length(g.tsv), length(p.tsv))::real AS likeness
             FROM (SELECT p.annotation_id, p.tsv
                     FROM annotations_searchpassage p
                     JOIN annotations_annotation a ON a.id = p.annotation_id
                    WHERE p.tsv @@ q.query AND p.annotation_id <> g.annotation_id
                      AND a.project_id = %(project)s
                    LIMIT %(compared)s) p
            CROSS JOIN LATERAL (
                  SELECT count(*) AS number FROM unnest(tsvector_to_array(g.tsv)) AS lexeme
                   WHERE lexeme = ANY(tsvector_to_array(p.tsv))
                     AND NOT starts_with(lexeme, '§')) s
            WHERE s.number >= %(fewest)s
              AND s.number >= %(shared)s * least(length(g.tsv), length(p.tsv))
            ORDER BY likeness DESC, p.annotation_id LIMIT 3 * %(each)s) p
      JOIN annotations_annotation a ON a.id = p.annotation_id
      JOIN annotations_claimlink l ON l.annotation_id = a.id
      JOIN annotations_claim m ON m.id = l.claim_id
     WHERE a.project_id = %(project)s AND a.deleted_at IS NULL AND a.kind = 'allegation'
       AND coalesce(m.canonical_id, m.id) {than} g.claim
), alike AS (
    SELECT least(one, other) AS first, greatest(one, other) AS second, max(likeness) AS likeness
      FROM (SELECT * FROM stated UNION ALL SELECT * FROM said) both_ways
     WHERE one <> other GROUP BY 1, 2
)
SELECT (SELECT min(id) FROM walked), (SELECT count(*) FROM walked),
       ARRAY(SELECT ARRAY[a.first, a.second]
               FROM alike a
              WHERE (a.first, a.second) NOT IN (SELECT first, second FROM judged)
                AND NOT EXISTS (
                    SELECT FROM annotations_claim n JOIN annotations_claim b ON b.id = n.broader_id
                     WHERE coalesce(n.canonical_id, n.id) IN (a.first, a.second)
                       AND coalesce(b.canonical_id, b.id) IN (a.first, a.second)
                       AND n.project_id = %(project)s)
              ORDER BY a.likeness DESC, a.second DESC, a.first DESC)
"""
_LATEST = 2**62

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Pairs that nobody has judged, ids of claims as they are read, the smaller one first. `after`
    is where the rest goes on, 0 for nowhere."""

    pairs: list[Pair]
    after: int


def waiting(project: Project, behind: int = 0) -> Waiting:
    """A page of pairs, those with the newest claims first: a query for every fifty claims that are
    looked at.

    Args:
        behind: go on with claims older than this one.
    """
    behind, found = behind or _LATEST, []
    for _ in range(STEPS):
        oldest, looked_at, pairs = _look(project, "id < %(behind)s", older=True, claim=behind)
        found += pairs
        if looked_at < STEP:
            return Waiting(found, 0)
        behind = oldest
        if len(found) >= PAGE:
            break
    return Waiting(found, behind)


def waiting_with(project: Project, claim: int) -> list[Pair]:
    """The pairs of one claim, which is not merged, that nobody has judged: one query."""
    return _look(project, "id = %(behind)s", older=False, claim=claim)[2]


def _look(project: Project, which: str, *, older: bool, claim: int) -> tuple[int, int, list[Pair]]:
    statement = _ALIKE.format(
        judged=_JUDGED,
        which=which,
        than="<" if older else "<>",
        by_statement=_ANY_THREE.format(of="w.words"),
        by_passage=_ANY_THREE.format(of="g.tsv"),
    )
    parameters = {
        "project": project.pk,
        "behind": claim,
        "step": STEP,
        "each": EACH,
        "compared": COMPARED,
        "likeness": LIKENESS,
        "shared": SHARED,
        "fewest": FEWEST,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        oldest, number, pairs = cursor.fetchone()
    return oldest or 0, number, [(first, second) for first, second in pairs or []]


_DECIDED = """
WITH {judged}
SELECT first, second FROM judged
 WHERE verdict = %(verdict)s AND first <> second
 ORDER BY decided_at DESC, first, second LIMIT %(most)s
"""


def judged(project: Project, verdict: Verdict, most: int = 50) -> Sequence[Pair]:
    """The pairs of which this was judged last and which are not one since, newest judgement
    first: one query."""
    parameters: dict[str, Any] = {"project": project.pk, "verdict": verdict, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_DECIDED.format(judged=_JUDGED), parameters)
        return cursor.fetchall()


def verdict_on(first: int, second: int) -> Verdict | None:
    """What was judged of exactly these two claims."""
    kept = ClaimPair.objects.filter(first=first, second=second).values_list("verdict", flat=True)
    found = kept.first()
    return Verdict(found) if found else None


def judgement(one: Claim, other: Claim) -> ClaimPair | None:
    """What was last judged of two claims, or of claims that were merged into them."""
    of_one, of_other = family(one), family(other)
    either = Q(first__in=of_one, second__in=of_other) | Q(first__in=of_other, second__in=of_one)
    pairs = ClaimPair.objects.select_related("decided_by").filter(either)
    return pairs.order_by("-decided_at").first()
