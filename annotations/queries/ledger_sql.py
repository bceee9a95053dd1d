"""The two statements behind the ledger, written out since no ORM says them.

Which denials answer is decided as in `annotations.answers`; a test holds the two together.
"""

from collections.abc import Iterable

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
_IN_SIGHT = """
    NOT %(public)s
    OR c.id IN (SELECT claim FROM recorded)
    OR (c.id IN (SELECT claim FROM answers)
        AND c.id NOT IN (SELECT claim FROM marked WHERE part IN ('alleges', 'relayed', 'mention')))
"""

_LISTING = """
WITH {marked}, facts AS (
    SELECT claim,
           min(on_day) FILTER (WHERE part = 'alleges') AS first_day,
           max(on_day) FILTER (WHERE part IN ('alleges', 'denies')) AS last_day,
           count(DISTINCT article_id) FILTER (WHERE part = 'alleges') AS articles
      FROM seen GROUP BY claim
), everything AS MATERIALIZED (
    SELECT c.id, c.statement, f.first_day, f.last_day, coalesce(f.articles, 0) AS articles,
           coalesce(r.is_alleged, false) AS is_alleged,
           a.claim IS NOT NULL AS is_answered,
           r.claim IS NOT NULL AND a.claim IS NULL
               AND c.id NOT IN (SELECT claim FROM missing) AS is_unanswered,
           coalesce(s.status, 'not_sought') AS sought
      FROM annotations_claim c
      LEFT JOIN facts f ON f.claim = c.id
      LEFT JOIN recorded r ON r.claim = c.id
      LEFT JOIN answers a ON a.claim = c.id
      LEFT JOIN seeking s ON s.claim = c.id
     WHERE c.project_id = %(project)s AND c.canonical_id IS NULL AND ({in_sight})
), numbered AS (
    SELECT c.id, row_number() OVER (ORDER BY {order}) AS n FROM everything c WHERE {asked}
), page AS (
    SELECT id, n FROM numbered
     WHERE n > coalesce((SELECT n FROM numbered WHERE id = %(after)s), 0)
     ORDER BY n LIMIT %(limit)s
)
SELECT ARRAY(SELECT id FROM page ORDER BY n), (SELECT count(*) FROM numbered),
       count(*), count(*) FILTER (WHERE is_alleged), count(*) FILTER (WHERE is_answered),
       count(*) FILTER (WHERE is_unanswered), count(*) FILTER (WHERE sought = 'sought'),
       count(*) FILTER (WHERE sought = 'declined'), count(*) FILTER (WHERE sought = 'replied')
  FROM everything
"""

ORDERS = {
    "newest": "c.first_day DESC NULLS LAST, c.id DESC",
    "oldest": "c.first_day NULLS LAST, c.id",
    "latest": "c.last_day DESC NULLS LAST, c.id DESC",
    "articles": "c.articles DESC, c.id DESC",
    "statement": "lower(c.statement), c.id",
}
"""The ways in which a ledger can be sorted, newest allegation first without any choice."""

# The claims of which one of the passages names somebody who is called so. Readers find those who
# were merged into somebody else by a name that something public says, only.
_WITH_SPEAKER = """c.id IN (
        SELECT m.claim FROM seen m JOIN names w ON w.annotation_id = m.id
         WHERE m.part IN ({parts}) AND w.role IN ({roles})
           AND w.speaker IN (
               SELECT coalesce(s.canonical_id, s.id) FROM annotations_speaker s
                WHERE s.project_id = %(project)s
                  AND (s.name ILIKE %({name})s
                       OR EXISTS (SELECT FROM unnest(s.aliases) AS alias
                                   WHERE alias ILIKE %({name})s))
                  AND (NOT %(public)s OR s.canonical_id IS NULL OR EXISTS (
                      SELECT FROM annotations_attribution t
                        JOIN annotations_annotation a ON a.id = t.annotation_id
                       WHERE t.speaker_id = s.id AND a.deleted_at IS NULL
                         AND a.id NOT IN (SELECT id FROM hidden)))))"""

# Something that touches the days asked for: a month is in them as soon as one of its days is.
_DATED = """c.id IN (
        SELECT m.claim FROM seen m
         WHERE m.part IN ('alleges', 'denies')
           AND m.last_day >= coalesce(%(since)s::date, m.last_day)
           AND m.on_day <= coalesce(%(until)s::date, m.on_day))"""

ASKED = {
    "without": "c.is_unanswered",
    "sought": "c.sought = %(sought)s",
    "speaker": _WITH_SPEAKER.format(
        name="speaker", parts="'alleges', 'denies'", roles="'speaker', 'on_behalf_of'"
    ),
    "target": _WITH_SPEAKER.format(
        name="target", parts="'alleges', 'relayed', 'mention'", roles="'target'"
    ),
    "publication": """c.id IN (
        SELECT m.claim FROM seen m JOIN reader_publication p ON p.id = m.publication_id
         WHERE m.part <> 'quote' AND p.name ILIKE %(publication)s)""",
    "since": _DATED,
    "until": _DATED,
    "text": """(c.statement ILIKE %(text)s OR c.id IN (
        SELECT m.claim FROM seen m
          JOIN annotations_anchor n ON n.annotation_id = m.id AND n.made_by = 'person'
          JOIN annotations_fragment f ON f.anchor_id = n.id
         WHERE m.part <> 'quote' AND f.exact ILIKE %(text)s))""",
}

