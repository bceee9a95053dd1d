"""Since when readers can see an annotation, in the terms of Postgres.

What is told of corrections and of withdrawn denials depends on it: never what only members saw.
"""

DRAFTING = "interval '10 minutes'"
"""How long somebody who marks words for all to see may take to fill in the fields."""

_SHARES_OF = """
    SELECT s.* FROM annotations_share s WHERE s.project_id = {a}.project_id
     UNION ALL
    SELECT s.* FROM reader_projectarticle p JOIN annotations_share s ON s.project_article_id = p.id
     WHERE p.project_id = {a}.project_id AND p.article_id = {a}.article_id
     UNION ALL
    SELECT s.* FROM annotations_share s WHERE s.annotation_id = {a}.id
     UNION ALL
    SELECT s.* FROM annotations_claimlink l JOIN annotations_claim c ON c.id = l.claim_id
      JOIN annotations_share s ON s.claim_id IN (c.id, c.canonical_id)
     WHERE l.annotation_id = {a}.id
     UNION ALL
    SELECT s.* FROM annotations_attribution t JOIN annotations_speaker n ON n.id = t.speaker_id
      JOIN annotations_share s ON s.speaker_id IN (n.id, n.canonical_id)
     WHERE t.annotation_id = {a}.id"""

_FIRST_SHOWN = """(
    SELECT min(CASE WHEN one.at <= {a}.created_at
                    THEN {a}.created_at + {drafting} ELSE one.at END)
      FROM (SELECT public_since AS at FROM reader_project WHERE id = {a}.project_id
             UNION ALL
            SELECT created_at FROM ({shares}) shares) one)"""


def shares_of(a: str) -> str:
    """The links that show the row `a` of annotations, also those that work no longer: links to it,
    its article, its project, a claim that it is linked to, or somebody named in it."""
    return _SHARES_OF.format(a=a)


def first_shown(a: str) -> str:
    """The moment when readers could first see the row `a` of annotations, with the fields filled
    in; null where they never could."""
    return _FIRST_SHOWN.format(a=a, drafting=DRAFTING, shares=shares_of(a))
