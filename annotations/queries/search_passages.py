"""Searching passages: annotations by their words, and by what is said of them."""

from datetime import datetime
from uuid import UUID

from psycopg.sql import SQL, Literal

from annotations.models import Annotation
from annotations.queries.found import PAGE, FoundPassage, FoundPassages, TooBroad
from annotations.queries.passages import passages
from annotations.queries.search_terms import Passages, Speakers, visible
from reader.models import Project
from reader.search import Dated, Field, Phrase, Query, Term, Word
from reader.search.conditions import Meaning
from reader.search.finding import Place
from reader.search.limits import TooBroadError, limited
from reader.search.marking import Markers
from reader.search.parts import conjunction
from reader.search.sight import Sight
from reader.search.tree import leaves

_FOUND = SQL(
    """
SELECT a.listed_at, m.id, m.project_id, reader_language(a.language)
  FROM annotations_annotation m
  JOIN reader_article a ON a.id = m.article_id
  {joins}
 WHERE {conditions}
 ORDER BY a.listed_at DESC, m.id DESC
 LIMIT {limit}
"""
)
_WORDS = SQL("JOIN annotations_searchpassage s ON s.annotation_id = m.id")
_DOCUMENT = SQL("JOIN reader_searchdocument d ON d.article_id = a.id AND d.listed_at = a.listed_at")

_OF_ANNOTATIONS = (Field.KIND, Field.SPEAKER, Field.TARGET, Field.PROJECT)


def search_passages(sight: Sight, query: Query, *, after: str = "") -> FoundPassages | TooBroad:
    """A page of the annotations that match: words are looked for in the passages, the other terms
    hold for the annotation or for its article. Those of the newest articles come first.

    Args:
        query: an empty one finds every annotation that `sight` may find.
        after: `next` of the page before; anything else is taken for the first page.
    """
    meaning = Meaning.of(query.root, sight)
    reach = Passages(Speakers.of(query.root, sight))
    part = meaning.part(reach)
    conditions = [visible(sight)]
    if part:
        conditions.append(part.on(reach.vector))
        if part.needs and not part.query:
            conditions.append(SQL("s.tsv @@ {}::tsquery").format(Literal(part.needs)))
    if place := Place.parse(after):
        conditions.append(
            SQL("(a.listed_at, m.id) < ({}, {}::uuid)").format(
                Literal(place.listed_at), Literal(place.article)
            )
        )
    asked = list(leaves(query.root))
    joins = [_WORDS] if any(map(_has_words, asked)) else []
    if not all(map(_is_of_annotation, asked)):
        joins.append(_DOCUMENT)
    question = _FOUND.format(
        joins=SQL(" ").join(joins), conditions=conjunction(conditions), limit=Literal(PAGE + 1)
    )
    try:
        with limited() as asking:
            rows = asking.rows(question)
            found = _shown(meaning, rows[:PAGE], for_readers=bool(sight.whole or sight.passages))
    except TooBroadError:
        return TooBroad()
    last = Place(*rows[PAGE - 1][:2]) if len(rows) > PAGE else None
    return FoundPassages(found, str(last) if last else "")


def _has_words(leaf: Word | Phrase | Term | Dated) -> bool:
    """Whether it depends on the language of the article, which stands beside the words."""
    return isinstance(leaf, Word | Phrase) or (isinstance(leaf, Term) and leaf.field == Field.TITLE)


def _is_of_annotation(leaf: Word | Phrase | Term | Dated) -> bool:
    """Whether it asks nothing of the article."""
    return isinstance(leaf, Word | Phrase) or (
        isinstance(leaf, Term) and leaf.field in _OF_ANNOTATIONS
    )


def _shown(
    meaning: Meaning, rows: list[tuple[datetime, UUID, int, str]], *, for_readers: bool
) -> list[FoundPassage]:
    """The passages of these rows, in their order."""
    if not rows:
        return []
    those = Annotation.objects.filter(pk__in=[row[1] for row in rows])
    read = {one.id: one for one in passages(those, for_readers=for_readers)}
    projects = Project.objects.in_bulk({row[2] for row in rows})
    markers = Markers(meaning)
    return [
        FoundPassage(read[id_], projects[project], markers.of_texts(language).mark(read[id_].words))
        for _, id_, project, language in rows
        if id_ in read and project in projects
    ]