_RANK = "on_day NULLS LAST, last_day, id"

_ACCOUNTS = """
WITH {marked}, points AS (
    SELECT claim, part, on_day, precision, count(*) AS n
      FROM (SELECT claim, part, on_day, precision FROM seen WHERE part = 'alleges'
             UNION ALL
            SELECT claim, part, on_day, precision FROM answering) one
     WHERE on_day IS NOT NULL GROUP BY 1, 2, 3, 4
), denied AS (
    SELECT claim, (array_agg(id ORDER BY {rank}))[1] AS first,
           count(*) FILTER (WHERE on_day IS NULL) AS undated
      FROM seen WHERE (claim, id) IN (SELECT claim, id FROM answering) GROUP BY claim
), named AS (
    SELECT claim, role, speaker, min(on_day) AS since, min(position) AS position
      FROM (SELECT m.claim,
                   CASE WHEN w.role = 'target' THEN 'accused'
                        WHEN w.role = 'relayed_by' THEN 'relayer'
                        WHEN m.part = 'denies' THEN 'denier' ELSE 'accuser' END AS role,
                   w.speaker, m.on_day, w.position
              FROM seen m
              JOIN names w ON w.annotation_id = m.id
              LEFT JOIN recorded r ON r.claim = m.claim
             WHERE w.role = 'speaker' AND m.part = 'alleges'
                OR w.role = 'relayed_by' AND m.part = 'relayed'
                OR w.role = 'speaker' AND m.part = 'denies'
                   AND (m.claim, m.id) IN (SELECT claim, id FROM answering)
                OR w.role = 'target'
                   AND CASE WHEN r.is_alleged THEN m.part = 'alleges'
                            ELSE m.part IN ('relayed', 'mention') END) one
     GROUP BY 1, 2, 3
), roles AS (
    SELECT claim, jsonb_object_agg(role, people) AS people
      FROM (SELECT n.claim, n.role,
                   jsonb_agg(jsonb_build_array(s.id, s.name)
                             ORDER BY n.since NULLS LAST, n.position, s.name, s.id) AS people
              FROM named n JOIN annotations_speaker s ON s.id = n.speaker
             GROUP BY 1, 2) one
     GROUP BY claim
), facts AS (
    SELECT claim,
           count(*) FILTER (WHERE part = 'alleges') AS allegations,
           count(*) FILTER (WHERE part = 'alleges' AND speakers = '{{}}') AS unattributed,
           count(*) FILTER (WHERE part = 'relayed') AS relayed,
           count(*) FILTER (WHERE part = 'mention') AS mentions,
           count(DISTINCT article_id) FILTER (WHERE part = 'alleges') AS articles,
           count(DISTINCT publication_id) FILTER (WHERE part = 'alleges') AS publications,
           count(*) FILTER (WHERE part = 'alleges' AND on_day IS NULL) AS undated,
           (array_agg(id ORDER BY part <> 'alleges', {rank})
                FILTER (WHERE part IN ('alleges', 'relayed', 'mention')))[1] AS first
      FROM seen GROUP BY claim
)
SELECT c.id, c.statement, roles.people,
       f.allegations, f.unattributed, f.relayed, f.mentions, f.articles, f.publications,
       a.shown, coalesce(f.undated, 0) + coalesce(d.undated, 0),
       f.first, d.first,
       ARRAY(SELECT jsonb_build_array(p.part, p.on_day, p.precision, p.n) FROM points p
              WHERE p.claim = c.id ORDER BY p.on_day, p.part LIMIT %(points)s),
       ARRAY(SELECT jsonb_build_array(m.id, m.speakers, m.recorded_at, m.at, m.how, m.reason)
               FROM missing m WHERE m.claim = c.id),
       coalesce(s.status, 'not_sought'), s."on"
  FROM annotations_claim c
  LEFT JOIN facts f ON f.claim = c.id
  LEFT JOIN answers a ON a.claim = c.id
  LEFT JOIN denied d ON d.claim = c.id
  LEFT JOIN roles ON roles.claim = c.id
  LEFT JOIN seeking s ON s.claim = c.id
 WHERE c.project_id = %(project)s AND c.id = ANY(%(claims)s) AND c.canonical_id IS NULL
   AND ({in_sight})
"""

_THESE = "AND (id = ANY(%(claims)s) OR canonical_id = ANY(%(claims)s))"


def listing_sql(order: str, asked: Iterable[str]) -> str:
    """Which claims match, in which order, and the totals.

    Args:
        order: one of `ORDERS`; another is the first of them.
        asked: names of `ASKED`.
    """
    return _LISTING.format(
        marked=_MARKED.format(which="", gone=GONE),
        in_sight=_IN_SIGHT,
        order=ORDERS.get(order, ORDERS["newest"]),
        asked=" AND ".join(ASKED[name] for name in asked) or "true",
    )


def accounts_sql() -> str:
    """What is counted of some claims."""
    return _ACCOUNTS.format(
        marked=_MARKED.format(which=_THESE, gone=GONE), in_sight=_IN_SIGHT, rank=_RANK
    )
