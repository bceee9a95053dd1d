"""The denials that travel with allegations."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from annotations.answers import Accusation, Gone, Reading, answer
from annotations.models import Annotation, Kind
from annotations.passage import Passage
from annotations.queries.gone import gone_of_claims
from annotations.queries.passages import is_public, passages
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
                WHERE project_id = one.id AND lifted_at IS NULL),
       EXISTS (SELECT FROM annotations_claim c
                 LEFT JOIN annotations_claimlink l ON l.claim_id = c.id
                 LEFT JOIN annotations_annotation a ON a.id = l.annotation_id
                WHERE c.project_id = one.id
                  AND (c.id = ANY(%(claims)s) OR c.canonical_id = ANY(%(claims)s))
                  AND (a.deleted_at IS NOT NULL
                       OR a.kind <> 'denial' AND EXISTS (
                          SELECT FROM annotations_annotationevent
                           WHERE pgh_obj_id = a.id AND kind = 'denial')
                       OR EXISTS (SELECT FROM annotations_claimlinkevent
                                   WHERE claim_id = c.id AND pgh_label <> 'insert')))
       OR EXISTS (SELECT FROM annotations_claimlinkevent
                   WHERE annotation_id = ANY(%(allegations)s) AND pgh_label = 'delete')
       OR EXISTS (SELECT FROM annotations_claim c
                    JOIN annotations_claimevent e
                      ON e.pgh_obj_id = c.id OR e.canonical_id = c.id
                   WHERE c.project_id = one.id AND e.canonical_id IS NOT NULL
                     AND (c.id = ANY(%(claims)s) OR c.canonical_id = ANY(%(claims)s)))
       OR EXISTS (SELECT FROM annotations_claim c
                    JOIN annotations_claimlink l ON l.claim_id = c.id
                    JOIN annotations_annotation a ON a.id = l.annotation_id AND a.kind = 'denial'
                    JOIN annotations_attribution t ON t.annotation_id = a.id AND t.role = 'speaker'
                    JOIN annotations_speaker s ON s.id = t.speaker_id
                   WHERE c.project_id = one.id
                     AND (c.id = ANY(%(claims)s) OR c.canonical_id = ANY(%(claims)s))
                     AND (coalesce(c.canonical_id, c.id), coalesce(s.canonical_id, s.id)) IN (
                         SELECT coalesce(b.canonical_id, b.id), coalesce(o.canonical_id, o.id)
                           FROM annotations_claimlink k
                           JOIN annotations_claim b ON b.id = k.claim_id
                           JOIN annotations_attribution u ON u.annotation_id = k.annotation_id
                           JOIN annotations_speaker o ON o.id = u.speaker_id
                          WHERE k.annotation_id = ANY(%(allegations)s) AND u.role = 'speaker'))
  FROM unnest(%(projects)s::bigint[]) AS one(id)
  LEFT JOIN LATERAL (
        SELECT a.published_on, a.published_precision
          FROM reader_projectarticle pa JOIN reader_article a ON a.id = pa.article_id
         WHERE pa.project_id = one.id AND a.published_on IS NOT NULL
         ORDER BY pa.listed_at DESC, pa.article_id DESC
         LIMIT 1) AS latest ON true
"""


@dataclass(frozen=True, slots=True)
class _Read:
    """What a project has read; whether anything in it is withdrawn from public view, and whether
    denials of what is asked for may have left."""

    reading: Reading
    has_withdrawals: bool
    may_have_left: bool


def accusations(
    project: Project, allegations: Sequence[Passage], *, public: bool
) -> list[Accusation]:
    """Each allegation with its denials: two queries, three where denials may be shown no longer,
    none without allegations.

    Args:
        project: whose reading it is; denials of other projects never count.
        allegations: passages of this project; other kinds are passed over.
        public: leave out what is withdrawn from public view, and only tell of it.
    """
    wanted = [one for one in allegations if one.kind == Kind.ALLEGATION]
    if not wanted:
        return []
    member_of = () if public else (project.pk,)
    read, denials, gone = _beside({project.pk: wanted}, member_of)
    return answer(wanted, passages(denials), read[project.pk].reading, gone.get(project.pk, ()))


def accusations_across(
    allegations: Mapping[int, Sequence[Passage]], member_of: Collection[int]
) -> dict[UUID, Accusation]:
    """Allegations of several projects with their denials, by the allegation's id: three queries,
    four where denials may be shown no longer, none without allegations.

    Args:
        allegations: by the id of the project whose reading they are; other kinds are passed over.
        member_of: ids of the projects whose withdrawn denials are shown too; elsewhere they are
            only told of.
    """
    wanted = {
        project: alleged
        for project, found in allegations.items()
        if (alleged := [one for one in found if one.kind == Kind.ALLEGATION])
    }
    if not wanted:
        return {}
    read, denials, gone = _beside(wanted, member_of)
    of_project = dict(denials.values_list("pk", "project"))
    shown_in: dict[int, list[Passage]] = defaultdict(list)
    for denial in passages(denials):
        shown_in[of_project[denial.id]].append(denial)
    return {
        accusation.allegation.id: accusation
        for id_, alleged in wanted.items()
        for accusation in answer(alleged, shown_in[id_], read[id_].reading, gone.get(id_, ()))
    }


def _beside(
    allegations: Mapping[int, Sequence[Passage]], member_of: Collection[int]
) -> tuple[dict[int, _Read], QuerySet[Annotation], dict[int, list[Gone]]]:
    """What these projects have read, the denials to be shown, and those shown no longer, by the
    ids of projects: a query, and another where there may be any of the last."""
    projects = list(allegations)
    everything = [one for found in allegations.values() for one in found]
    claims = {claim for one in everything for claim in one.claim_ids}
    ids = [one.id for one in everything]
    read = _read(projects, claims, ids)
    outside = [id_ for id_ in projects if read[id_].has_withdrawals and id_ not in member_of]
    denials = _denials(projects, claims, {one.source.id for one in everything})
    if outside:
        # The condition costs more than all the rest: it is left out where nothing is withdrawn.
        denials = denials.filter(~Q(project__in=outside) | is_public())
    left = [id_ for id_ in projects if read[id_].may_have_left or id_ in outside]
    return read, denials, gone_of_claims(left, claims, ids, outside) if left else {}


def _denials(
    projects: list[int], claims: Collection[int], articles: Collection[UUID]
) -> QuerySet[Annotation]:
    """Denials of these projects that are linked to these claims, or stand in these articles; of
    several projects, more than answer any one of the allegations."""
    either = RawSQL(  # noqa: S611  # a constant
        _DENIALS_SQL, [projects, list(claims), list(claims), list(articles)]
    )
    return Annotation.objects.filter(pk__in=either, project__in=projects, kind=Kind.DENIAL)


def reading(project: Project) -> Reading:
    """How many articles a project holds, and the latest date that one of them gives."""
    return _read([project.pk], (), ())[project.pk].reading


def _read(
    projects: list[int], claims: Collection[int], allegations: Collection[UUID]
) -> dict[int, _Read]:
    """What projects have read, and what may be missing of the denials of these claims and
    allegations, by the projects' ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            _READ_SQL,
            {"projects": projects, "claims": list(claims), "allegations": list(allegations)},
        )
        return {
            id_: _Read(Reading(articles, latest, precision or ""), has_withdrawals, may_have_left)
            for id_, articles, latest, precision, has_withdrawals, may_have_left in cursor
        }
