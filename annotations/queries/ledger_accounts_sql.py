"""What a ledger counts of each claim, in the terms of Postgres."""

from annotations.queries.ledger_sql import IN_SIGHT, marked_sql

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
             WHERE w.role = 'speaker' AND m.part = 'alleges'
                OR w.role = 'relayed_by' AND m.part = 'relayed'
                OR w.role = 'speaker' AND m.part = 'denies'
                   AND (m.claim, m.id) IN (SELECT claim, id FROM answering)
                OR w.role = 'target' AND (m.claim, m.id) IN (SELECT claim, id FROM heard)) one
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


def accounts_sql() -> str:
    """What is counted of some claims."""
    return _ACCOUNTS.format(marked=marked_sql(some=True), in_sight=IN_SIGHT, rank=_RANK)
