"""Which claims a ledger lists, in which order, and the totals, in the terms of Postgres."""

from collections.abc import Iterable

from annotations.queries.ledger_sql import IN_SIGHT, marked_sql

_LISTING = """
WITH {marked}, facts AS (
    SELECT claim,
           min(on_day) FILTER (WHERE part = 'alleges') AS first_day,
           max(on_day) FILTER (WHERE part IN ('alleges', 'denies')) AS last_day,
           count(DISTINCT article_id) FILTER (WHERE part = 'alleges') AS articles
      FROM seen GROUP BY claim
), named AS (
    {names}
), everything AS MATERIALIZED (
    SELECT c.id, c.statement, named.name,
           f.first_day, f.last_day, coalesce(f.articles, 0) AS articles,
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
      LEFT JOIN named ON named.claim = c.id
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

_NEWEST = "c.first_day DESC NULLS LAST, c.id DESC"
_BY_NAME = f"c.name NULLS LAST, {_NEWEST}"

ORDERS = {
    "newest": _NEWEST,
    "oldest": "c.first_day NULLS LAST, c.id",
    "latest": "c.last_day DESC NULLS LAST, c.id DESC",
    "articles": "c.articles DESC, c.id DESC",
    "statement": "lower(c.statement), c.id",
    "unanswered": f"c.is_unanswered DESC, {_NEWEST}",
    "sought": f"array_position(ARRAY['sought', 'declined', 'replied'], c.sought), {_NEWEST}",
    "speaker": _BY_NAME,
    "target": _BY_NAME,
    "publication": _BY_NAME,
}
"""The ways in which a ledger can be sorted, newest allegation first without any choice. A reply
that was asked for and has not come stands before one that was declined or given."""

# By whose name a claim is sorted: whoever its row names first.
_FIRST_NAME = """
    SELECT claim, (array_agg(lower(name) ORDER BY since NULLS LAST, position, name, id))[1] AS name
      FROM (SELECT m.claim, s.id, s.name, min(m.on_day) AS since, min(w.position) AS position
              FROM seen m
              JOIN names w ON w.annotation_id = m.id
              JOIN annotations_speaker s ON s.id = w.speaker
             WHERE w.role = '{role}' AND {which} GROUP BY 1, 2, 3) one
     GROUP BY claim"""

_NAMES = {
    "speaker": _FIRST_NAME.format(role="speaker", which="m.part = 'alleges'"),
    "target": _FIRST_NAME.format(
        role="target", which="(m.claim, m.id) IN (SELECT claim, id FROM heard)"
    ),
    "publication": """
    SELECT m.claim,
           (array_agg(lower(p.name) ORDER BY m.on_day NULLS LAST, p.name))[1] AS name
      FROM seen m JOIN reader_publication p ON p.id = m.publication_id
     WHERE m.part IN ('alleges', 'relayed', 'mention') GROUP BY m.claim""",
}
_NO_NAMES = "SELECT NULL::bigint AS claim, NULL::text AS name WHERE false"

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
    "text": """(c.statement ILIKE ALL (%(text)s) OR c.id IN (
        SELECT m.claim FROM seen m
          JOIN annotations_anchor n ON n.annotation_id = m.id AND n.made_by = 'person'
          JOIN annotations_fragment f ON f.anchor_id = n.id
         WHERE m.part <> 'quote' AND f.exact ILIKE ALL (%(text)s)))""",
}


def listing_sql(order: str, asked: Iterable[str]) -> str:
    """Which claims match, in which order, and the totals.

    Args:
        order: one of `ORDERS`; another is the first of them.
        asked: names of `ASKED`.
    """
    return _LISTING.format(
        marked=marked_sql(some=False),
        in_sight=IN_SIGHT,
        names=_NAMES.get(order, _NO_NAMES),
        order=ORDERS.get(order, ORDERS["newest"]),
        asked=" AND ".join(ASKED[name] for name in asked) or "true",
    )
