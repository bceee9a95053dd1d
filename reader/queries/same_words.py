"""Where else the same words stand, among all articles that somebody may read whole.

Candidates are the articles that share the most prints with a sentence (`reader.sameness`). Their
texts are read, and each of their sentences is compared. Prints that stand in very many articles
are not looked for: what has no other is a common phrase.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from psycopg.sql import SQL, Composable, Literal

from reader.sameness import Grade, Levelled, Likeness, compare, level, shingles
from reader.search.limits import limited
from reader.search.sight import Sight
from reader.services.printing import PRINTED_CHARACTERS
from reader.text import sentences

COMMON_SHARE, COMMON_ARTICLES = 0.001, 50
"""A print is common from this share of all articles on, but never in fewer than so many."""

ROUGH = 600
"""Articles with the most prints of one sentence of which it is asked whether they may be read."""

CANDIDATES = 60
"""Articles that are looked into for one sentence, …"""

MOST_TEXTS = 150
"""… and for all sentences together."""

# What ANALYZE learned of the column; behind the frequencies stand three other numbers.
_COMMON = SQL(
    """
SELECT one.print
  FROM pg_stats s,
       unnest(s.most_common_elems::text::int[], s.most_common_elem_freqs::float4[])
       AS one(print, share)
 WHERE s.schemaname = current_schema() AND s.tablename = 'reader_sentenceprints'
   AND s.attname = 'prints' AND one.print = ANY({prints}::int[])
   AND one.share >= greatest({share}, {articles} / greatest(1, (
       SELECT reltuples FROM pg_class WHERE oid = 'reader_sentenceprints'::regclass)))
"""
)

# Articles are looked up one by one (OFFSET 0): Postgres thinks that every print stands in thousands
# of them, and would rather walk through all. `project_id` is the place where the text may be read,
# null for the library; a copy of a story is not read there, since the story is shown once.
_CANDIDATES = SQL(
    """
WITH asked AS (
    SELECT * FROM unnest({sentences}::int[], {prints}::int[]) AS asked(sentence, print)),
found AS MATERIALIZED (
    SELECT asked.sentence, p.article_id, count(*) AS shared
      FROM asked
     CROSS JOIN LATERAL (
           SELECT s.article_id FROM reader_sentenceprints s
            WHERE s.prints @> ARRAY[asked.print]) p
     GROUP BY 1, 2),
most AS (
    SELECT * FROM (
           SELECT *, row_number() OVER (
                  PARTITION BY sentence ORDER BY shared DESC, article_id DESC) AS rough
             FROM found) every_one
     WHERE rough <= {rough}),
ranked AS (
    SELECT f.sentence, f.article_id, f.shared, place.project_id,
           row_number() OVER (
               PARTITION BY f.sentence ORDER BY f.shared DESC, f.article_id DESC) AS rank
      FROM most f
     CROSS JOIN LATERAL (
           SELECT * FROM reader_article WHERE id = f.article_id OFFSET 0) a
      LEFT JOIN LATERAL (
           SELECT pa.project_id FROM reader_projectarticle pa
            WHERE pa.article_id = a.id AND {placed}
            ORDER BY pa.project_id = {first} DESC, pa.project_id
            LIMIT 1) place ON true
     WHERE place.project_id IS NOT NULL OR {in_library})
SELECT sentence, article_id, shared, project_id FROM ranked WHERE rank <= {most}
 ORDER BY shared DESC, article_id DESC
"""
)
_OF_MEMBER = SQL("pa.project_id = ANY({}::bigint[])")
_OPEN = SQL("(pa.project_id = ANY({projects}::bigint[]) AND NOT {withdrawn})")

_TEXTS = SQL(
    """
SELECT a.id, r.id, left(r.text, {characters})
  FROM reader_article a JOIN reader_revision r ON r.id = a.current_revision_id
 WHERE a.id = ANY({ids}::uuid[])
"""
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence elsewhere: `text[start:end]`, in code points of that revision.

    `likeness.one` are words of the sentence asked for, `likeness.other` those of this one.
    `project_id` is a project where the text may be read, None for the library.
    """

    article_id: UUID
    project_id: int | None
    revision_id: int
    text: str
    start: int
    end: int
    words: Levelled
    likeness: Likeness

    @property
    def extent(self) -> tuple[int, int]:
        """Where the words that are alike stand, in code points."""
        return self.words.extent(*self.likeness.other)


