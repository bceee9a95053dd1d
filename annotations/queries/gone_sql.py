"""Denials of a claim that readers saw once and see no longer, written out since no ORM says it.

Nothing of this is stored: it is read from deletions, live withdrawals and the history of links and
kinds, so that what is restored, lifted or linked again needs no repair. `annotations.queries.
parted_sql` has those that stay where they are while an allegation leaves them, `turned_sql` those
that are the accuser's own now, without whose: the accuser's own would count for nothing.
"""

from annotations.queries.parted_sql import CLAIMS_SINCE_PARTED, PARTED
from annotations.queries.shown_sql import shares_of
from annotations.queries.turned_sql import TURNED

# What was deleted; whose link was taken away; what became something else, still linked; what is
# withdrawn. All by the claim as it is read after merging.
#
# The history keeps rows as they were before each change: what an annotation was when its link was
# taken away is in the first row kept from then on.
_LEFT = """
    SELECT c.claim, a.id, a.deleted_at AS at, 'deleted' AS how, a.deleted_reason AS reason
      FROM claims c
      JOIN annotations_claimlink l ON l.claim_id = c.id
      JOIN annotations_annotation a ON a.id = l.annotation_id
     WHERE a.kind = 'denial' AND a.deleted_at IS NOT NULL
     UNION ALL
    SELECT c.claim, a.id, max(e.pgh_created_at), 'unlinked', ''
      FROM claims c
      JOIN annotations_claimlinkevent e ON e.claim_id = c.id AND e.pgh_label <> 'insert'
      JOIN annotations_annotation a ON a.id = e.annotation_id
     WHERE NOT EXISTS (
           SELECT FROM claims o JOIN annotations_claimlink l ON l.claim_id = o.id
            WHERE o.claim = c.claim AND l.annotation_id = a.id)
       AND coalesce((SELECT was.kind FROM annotations_annotationevent was
                      WHERE was.pgh_obj_id = a.id AND was.pgh_created_at >= e.pgh_created_at
                      ORDER BY was.pgh_id LIMIT 1), a.kind) = 'denial'
     GROUP BY 1, 2
     UNION ALL
    SELECT c.claim, a.id, max(was.pgh_created_at), 'changed', ''
      FROM claims c
      JOIN annotations_claimlink l ON l.claim_id = c.id
      JOIN annotations_annotation a ON a.id = l.annotation_id
      JOIN annotations_annotationevent was ON was.pgh_obj_id = a.id AND was.kind = 'denial'
     WHERE a.kind <> 'denial'
       AND NOT EXISTS (
           SELECT FROM annotations_claimlinkevent e
            WHERE e.pgh_obj_id = l.id AND e.pgh_label = 'insert'
              AND e.pgh_created_at >= was.pgh_created_at)
     GROUP BY 1, 2
     UNION ALL
    SELECT c.claim, a.id, w.at, 'withdrawn', w.reason
      FROM claims c
      JOIN annotations_claimlink l ON l.claim_id = c.id
      JOIN annotations_annotation a ON a.id = l.annotation_id
      JOIN annotations_withdrawal w ON w.project_id = a.project_id AND w.lifted_at IS NULL
     WHERE a.kind = 'denial' AND a.deleted_at IS NULL AND a.project_id = ANY(%(outside)s)
       AND (w.annotation_id = a.id
            OR EXISTS (SELECT FROM reader_projectarticle p
                        WHERE p.id = w.project_article_id AND p.article_id = a.article_id)
            OR EXISTS (SELECT FROM annotations_anchor n
                        WHERE n.revision_id = w.revision_id AND n.annotation_id = a.id
                          AND n.made_by = 'person'))"""

# A denial is shown beside the allegations of its claim: what shows one of them showed it, too.
_WAS_SHARED = """
    SELECT FROM annotations_annotation beside CROSS JOIN LATERAL ({shares}) s
     WHERE (beside.id = d.id OR beside.id IN (
               SELECT l.annotation_id FROM claims c
                 JOIN annotations_claimlink l ON l.claim_id = c.id
                WHERE {others}))
       AND s.created_at <= {at}
       AND coalesce(s.revoked_at, s.expires_at, 'infinity') > d.created_at"""

