"""What a search can be narrowed by, with counts over its newest matches."""

from psycopg.sql import SQL, Literal

from annotations.models import AttributionRole, SpeakerType
from annotations.queries.found import COVERED, Facet, Facets, TooBroad
from annotations.queries.search_terms import MarksOnArticles, Speakers, visible
from reader.search import Field, Query, Term
from reader.search.dates import parse_dates
from reader.search.finding import covered
from reader.search.limits import TooBroadError, limited
from reader.search.matching import Matching
from reader.search.sight import Sight

MOST = 20
"""Publications and speakers that are named."""

MOST_MONTHS = 24

_COUNTS = SQL(
    """
WITH found AS (SELECT unnest({ids}::uuid[]) AS id),
articles AS (
    SELECT a.publication_id, a.published_on, a.published_precision
      FROM found JOIN reader_article a USING (id)),
marks AS (
    SELECT m.id, m.article_id, m.kind
      FROM found JOIN annotations_annotation m ON m.article_id = found.id
     WHERE {visible})
(SELECT 'publication', p.name, count(*) AS n
   FROM articles a JOIN reader_publication p ON p.id = a.publication_id
  GROUP BY p.name ORDER BY n DESC, p.name LIMIT {most})
UNION ALL
(SELECT 'kind', kind, count(DISTINCT article_id) AS n
   FROM marks GROUP BY kind ORDER BY n DESC, kind)
UNION ALL
(SELECT 'speaker', coalesce(c.name, s.name) AS name, count(DISTINCT m.article_id) AS n
   FROM marks m
   JOIN annotations_attribution t ON t.annotation_id = m.id AND t.role = {speaker}
   JOIN annotations_speaker s ON s.id = t.speaker_id AND s.type <> {unnamed}
   LEFT JOIN annotations_speaker c ON c.id = s.canonical_id
  GROUP BY 2 ORDER BY n DESC, name LIMIT {most})
UNION ALL
(SELECT 'month', to_char(published_on, 'YYYY-MM') AS month, count(*) AS n
   FROM articles WHERE published_precision IN ('day', 'month')
  GROUP BY 2 ORDER BY month DESC LIMIT {most_months})
"""
)


def facets(sight: Sight, query: Query) -> Facets | TooBroad:
    """What the newest matching articles can be narrowed by."""
    marks = MarksOnArticles(sight, Speakers.of(query.root, sight))
    matching = Matching.of(query, sight, marks)
    try:
        with limited() as asking:
            places, is_all = covered(matching, asking, COVERED)
            rows = asking.rows(
                _COUNTS.format(
                    ids=Literal([place.article for place in places]),
                    visible=visible(sight),
                    speaker=Literal(AttributionRole.SPEAKER.value),
                    unnamed=Literal(SpeakerType.UNNAMED.value),
                    most=Literal(MOST),
                    most_months=Literal(MOST_MONTHS),
                )
            )
    except TooBroadError:
        return TooBroad()
    found: dict[str, list[Facet]] = {"publication": [], "kind": [], "speaker": [], "month": []}
    for what, label, count in rows:
        facet = _facet(what, label, count)
        if facet:
            found[what].append(facet)
    return Facets(
        publications=found["publication"],
        kinds=found["kind"],
        speakers=found["speaker"],
        months=found["month"],
        covers=len(places),
        is_all=is_all,
    )


def _facet(what: str, label: str, count: int) -> Facet | None:
    if what == "month":
        dated = parse_dates(label)
        return Facet(label, dated, count) if dated else None
    field = {"publication": Field.IN, "kind": Field.KIND, "speaker": Field.SPEAKER}[what]
    return Facet(label, Term(field, label), count)
