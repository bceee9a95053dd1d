"""What both statements behind the ledger start from, written out since no ORM says it.

Which denials answer is decided as in `annotations.answers`; a test holds the two together.
"""

from annotations.queries.gone_sql import GONE

# The passages of a project's claims, as they are read after merging: an annotation with links to
# several claims that are one now counts once.
#
# `hidden` is what is withdrawn from public view, for those who see the public view only; `missing`
# are denials that would answer, and are shown no longer. `seeking`
# is whether a reply was sought: as was said of the claim, else last of those merged into it.
_MARKED = """
claims AS (
    SELECT id, coalesce(canonical_id, id) AS claim
      FROM annotations_claim
     WHERE project_id = %(project)s {which}
), ties AS (
    SELECT DISTINCT c.claim, l.annotation_id
      FROM claims c JOIN annotations_claimlink l ON l.claim_id = c.id
), live AS (
    SELECT * FROM annotations_withdrawal
     WHERE %(public)s AND project_id = %(project)s AND lifted_at IS NULL
), hidden AS (
    SELECT annotation_id AS id FROM live WHERE annotation_id IS NOT NULL
     UNION
    SELECT a.id
      FROM live JOIN reader_projectarticle p ON p.id = live.project_article_id
      JOIN annotations_annotation a ON a.article_id = p.article_id
     UNION
    SELECT n.annotation_id
      FROM live JOIN annotations_anchor n ON n.revision_id = live.revision_id
     WHERE n.made_by = 'person'
), names AS (
    SELECT t.annotation_id, t.role, t.position, coalesce(s.canonical_id, s.id) AS speaker
      FROM (SELECT DISTINCT annotation_id FROM ties) one
      JOIN annotations_attribution t ON t.annotation_id = one.annotation_id
      JOIN annotations_speaker s ON s.id = t.speaker_id
), who AS (
    SELECT annotation_id,
           array_agg(speaker) FILTER (WHERE role = 'speaker') AS speakers,
           bool_or(role = 'relayed_by') AS is_relayed
      FROM names GROUP BY annotation_id
), marked AS (
    SELECT t.claim, a.id, a.article_id, r.publication_id,
           coalesce(who.speakers, '{{}}') AS speakers,
           CASE WHEN a.kind = 'denial' THEN 'denies'
                WHEN a.kind = 'quote' THEN 'quote'
                WHEN 'mention' = ANY(a.flags) THEN 'mention'
                WHEN who.speakers IS NULL AND who.is_relayed THEN 'relayed'
                ELSE 'alleges' END AS part,
           coalesce(a.said_on, r.published_on) AS on_day,
           CASE WHEN a.said_on IS NULL THEN r.published_precision ELSE 'day' END AS precision
      FROM ties t
      JOIN annotations_annotation a ON a.id = t.annotation_id
      JOIN reader_article r ON r.id = a.article_id
      LEFT JOIN who ON who.annotation_id = a.id
     WHERE a.project_id = %(project)s AND a.deleted_at IS NULL
), seen AS (
    SELECT *,
           CASE precision WHEN 'year' THEN (on_day + interval '1 year - 1 day')::date
                          WHEN 'month' THEN (on_day + interval '1 month - 1 day')::date
                          ELSE on_day END AS last_day
      FROM marked WHERE id NOT IN (SELECT id FROM hidden)
), recorded AS (
    SELECT claim, bool_or(part = 'alleges') AS is_alleged
      FROM seen WHERE part IN ('alleges', 'relayed', 'mention') GROUP BY claim
), heard AS (
    SELECT g.claim, g.id, g.speakers
      FROM seen g JOIN recorded r ON r.claim = g.claim
     WHERE CASE WHEN r.is_alleged THEN g.part = 'alleges'
                ELSE g.part IN ('relayed', 'mention') END
), answering AS (
    SELECT d.*
      FROM seen d
     WHERE d.part = 'denies' AND EXISTS (
           SELECT FROM heard g WHERE g.claim = d.claim AND NOT g.speakers && d.speakers)
     UNION ALL
    SELECT d.*
      FROM seen d
     WHERE d.part = 'denies' AND NOT EXISTS (SELECT FROM recorded r WHERE r.claim = d.claim)
), answers AS (
    SELECT claim, count(*) AS shown FROM answering GROUP BY claim
), alleged AS (
    SELECT annotation_id AS id FROM ties
), {gone}, missing AS (
    SELECT d.*
      FROM gone d
     WHERE EXISTS (
           SELECT FROM heard g
            WHERE g.claim = d.claim AND NOT g.speakers && d.speakers
              AND g.id = coalesce(d.beside, g.id))
       AND NOT EXISTS (SELECT FROM answering a WHERE a.claim = d.claim AND a.id = d.id)
     UNION ALL
    SELECT d.*
      FROM gone d
     WHERE d.beside IS NULL AND NOT EXISTS (SELECT FROM recorded r WHERE r.claim = d.claim)
), seeking AS (
    SELECT DISTINCT ON (c.claim) c.claim, s.status, s."on"
      FROM claims c JOIN annotations_replysought s ON s.claim_id = c.id
     ORDER BY c.claim, s.claim_id = c.claim DESC, s.updated_at DESC, s.id DESC
)"""

# Readers see a claim only by what is public of it: never one whose allegations are all withdrawn.
IN_SIGHT = """
    NOT %(public)s
    OR c.id IN (SELECT claim FROM recorded)
    OR (c.id IN (SELECT claim FROM answers)
        AND c.id NOT IN (SELECT claim FROM marked WHERE part IN ('alleges', 'relayed', 'mention')))
"""

_THESE = "AND (id = ANY(%(claims)s) OR canonical_id = ANY(%(claims)s))"


def marked_sql(*, some: bool) -> str:
    """The common tables `seen`, `recorded`, `answers` and so on, of a project's claims.

    Args:
        some: of the claims asked for only.
    """
    return _MARKED.format(which=_THESE if some else "", gone=GONE)
