"""Denials that readers saw beside an allegation which has gone elsewhere since: it was linked to
another claim or to none, split off with its claim, or a merge was taken apart.

Nothing of this is stored either: it is read from the history of links and of claims, and only of
the allegations in whose history there is a reason for it.
"""

from annotations.queries.shown_sql import DRAFTING, shares_of

# `linked` and `read_as` say when an annotation was linked to a claim, and when a claim was read as
# which: the history keeps rows as they were before each change. They are looked up for those that
# `moved`, step by step and once (OFFSET 0, MATERIALIZED): Postgres expects many and would work
# out all of them, where mostly there are none.
#
# `moved` are the allegations that may have left a denial behind, or been left: a link of theirs was
# taken away, or a claim is no longer merged into theirs, or theirs into another.
_PARTED = """
linked AS NOT MATERIALIZED (
    SELECT i.annotation_id, i.claim_id, i.pgh_created_at AS since,
           coalesce((SELECT o.pgh_created_at FROM annotations_claimlinkevent o
                      WHERE o.pgh_obj_id = i.pgh_obj_id AND o.pgh_label = 'delete' LIMIT 1),
                    'infinity') AS until
      FROM annotations_claimlinkevent i
     WHERE i.pgh_label = 'insert'
), read_as AS NOT MATERIALIZED (
    SELECT id, id AS root, {read_since} AS since, 'infinity'::timestamptz AS until
      FROM annotations_claim c WHERE canonical_id IS NULL
     UNION ALL
    SELECT id, canonical_id, {read_since}, 'infinity'
      FROM annotations_claim c WHERE canonical_id IS NOT NULL
     UNION ALL
    SELECT pgh_obj_id, pgh_obj_id, {was_read_since}, pgh_created_at
      FROM annotations_claimevent c WHERE canonical_id IS NULL
     UNION ALL
    SELECT pgh_obj_id, canonical_id, {was_read_since}, pgh_created_at
      FROM annotations_claimevent c WHERE canonical_id IS NOT NULL
), unmerged AS NOT MATERIALIZED (
    SELECT e.pgh_obj_id AS id, e.canonical_id AS root
      FROM annotations_claimevent e JOIN annotations_claim m ON m.id = e.pgh_obj_id
     WHERE e.canonical_id IS NOT NULL AND m.canonical_id IS DISTINCT FROM e.canonical_id
), moved AS MATERIALIZED (
    SELECT a.id
      FROM alleged a
      JOIN annotations_claimlinkevent e ON e.annotation_id = a.id AND e.pgh_label = 'delete'
     UNION
    SELECT a.id
      FROM (SELECT c.id FROM claims c JOIN unmerged u ON u.id = c.id
             UNION SELECT c.id FROM claims c JOIN unmerged u ON u.root = c.id
             UNION SELECT c.id FROM claims c JOIN unmerged u ON u.root = c.claim) c
      JOIN annotations_claimlink l ON l.claim_id = c.id
      JOIN alleged a ON a.id = l.annotation_id
), own AS MATERIALIZED (
    SELECT m.id AS annotation_id, l.claim_id, r.root,
           greatest(l.since, r.since) AS since, least(l.until, r.until) AS until
      FROM moved m
     CROSS JOIN LATERAL (SELECT * FROM linked WHERE annotation_id = m.id OFFSET 0) l
     CROSS JOIN LATERAL (SELECT * FROM read_as WHERE id = l.claim_id OFFSET 0) r
     WHERE greatest(l.since, r.since) < least(l.until, r.until)
), denying AS MATERIALIZED (
    SELECT r.root, l.annotation_id,
           greatest(l.since, r.since) AS since, least(l.until, r.until) AS until
      FROM (SELECT DISTINCT root FROM own) o
     CROSS JOIN LATERAL (SELECT * FROM read_as WHERE root = o.root OFFSET 0) r
     CROSS JOIN LATERAL (SELECT * FROM linked WHERE claim_id = r.id OFFSET 0) l
      JOIN annotations_annotation d ON d.id = l.annotation_id
     WHERE greatest(l.since, r.since) < least(l.until, r.until)
       AND (d.kind = 'denial' OR EXISTS (
           SELECT FROM annotations_annotationevent e
            WHERE e.pgh_obj_id = d.id AND e.kind = 'denial'))
), together AS MATERIALIZED (
    SELECT own.annotation_id AS allegation, d.annotation_id AS denial,
           min(greatest(own.since, d.since)) AS since, max(least(own.until, d.until)) AS until,
           array_agg(DISTINCT own.claim_id) AS claims, array_agg(DISTINCT own.root) AS roots
      FROM own JOIN denying d ON d.root = own.root AND d.annotation_id <> own.annotation_id
     WHERE greatest(own.since, d.since) < least(own.until, d.until)
     GROUP BY 1, 2
), parted AS MATERIALIZED (
    SELECT t.allegation, t.since, t.claims, d.id, d.project_id, d.created_at AS recorded_at,
           least(t.until, d.deleted_at) AS at,
           CASE WHEN d.deleted_at <= t.until THEN 'deleted' ELSE 'parted' END AS how,
           CASE WHEN d.deleted_at <= t.until THEN d.deleted_reason ELSE '' END AS reason
      FROM together t
      JOIN annotations_annotation d ON d.id = t.denial
      JOIN annotations_annotation a ON a.id = t.allegation AND a.kind = 'allegation'
     WHERE {were_these}
       AND NOT EXISTS (
           SELECT FROM annotations_claimlink l JOIN annotations_claim c ON c.id = l.claim_id
             JOIN annotations_claimlink k ON k.annotation_id = d.id
             JOIN annotations_claim o ON o.id = k.claim_id
            WHERE l.annotation_id = a.id
              AND coalesce(c.canonical_id, c.id) = coalesce(o.canonical_id, o.id))
       AND {was_seen}
)"""

