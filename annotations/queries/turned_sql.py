"""Denials that readers saw beside an allegation and that are the accuser's own by what is said now:
who speaks was corrected, or two names turned out to be one speaker's.
"""

from annotations.queries.parted_sql import WERE_THESE, was_seen

# `voices` are the speakers of what is linked to the claims, `doubled` those who allege and deny the
# same (told by a window: joined with themselves, and without statistics, all are compared with
# all). Mostly there are none, so only for these the history is asked, once for each. It says since
# when they are named: since a name was put in, or its speaker merged into whom it is read as.
_TURNED = """
voices AS MATERIALIZED (
    SELECT c.claim, l.id AS link, l.claim_id, a.id, a.kind, t.id AS tie, s.id AS named,
           coalesce(s.canonical_id, s.id) AS speaker,
           min(a.kind) OVER one <> max(a.kind) OVER one AS is_doubled
      FROM claims c
      JOIN annotations_claimlink l ON l.claim_id = c.id
      JOIN annotations_annotation a ON a.id = l.annotation_id AND a.kind <> 'quote'
      JOIN annotations_attribution t ON t.annotation_id = a.id AND t.role = 'speaker'
      JOIN annotations_speaker s ON s.id = t.speaker_id
    WINDOW one AS (PARTITION BY c.claim, coalesce(s.canonical_id, s.id))
), doubled AS MATERIALIZED (
    SELECT v.id, v.kind, v.claim, v.claim_id, v.speaker,
           (SELECT max(e.pgh_created_at) FROM annotations_claimlinkevent e
             WHERE e.pgh_obj_id = v.link AND e.pgh_label = 'insert') AS linked,
           (SELECT max(e.pgh_created_at) FROM annotations_claimevent e
             WHERE e.pgh_obj_id = v.claim_id AND v.claim_id <> v.claim
               AND e.canonical_id IS DISTINCT FROM v.claim) AS read,
           greatest(
               (SELECT max(e.pgh_created_at) FROM annotations_attributionevent e
                 WHERE e.pgh_obj_id = v.tie AND e.pgh_label = 'insert'),
               (SELECT max(e.pgh_created_at) FROM annotations_speakerevent e
                 WHERE e.pgh_obj_id = v.named AND v.named <> v.speaker
                   AND e.canonical_id IS DISTINCT FROM v.speaker)) AS tied
      FROM voices v
     WHERE v.is_doubled
), same AS MATERIALIZED (
    SELECT a.id AS allegation, d.id AS denial, a.claim,
           min(greatest(a.linked, d.linked,
                        CASE WHEN a.claim_id <> d.claim_id THEN greatest(a.read, d.read) END)
           ) AS since,
           min(greatest(a.tied, d.tied)) AS until
      FROM doubled a JOIN doubled d ON d.claim = a.claim AND d.speaker = a.speaker
     WHERE a.kind = 'allegation' AND d.kind = 'denial' AND a.id IN (SELECT id FROM alleged)
     GROUP BY 1, 2, 3
), turned AS MATERIALIZED (
    SELECT t.allegation, t.claim, d.id, d.project_id, d.created_at AS recorded_at,
           least(t.until, d.deleted_at) AS at,
           CASE WHEN d.deleted_at <= t.until THEN 'deleted' ELSE 'turned' END AS how,
           CASE WHEN d.deleted_at <= t.until THEN d.deleted_reason ELSE '' END AS reason
      FROM same t
      JOIN annotations_annotation d ON d.id = t.denial
      JOIN annotations_annotation a ON a.id = t.allegation
     WHERE t.since < t.until AND {were_these} AND {was_seen}
)"""

TURNED = _TURNED.format(were_these=WERE_THESE, was_seen=was_seen("ARRAY[t.claim]"))
"""Common table expressions behind `claims(id, claim)` and `alleged(id)`, as in
`annotations.queries.parted_sql`. The last, `turned`, has the denials that stood beside an
allegation of these until somebody speaks in both."""
