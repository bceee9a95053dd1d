"""The anchors of annotations over the revisions of their articles, in one query."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db import connection

from annotations.fates import Fate, Step, fate_of
from annotations.models import AnchorMaker

_STEPS_SQL = """
SELECT anchor.annotation_id, anchor.made_by, anchor.id, revision.number, revision.fetched_at,
       anchor.status, anchor.decision,
       (SELECT coalesce(string_agg(piece.exact, ' […] ' ORDER BY piece.position), '')
          FROM annotations_fragment piece
         WHERE piece.anchor_id = anchor.id AND piece.start IS NOT NULL),
       EXISTS (SELECT FROM annotations_withdrawal withdrawal
                WHERE withdrawal.revision_id = revision.id
                  AND withdrawal.project_id = annotation.project_id
                  AND withdrawal.lifted_at IS NULL)
  FROM annotations_anchor anchor
  JOIN annotations_annotation annotation ON annotation.id = anchor.annotation_id
  JOIN reader_revision revision ON revision.id = anchor.revision_id
 WHERE anchor.annotation_id = ANY(%(annotations)s)
   AND (%(number)s::int IS NULL OR revision.number <= %(number)s)
 ORDER BY anchor.annotation_id, revision.number
"""


def fates(annotation_ids: Collection[UUID], number: int | None = None) -> dict[UUID, Fate]:
    """What became of annotations; those whose words stand as marked are left out.

    Args:
        number: up to this revision of their articles; without it, up to the newest.
    """
    steps: dict[UUID, list[Step]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_STEPS_SQL, {"annotations": list(annotation_ids), "number": number})
        for annotation_id, made_by, *state in cursor.fetchall():
            steps[annotation_id].append(Step(made_by == AnchorMaker.PERSON, *state))
    found = {id_: fate_of(anchors) for id_, anchors in steps.items()}
    return {id_: fate for id_, fate in found.items() if fate}
