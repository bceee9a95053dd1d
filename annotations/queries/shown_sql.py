"""Since when readers can see an annotation, in the terms of Postgres.

What is told of corrections and of withdrawn denials depends on it: never what only members saw.
"""

DRAFTING = "interval '10 minutes'"
"""How long somebody who marks words for all to see may take to fill in the fields."""

# A claim or a speaker shows what is linked to it, from then on: `tied_at` is when a link or a name
# was put in, or the claim or speaker that it names was last changed, where it is merged.
_TIED = """
    SELECT s.*, greatest(
           (SELECT max(e.pgh_created_at) FROM annotations_{tie}event e
             WHERE e.pgh_obj_id = t.id AND e.pgh_label = 'insert'),
           (SELECT max(e.pgh_created_at) FROM annotations_{noun}event e
             WHERE e.pgh_obj_id = n.id AND s.{noun}_id <> n.id))
      FROM annotations_{tie} t JOIN annotations_{noun} n ON n.id = t.{noun}_id
      JOIN annotations_share s ON s.{noun}_id IN (n.id, n.canonical_id)
     WHERE t.annotation_id = {a}.id"""

_SHARES_OF = """
    SELECT s.*, s.created_at AS tied_at FROM annotations_share s
     WHERE s.project_id = {a}.project_id
     UNION ALL
    SELECT s.*, s.created_at
      FROM reader_projectarticle p JOIN annotations_share s ON s.project_article_id = p.id
     WHERE p.project_id = {a}.project_id AND p.article_id = {a}.article_id
     UNION ALL
    SELECT s.*, s.created_at FROM annotations_share s WHERE s.annotation_id = {a}.id
     UNION ALL {by_claim}
     UNION ALL {by_name}"""

# As `live_shares` has those that work, and `is_public` what is withdrawn.
_SHOWN_SINCE = """(
    SELECT greatest(opened.at, closed.until)
      FROM (SELECT min(CASE WHEN one.at <= {a}.created_at
                            THEN {a}.created_at + {drafting} ELSE one.at END) AS at
              FROM (SELECT public_since AS at FROM reader_project
                     WHERE id = {a}.project_id AND visibility = 'public'
                     UNION ALL
                    SELECT greatest(s.created_at, s.tied_at, m.created_at)
                      FROM ({shares}) s
                      JOIN reader_membership m
                        ON m.project_id = {a}.project_id AND m.user_id = s.created_by_id
                      JOIN reader_user u ON u.id = m.user_id AND u.is_active
                     WHERE s.revoked_at IS NULL
                       AND (s.expires_at IS NULL OR s.expires_at > now())) one) opened,
           (SELECT max(coalesce(w.lifted_at, 'infinity')) AS until
              FROM annotations_withdrawal w
             WHERE w.project_id = {a}.project_id
               AND (w.annotation_id = {a}.id
                    OR EXISTS (SELECT FROM reader_projectarticle p
                                WHERE p.id = w.project_article_id
                                  AND p.article_id = {a}.article_id)
                    OR EXISTS (SELECT FROM annotations_anchor n
                                WHERE n.revision_id = w.revision_id AND n.annotation_id = {a}.id
                                  AND n.made_by = 'person'))) closed
     WHERE opened.at IS NOT NULL)"""


def shares_of(a: str) -> str:
    """The links that show the row `a` of annotations, also those that work no longer: links to it,
    its article, its project, a claim that it is linked to, or somebody named in it."""
    by_claim = _TIED.format(a=a, tie="claimlink", noun="claim")
    by_name = _TIED.format(a=a, tie="attribution", noun="speaker")
    return _SHARES_OF.format(a=a, by_claim=by_claim, by_name=by_name)


def shown_since(a: str) -> str:
    """When the present time began in which readers can see the row `a` of annotations without a
    break, with the fields filled in: null or infinity where they cannot.

    The project is public since then, or a link that shows it and still works was made; and no
    withdrawal of it, its page or its text was lifted later.
    """
    return _SHOWN_SINCE.format(a=a, drafting=DRAFTING, shares=shares_of(a))
