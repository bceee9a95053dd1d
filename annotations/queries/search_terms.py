"""What the marking half hands to `reader.search`: conditions on annotations, in SQL.

Written out, as all conditions of search are. In them `m` is an annotation, `d` the document of an
article, `pa` an article's place in a project.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self

from django.db import connection
from psycopg.sql import SQL, Composable, Identifier, Literal

from annotations.models import AnchorMaker, AttributionRole
from reader.search.parts import conjunction, disjunction
from reader.search.sight import Sight
from reader.search.tree import Field, Node, Term, leaves

_ROLES = {
    Field.SPEAKER: AttributionRole.SPEAKER,
    Field.TARGET: AttributionRole.TARGET,
}

# As `annotations.queries.passages.is_public`, which a test compares.
_PUBLIC = SQL(
    """NOT EXISTS (
    SELECT FROM annotations_withdrawal w
     WHERE w.lifted_at IS NULL AND w.project_id = m.project_id
       AND (w.annotation_id = m.id
            OR w.project_article_id IN (
               SELECT pa.id FROM reader_projectarticle pa
                WHERE pa.article_id = m.article_id)
            OR w.revision_id IN (
               SELECT n.revision_id FROM annotations_anchor n
                WHERE n.annotation_id = m.id AND n.made_by = {person})))"""
).format(person=Literal(AnchorMaker.PERSON.value))

# Whoever is read as one speaker today is found by any of their names; by readers, of those merged,
# only by what something public says.
_SPEAKERS = SQL(
    """
SELECT asked.name, s.id
  FROM unnest(%s::text[]) AS asked(name)
 CROSS JOIN LATERAL (
       SELECT DISTINCT coalesce(canonical_id, id) AS id
         FROM annotations_speaker called
        WHERE annotations_names(name, aliases) @@ phraseto_tsquery('reader_simple', asked.name)
          AND project_id = ANY(%s::bigint[])
          AND (canonical_id IS NULL OR project_id = ANY(%s::bigint[]) OR EXISTS (
              SELECT FROM annotations_attribution t
                JOIN annotations_annotation m ON m.id = t.annotation_id
               WHERE t.speaker_id = called.id AND m.deleted_at IS NULL AND {public}))) AS named
  JOIN annotations_speaker s ON s.id = named.id OR s.canonical_id = named.id
"""
).format(public=_PUBLIC)

_WITHDRAWN = SQL(
    """EXISTS (
    SELECT FROM annotations_withdrawal w
     WHERE w.lifted_at IS NULL AND w.project_id = pa.project_id
       AND (w.project_article_id = pa.id
            OR w.revision_id = (SELECT a.current_revision_id FROM reader_article a
                                 WHERE a.id = pa.article_id)))"""
)

_SAID_BY = SQL(
    """EXISTS (
    SELECT FROM annotations_attribution t
     WHERE t.annotation_id = m.id AND t.role = {role} AND t.speaker_id = ANY({ids}::bigint[]))"""
)

# Scalar, not EXISTS: of that Postgres may think that it is quicker to read all fragments first.
_FRAGMENT = SQL(
    """coalesce((
    SELECT bool_or(reader_plain(f.exact) ~ {pattern})
      FROM annotations_anchor n JOIN annotations_fragment f ON f.anchor_id = n.id
     WHERE n.annotation_id = m.id AND n.made_by = {person}), false)"""
)


def visible(sight: Sight) -> Composable:
    """`m` may be seen: it is not deleted, and for others than members nothing withdraws it."""
    ways: list[Composable] = []
    if sight.member:
        ways.append(_of_projects("m", sight.member))
    if public := sight.whole + sight.passages:
        ways.append(conjunction([_of_projects("m", public), _PUBLIC]))
    return conjunction([SQL("m.deleted_at IS NULL"), disjunction(ways)])


@dataclass(frozen=True, slots=True)
class Speakers:
    """The ids of the speakers that are named in a search, in projects that may be seen."""

    _ids: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Node | None, sight: Sight) -> Self:
        """Look up all names at once: one query, none where none is named."""
        names = {
            leaf.value for leaf in leaves(root) if isinstance(leaf, Term) and leaf.field in _ROLES
        }
        found: dict[str, list[int]] = {}
        if names:
            with connection.cursor() as cursor:
                cursor.execute(_SPEAKERS, [sorted(names), [*sight.projects], [*sight.member]])
                for name, id_ in cursor.fetchall():
                    found.setdefault(name, []).append(id_)
        return cls(found)

    def said(self, term: Term) -> Composable:
        """`m` is what this term says."""
        if term.field == Field.KIND:
            return SQL("m.kind = {}").format(Literal(term.value))
        return _SAID_BY.format(
            role=Literal(_ROLES[term.field].value), ids=Literal(self._ids.get(term.value, []))
        )


@dataclass(frozen=True, slots=True)
class MarksOnArticles:
    """What `reader.search` asks about annotations when it searches articles."""

    sight: Sight
    speakers: Speakers

    def marked(self, terms: Sequence[Term]) -> Composable:
        return SQL(
            """EXISTS (
            SELECT FROM annotations_annotation m WHERE m.article_id = d.article_id AND {})"""
        ).format(conjunction([visible(self.sight), *map(self.speakers.said, terms)]))

    def withdrawn(self) -> Composable:
        return _WITHDRAWN


@dataclass(frozen=True, slots=True)
class Passages:
    """Where words are looked for when passages are searched: in the passages themselves."""

    speakers: Speakers

    @property
    def vector(self) -> Composable:
        return Identifier("s", "tsv")

    @property
    def weight(self) -> str:
        return ""

    def contains(self, pattern: str) -> Composable:
        return _FRAGMENT.format(person=Literal(AnchorMaker.PERSON.value), pattern=Literal(pattern))

    def marked(self, terms: Sequence[Term]) -> Composable:
        return conjunction([self.speakers.said(term) for term in terms])

    def in_projects(self, ids: Sequence[int]) -> Composable:
        return _of_projects("m", ids)


def _of_projects(table: str, ids: Iterable[int]) -> Composable:
    return SQL("{} = ANY({}::bigint[])").format(Identifier(table, "project_id"), Literal(list(ids)))
