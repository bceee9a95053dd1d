"""The denials that travel with allegations."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from annotations.answers import Accusation, Reading, answer
from annotations.models import Annotation, Kind
from annotations.passage import Passage
from annotations.queries.passages import in_public, is_public, passages
from reader.models import Project

# Both are written out because they run for every page that shows an allegation, and the ORM would
# take longer to compile them than Postgres to answer.

# The ids of denials linked to claims, and of those in articles. One set of ids, since for an "or"
# Postgres would go through all annotations of the project.
_DENIALS_SQL = """
SELECT l.annotation_id
  FROM annotations_claim c JOIN annotations_claimlink l ON l.claim_id = c.id
 WHERE c.project_id = %s
   AND (c.id = ANY(%s) AND c.canonical_id IS NULL OR c.canonical_id = ANY(%s))
 UNION
SELECT id FROM annotations_annotation WHERE article_id = ANY(%s) AND kind = 'denial'
"""

# Where an article gives a date, its place in the list is by that date: the first in the list that
# gives one has the latest.
_READ_SQL = """
SELECT (SELECT count(*) FROM reader_projectarticle WHERE project_id = %(project)s),
       latest.published_on,
       latest.published_precision,
       EXISTS (SELECT FROM annotations_withdrawal
                WHERE project_id = %(project)s AND lifted_at IS NULL)
  FROM (VALUES (1)) AS one
  LEFT JOIN LATERAL (
        SELECT a.published_on, a.published_precision
          FROM reader_projectarticle pa JOIN reader_article a ON a.id = pa.article_id
         WHERE pa.project_id = %(project)s AND a.published_on IS NOT NULL
         ORDER BY pa.listed_at DESC, pa.article_id DESC
         LIMIT 1) AS latest ON true
"""


def accusations(
    project: Project, allegations: Sequence[Passage], *, public: bool
) -> list[Accusation]:
    """Each allegation with its denials: two queries, three where something is withdrawn from
    public view, none without allegations.

    Args:
        project: whose reading it is; denials of other projects never count.
        allegations: passages of this project; other kinds are passed over.
        public: leave out what is withdrawn from public view, and only count it.
    """
    wanted = [one for one in allegations if one.kind == Kind.ALLEGATION]
    if not wanted:
        return []
    claims = {claim for one in wanted for claim in one.claim_ids}
    articles: set[UUID] = {one.source.id for one in wanted}
    either = RawSQL(  # noqa: S611  # a constant
        _DENIALS_SQL, [project.pk, list(claims), list(claims), list(articles)]
    )
    denials = Annotation.objects.filter(pk__in=either, project=project, kind=Kind.DENIAL)
    if not public:
        return answer(wanted, passages(denials), reading(project))
    read, has_withdrawals = _read(project)
    if not has_withdrawals:
        return answer(wanted, passages(denials), read)
    hidden = passages(denials.exclude(is_public()))
    return answer(wanted, passages(in_public(denials)), read, hidden)


def reading(project: Project) -> Reading:
    """How many articles a project holds, and the latest date that one of them gives."""
    return _read(project)[0]


def _read(project: Project) -> tuple[Reading, bool]:
    """What a project has read, and whether any of it is withdrawn from public view."""
    with connection.cursor() as cursor:
        cursor.execute(_READ_SQL, {"project": project.pk})
        articles, latest, precision, has_withdrawals = cursor.fetchone()
    return Reading(articles, latest, precision or ""), has_withdrawals
