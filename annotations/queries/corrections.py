"""What changed of passages since readers could see them, in one query however many there are."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import timezone

from annotations.corrections import Change, Correction, State, correction_of, state_of
from annotations.passage import Passage
from annotations.queries.shown_sql import shown_since

# Speakers and claims are named as they are today, after merging, and where something that readers
# can see names them (`is_named`). What was put in without a change of the annotation's own row came
# with it: an import keeps the days on which annotations were made elsewhere.
_CHANGES = """
SELECT a.id, e.part, e.label, e.at, e.number, e.row,
       CASE e.part WHEN 'name' THEN EXISTS (
                SELECT FROM annotations_speaker n
                  JOIN annotations_attribution t ON t.speaker_id = n.id
                  JOIN annotations_annotation o ON o.id = t.annotation_id
                 WHERE (e.row->>1)::bigint IN (n.id, n.canonical_id)
                   AND o.deleted_at IS NULL AND {other_shown} < 'infinity')
            WHEN 'link' THEN EXISTS (
                SELECT FROM annotations_claim m
                  JOIN annotations_claimlink l ON l.claim_id = m.id
                  JOIN annotations_annotation o ON o.id = l.annotation_id
                 WHERE (e.row->>0)::bigint IN (m.id, m.canonical_id)
                   AND o.deleted_at IS NULL AND {other_shown} < 'infinity')
            ELSE true END AS is_named
  FROM annotations_annotation a
 CROSS JOIN LATERAL (SELECT {shown} AS at) shown
 CROSS JOIN LATERAL (
    SELECT 'annotation' AS part, pgh_label AS label, pgh_created_at AS at, pgh_id AS number,
           jsonb_build_array(kind, wording, cue, flags, said_on,
                             CASE WHEN note_public THEN note ELSE '' END) AS row
      FROM annotations_annotationevent WHERE pgh_obj_id = a.id
     UNION ALL
    SELECT 'name', e.pgh_label, e.pgh_created_at, e.pgh_id,
           jsonb_build_array(e.role, coalesce(c.id, s.id, e.speaker_id),
                             coalesce(c.name, s.name, ''))
      FROM annotations_attributionevent e
      LEFT JOIN annotations_speaker s ON s.id = e.speaker_id
      LEFT JOIN annotations_speaker c ON c.id = s.canonical_id
     WHERE e.annotation_id = a.id
     UNION ALL
    SELECT 'link', e.pgh_label, e.pgh_created_at, e.pgh_id,
           jsonb_build_array(coalesce(c.id, m.id, e.claim_id),
                             coalesce(c.statement, m.statement, ''), e.scope, e.part, e.unsure)
      FROM annotations_claimlinkevent e
      LEFT JOIN annotations_claim m ON m.id = e.claim_id
      LEFT JOIN annotations_claim c ON c.id = m.canonical_id
     WHERE e.annotation_id = a.id
     UNION ALL
    SELECT 'piece', e.pgh_label, e.pgh_created_at, e.pgh_id,
           jsonb_build_array(e.position, e.exact)
      FROM annotations_anchor n JOIN annotations_fragmentevent e ON e.anchor_id = n.id
     WHERE n.annotation_id = a.id AND n.made_by = 'person') e
 WHERE a.id = ANY(%s) AND e.at > shown.at
   AND (e.label <> 'insert' OR EXISTS (
       SELECT FROM annotations_annotationevent touched
        WHERE touched.pgh_obj_id = a.id AND touched.pgh_created_at = e.at))
"""
_CHANGES_SQL = _CHANGES.format(shown=shown_since("a"), other_shown=shown_since("o"))


def corrections(found: Sequence[Passage]) -> dict[UUID, Correction]:
    """What was corrected, by the passages' ids: one query, none where nothing has changed since
    readers could see it.

    Args:
        found: passages that were asked for `for_readers`.
    """
    now = {one.id: state_of(one) for one in found if one.changed_in_public}
    if not now:
        return {}
    changes: dict[UUID, list[Change]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES_SQL, [list(now)])
        for id_, part, label, at, number, row, is_named in cursor.fetchall():
            values = _values(part, json.loads(row))
            if not is_named and not _is_there(now[id_], part, values):
                values = _unnamed(part, values)
            changes[id_].append(Change(part, label, timezone.localtime(at), number, values))
    made = {id_: correction_of(now[id_], several) for id_, several in changes.items()}
    return {id_: correction for id_, correction in made.items() if correction}


def _unnamed(part: str, values: tuple[object, ...]) -> tuple[object, ...]:
    """The same without the name or statement."""
    place = 2 if part == "name" else 1
    return (*values[:place], "", *values[place + 1 :])


def _is_there(state: State, part: str, values: tuple[object, ...]) -> bool:
    """Whether the passage itself names this speaker or claim now."""
    if part == "name":
        return values[1] in {one.id for _, one in state.names}
    return values[0] in {one.claim_id for one in state.links}


def _values(part: str, row: list[object]) -> tuple[object, ...]:
    """The row as Python has it: JSON has no dates."""
    if part == "annotation" and isinstance(row[4], str):
        row[4] = date.fromisoformat(row[4])
    return tuple(row)
