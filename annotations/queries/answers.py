"""The denials that travel with allegations."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
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
 WHERE c.project_id = ANY(%s)
   AND (c.id = ANY(%s) AND c.canonical_id IS NULL OR c.canonical_id = ANY(%s))
 UNION
SELECT id FROM annotations_annotation WHERE article_id = ANY(%s) AND kind = 'denial'
"""

# Where an article gives a date, its place in the list is by that date: the first in the list that
# gives one has the latest.
_READ_SQL = """
SELECT one.id,
       (SELECT count(*) FROM reader_projectarticle WHERE project_id = one.id),
       latest.published_on,
       latest.published_precision,
       EXISTS (SELECT FROM annotations_withdrawal
                WHERE project_id = one.id AND lifted_at IS NULL)
  FROM unnest(%(projects)s::bigint[]) AS one(id)
  LEFT JOIN LATERAL (
        SELECT a.published_on, a.published_precision
          FROM reader_projectarticle pa JOIN reader_article a ON a.id = pa.article_id
         WHERE pa.project_id = one.id AND a.published_on IS NOT NULL
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
    denials = _denials([project.pk], wanted)
    if not public:
        return answer(wanted, passages(denials), reading(project))
    read, has_withdrawals = _read([project.pk])[project.pk]
    if not has_withdrawals:
        return answer(wanted, passages(denials), read)
    hidden = passages(denials.exclude(is_public()))
    return answer(wanted, passages(in_public(denials)), read, hidden)


def accusations_across(
    allegations: Mapping[int, Sequence[Passage]], member_of: Collection[int]
) -> dict[UUID, Accusation]:
    """Allegations of several projects with their denials, by the allegation's id: three queries,
    four where something is withdrawn from public view, none without allegations.

    Args:
        allegations: by the id of the project whose reading they are; other kinds are passed over.
        member_of: ids of the projects whose withdrawn denials are shown too; elsewhere they are
            only counted.
    """
    wanted = {
        project: alleged
        for project, found in allegations.items()
        if (alleged := [one for one in found if one.kind == Kind.ALLEGATION])
    }
    if not wanted:
        return {}
    denials = _denials(list(wanted), [one for found in wanted.values() for one in found])
    read, linked = _read(list(wanted)), passages(denials)
    of_project = dict(denials.values_list("pk", "project"))
    outside = [
        id_ for id_, (_, withdrawals) in read.items() if withdrawals and id_ not in member_of
    ]
    withdrawn: set[UUID] = set()
    if outside:
        kept_back = denials.filter(project__in=outside).exclude(is_public())
        withdrawn = set(kept_back.values_list("pk", flat=True))
    shown_in: dict[int, list[Passage]] = defaultdict(list)
    hidden_in: dict[int, list[Passage]] = defaultdict(list)
    for denial in linked:
        side = hidden_in if denial.id in withdrawn else shown_in
        side[of_project[denial.id]].append(denial)
    return {
        accusation.allegation.id: accusation
        for id_, alleged in wanted.items()
        for accusation in answer(alleged, shown_in[id_], read[id_][0], hidden_in[id_])
    }


def _denials(projects: list[int], allegations: Sequence[Passage]) -> QuerySet[Annotation]:
    """Denials of these projects that are linked to the same claims, or stand in the same articles;
    of several projects, more than answer any one of the allegations."""
    claims = {claim for one in allegations for claim in one.claim_ids}
    articles: set[UUID] = {one.source.id for one in allegations}
    either = RawSQL(  # noqa: S611  # a constant
        _DENIALS_SQL, [projects, list(claims), list(claims), list(articles)]
    )
    return Annotation.objects.filter(pk__in=either, project__in=projects, kind=Kind.DENIAL)


def reading(project: Project) -> Reading:
    """How many articles a project holds, and the latest date that one of them gives."""
    return _read([project.pk])[project.pk][0]


def _read(projects: list[int]) -> dict[int, tuple[Reading, bool]]:
    """What projects have read, and whether any of it is withdrawn from public view, by their
    ids."""
    with connection.cursor() as cursor:
        cursor.execute(_READ_SQL, {"projects": projects})
        return {
            id_: (Reading(articles, latest, precision or ""), has_withdrawals)
            for id_, articles, latest, precision, has_withdrawals in cursor.fetchall()
        }
