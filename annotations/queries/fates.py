"""The anchors of annotations over the revisions of their articles, in one query."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db import connection

from annotations.fates import Fate, Step, fate_of
from annotations.models import AnchorMaker

_STEPS_SQL = """
SELECT anchor.annotation_id, anchor.id, revision.fetched_at, anchor.made_by, anchor.status,
       anchor.decision,
       (SELECT coalesce(string_agg(piece.exact, ' […] ' ORDER BY piece.position), '')
          FROM annotations_fragment piece
         WHERE piece.anchor_id = anchor.id AND piece.start IS NOT NULL)
  FROM annotations_anchor anchor
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
        for annotation_id, anchor_id, fetched_at, made_by, *state in cursor.fetchall():
            by_person = made_by == AnchorMaker.PERSON
            steps[annotation_id].append(Step(anchor_id, fetched_at, by_person, *state))
    found = {id_: fate_of(anchors) for id_, anchors in steps.items()}
    return {id_: fate for id_, fate in found.items() if fate}
