"""The vocabulary by which similar claims are found, once something was erased from it."""

from collections.abc import Collection

from django.db import connection, transaction

# As migration 0008 filled it; since then triggers add to it, and never take away.
_FORGET = "DELETE FROM annotations_claimword WHERE project_id = ANY(%s)"
_LEARN = """
INSERT INTO annotations_claimword (project_id, word)
SELECT DISTINCT project_id, said.lexeme
  FROM annotations_claim CROSS JOIN LATERAL unnest(words) AS said
 WHERE project_id = ANY(%s)
"""


@transaction.atomic
def learn_words_anew(projects: Collection[int]) -> None:
    """Keep of these projects' vocabularies the words that their claims still have.

    Args:
        projects: ids.
    """
    with connection.cursor() as cursor:
        for statement in (_FORGET, _LEARN):
            cursor.execute(statement, [list(projects)])
