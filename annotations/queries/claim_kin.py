"""Claims that belong together: those that are read as one, and broader and narrower ones."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from annotations.models import Claim

# Each step leads from all that are read as one claim to what any of them is narrower than: so no
# taking apart of claims that were merged can ever make a ring. UNION ends where nothing is new.
_ABOVE_SQL = """
WITH RECURSIVE above AS (
    SELECT coalesce(b.canonical_id, b.id) AS id
      FROM annotations_claim c JOIN annotations_claim b ON b.id = c.broader_id
     WHERE c.id = %(claim)s OR c.canonical_id = %(claim)s
     UNION
    SELECT coalesce(b.canonical_id, b.id)
      FROM above a
      JOIN annotations_claim c ON c.id = a.id OR c.canonical_id = a.id
      JOIN annotations_claim b ON b.id = c.broader_id
)
SELECT id FROM above
"""


def family(claim: Claim) -> QuerySet[Claim]:
    """A claim that is not merged, and all that are read as it."""
    return Claim.objects.filter(Q(pk=claim.pk) | Q(canonical=claim.pk))


def above(claim: Claim) -> set[int]:
    """The claims that this one is narrower than, in any number of steps.

    Args:
        claim: one that is not merged; so are those that are found.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE_SQL, {"claim": claim.pk})
        return {id_ for (id_,) in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Tie:
    """`narrower` is part of what `broader` says: ids of claims as they are read. `said_of` is the
    claim that the tie was made for, before it was merged."""

    narrower: int
    broader: int
    said_of: int


def ties(claims: Collection[int]) -> list[Tie]:
    """What is broader and what is narrower than these claims: one query.

    Args:
        claims: ids of claims that are not merged.
    """
    those = Q(pk__in=claims) | Q(canonical__in=claims)
    over = Q(broader__in=claims) | Q(broader__canonical__in=claims)
    rows = (
        Claim.objects.filter(those | over, broader__isnull=False)
        .order_by("pk")
        .values_list("pk", "canonical", "broader", "broader__canonical")
    )
    return [
        Tie(canonical or pk, over_it or broader, pk)
        for pk, canonical, broader, over_it in rows
        if broader
    ]