_GONE = """
{parted}, {turned}, gone AS MATERIALIZED (
   (SELECT DISTINCT ON (g.claim, g.id)
           g.claim, NULL::uuid AS beside, g.id, d.project_id, d.created_at AS recorded_at,
           g.at, g.how, g.reason, {speakers} AS speakers
      FROM ({left}) g
      JOIN annotations_annotation d ON d.id = g.id
      JOIN reader_project p ON p.id = d.project_id
     WHERE g.how = 'withdrawn' OR p.first_public_at <= g.at OR EXISTS ({was_shared})
     ORDER BY g.claim, g.id, g.at)
     UNION ALL
    SELECT c.claim, p.allegation, p.id, p.project_id, p.recorded_at,
           p.at, p.how, p.reason, {speakers_of_parted}
      FROM parted p LEFT JOIN LATERAL ({since_parted}) c ON true
     UNION ALL
    SELECT t.claim, t.allegation, t.id, t.project_id, t.recorded_at,
           t.at, t.how, t.reason, ARRAY[]::bigint[]
      FROM turned t
)"""

_SPEAKERS = """ARRAY(
           SELECT coalesce(s.canonical_id, s.id)
             FROM annotations_attribution t JOIN annotations_speaker s ON s.id = t.speaker_id
            WHERE t.annotation_id = {of} AND t.role = 'speaker')"""

GONE = _GONE.format(
    parted=PARTED,
    turned=TURNED,
    since_parted=CLAIMS_SINCE_PARTED,
    speakers=_SPEAKERS.format(of="g.id"),
    speakers_of_parted=_SPEAKERS.format(of="p.id"),
    left=_LEFT,
    was_shared=_WAS_SHARED.format(
        shares=shares_of("beside"), others="c.claim = g.claim", at="g.at"
    ),
)
"""Common table expressions behind two others: `claims(id, claim)`, each claim with the one that it
is read as, and `alleged(id)`, annotations that may have been parted from denials. In the last of
them, `gone`, those have the allegation that they stood `beside`, where it has no such claim any
more without a `claim`; the others are gone for every allegation of their claim. `%(outside)s` are
the projects that are seen from outside: their withdrawals count."""

_GONE_OF_CLAIMS = """
WITH claims AS (
    SELECT id, coalesce(canonical_id, id) AS claim
      FROM annotations_claim
     WHERE project_id = ANY(%(projects)s)
       AND (id = ANY(%(claims)s) AND canonical_id IS NULL OR canonical_id = ANY(%(claims)s))
), alleged AS (
    SELECT unnest(%(allegations)s::uuid[]) AS id
), {gone}
SELECT project_id, id, claim, beside, speakers, recorded_at, at, how, reason FROM gone
"""

GONE_OF_CLAIMS = _GONE_OF_CLAIMS.format(gone=GONE)
"""Those of the claims `%(claims)s`, not merged into others, of the projects `%(projects)s`, and
those that the allegations `%(allegations)s` were parted from."""

_IS_SHOWN = """
WITH claims AS (
    SELECT m.id
      FROM annotations_claimlink l
      JOIN annotations_claim c ON c.id = l.claim_id
      JOIN annotations_claim m ON coalesce(m.canonical_id, m.id) = coalesce(c.canonical_id, c.id)
     WHERE l.annotation_id = %(id)s
)
SELECT EXISTS (
    SELECT FROM annotations_annotation d JOIN reader_project p ON p.id = d.project_id
     WHERE d.id = %(id)s AND d.kind = 'denial' AND EXISTS (SELECT FROM claims)
       AND (p.first_public_at IS NOT NULL OR EXISTS ({was_shared})))
"""

IS_SHOWN = _IS_SHOWN.format(
    was_shared=_WAS_SHARED.format(shares=shares_of("beside"), others="true", at="clock_timestamp()")
)
"""Whether the annotation `%(id)s` is a linked denial that readers have had before them."""