_READ_SINCE = """coalesce((SELECT max(e.pgh_created_at) FROM annotations_claimevent e
                      WHERE e.pgh_obj_id = c.id), '-infinity')"""
_WAS_READ_SINCE = """coalesce((SELECT max(e.pgh_created_at) FROM annotations_claimevent e
                      WHERE e.pgh_obj_id = c.pgh_obj_id AND e.pgh_id < c.pgh_id), '-infinity')"""

# In what follows an allegation `a` and a denial `d` stood together from `t.since` until `t.until`.

_WAS_SEEN = """EXISTS (
           SELECT FROM (
               SELECT first_public_at AS opened, 'infinity' AS closed
                 FROM reader_project WHERE id = a.project_id
                UNION ALL
               SELECT created_at, coalesce(revoked_at, expires_at, 'infinity')
                 FROM annotations_share
                WHERE claim_id = ANY({claims})
                   OR id IN (SELECT s.id
                               FROM annotations_annotation one CROSS JOIN LATERAL ({shares}) s
                              WHERE one.id IN (a.id, d.id))) seen
            WHERE seen.closed > t.since
              AND least(t.until, d.deleted_at) > greatest(
                  seen.opened,
                  CASE WHEN a.created_at >= seen.opened THEN a.created_at + {drafting} END,
                  CASE WHEN d.created_at >= seen.opened THEN d.created_at + {drafting} END))"""

# At the end, or at any time before it.
_WAS_KIND = """(
           coalesce((SELECT e.kind FROM annotations_annotationevent e
                      WHERE e.pgh_obj_id = {a}.id AND e.pgh_created_at >= t.until
                      ORDER BY e.pgh_id LIMIT 1), {a}.kind) = '{kind}'
           OR EXISTS (SELECT FROM annotations_annotationevent e
                       WHERE e.pgh_obj_id = {a}.id AND e.kind = '{kind}'
                         AND e.pgh_created_at > t.since AND e.pgh_created_at < t.until))"""

WERE_THESE = (
    f"{_WAS_KIND.format(a='d', kind='denial')}"
    f"\n       AND {_WAS_KIND.format(a='a', kind='allegation')}"
)
"""That the one was a denial and the other an allegation then."""


def was_seen(claims: str) -> str:
    """That readers saw them.

    Args:
        claims: an array of ids, in the terms of Postgres: what shows one of these shows both.
    """
    return _WAS_SEEN.format(claims=claims, shares=shares_of("one"), drafting=DRAFTING)


PARTED = _PARTED.format(
    read_since=_READ_SINCE,
    was_read_since=_WAS_READ_SINCE,
    were_these=WERE_THESE,
    was_seen=was_seen("t.claims || t.roots"),
)
"""Common table expressions behind two others: `claims(id, claim)`, each claim with the one that it
is read as, and `alleged(id)`, the annotations asked about. The last of them, `parted`, has the
denials that stood beside an allegation of these by a claim that both were linked to at one time,
where readers saw it, and that share no claim with it any more."""

CLAIMS_SINCE_PARTED = """
    SELECT DISTINCT coalesce(c.canonical_id, c.id) AS claim
      FROM annotations_claimlink l
      JOIN annotations_claim c ON c.id = l.claim_id
      JOIN annotations_claimlinkevent i ON i.pgh_obj_id = l.id AND i.pgh_label = 'insert'
     WHERE l.annotation_id = p.allegation
       AND (i.pgh_created_at > p.since OR l.claim_id = ANY(p.claims))"""
"""The claims that the allegation of the row `p` of `parted` was linked to after the two had come
together, or together by: those of which it would be wrong to say that nothing was ever denied. It
may have had others all along, which the denial never answered."""