@dataclass(slots=True)
class Elsewhere:
    """What was found of one sentence; `is_common` if so many say it that it was not looked for."""

    is_common: bool = False
    hits: list[Hit] = field(default_factory=list)


def same_words(
    sight: Sight, withdrawn: Composable, asked: Sequence[Levelled], first: int = 0
) -> list[Elsewhere]:
    """Where else each of these sentences stands, in their order; four statements in all.

    Args:
        withdrawn: the condition that an article's place `pa`, or its text, is withdrawn from public
            view (`reader.search.reach.Marks`).
        first: the project in which articles are rather shown than in another.

    Raises:
        TooBroadError: that took too long.
    """
    printed = [dict.fromkeys(shingles(one.words)) for one in asked]
    with limited() as asking:
        every = list({one for several in printed for one in several})
        question = _COMMON.format(
            prints=Literal(every),
            share=Literal(COMMON_SHARE),
            articles=Literal(COMMON_ARTICLES),
        )
        common = {row[0] for row in asking.rows(question)}
        rare = [[one for one in several if one not in common] for several in printed]
        found = [Elsewhere(is_common=not several) for several in rare]
        pairs = [(number, one) for number, several in enumerate(rare) for one in several]
        if not pairs:
            return found
        candidates = asking.rows(_candidates(sight, withdrawn, pairs, first))
        wanted = list(dict.fromkeys(row[1] for row in candidates))[:MOST_TEXTS]
        texts = asking.rows(
            _TEXTS.format(ids=Literal(wanted), characters=Literal(PRINTED_CHARACTERS))
        )
    sentences_of: dict[UUID, list[int]] = defaultdict(list)
    places: dict[UUID, int | None] = {}
    for number, article, _, project in candidates:
        sentences_of[article].append(number)
        places[article] = project
    for article, revision, text in texts:
        several = [(number, asked[number]) for number in sentences_of[article]]
        for number, start, end, words, likeness in _alike(text, several, common):
            found[number].hits.append(
                Hit(article, places[article], revision, text, start, end, words, likeness)
            )
    return found


def _candidates(
    sight: Sight, withdrawn: Composable, pairs: Sequence[tuple[int, int]], first: int
) -> Composable:
    ways: list[Composable] = [_OF_MEMBER.format(Literal(list(sight.member)))]
    if sight.whole:
        ways.append(_OPEN.format(projects=Literal(list(sight.whole)), withdrawn=withdrawn))
    library = SQL("(a.scope_id IS NULL AND a.lead_id IS NULL)")
    return _CANDIDATES.format(
        sentences=Literal([number for number, _ in pairs]),
        prints=Literal([one for _, one in pairs]),
        placed=SQL("({})").format(SQL(" OR ").join(ways)),
        first=Literal(first),
        in_library=library if sight.library else SQL("false"),
        rough=Literal(ROUGH),
        most=Literal(CANDIDATES),
    )


def _alike(
    text: str, asked: Sequence[tuple[int, Levelled]], common: Collection[int]
) -> Iterable[tuple[int, int, int, Levelled, Likeness]]:
    """The sentences of a text that are like those asked for, each with the number of that one."""
    for start, end in sentences(text):
        words = level(text, start, end)
        for number, one in asked:
            likeness = compare(one, words)
            if likeness and _is_distinctive(one, words, likeness, common):
                yield number, start, end, words, likeness


def _is_distinctive(
    one: Levelled, other: Levelled, likeness: Likeness, common: Collection[int]
) -> bool:
    """Whether what they share is no common phrase, nor a common sentence with other names in it: at
    least half of the shingles that are in both are not in very many articles."""
    mine = set(shingles(one.words[slice(*likeness.one)]))
    both = mine.intersection(shingles(other.words[slice(*likeness.other)]))
    if likeness.grade == Grade.SAME:
        return not both <= set(common)
    return len(both.difference(common)) * 2 >= len(both) > 0
