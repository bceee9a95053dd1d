"""Claims to choose from, by what somebody types of their statement."""

from annotations.models import Claim
from annotations.queries.similar import similar


def picks(claim: Claim, typed: str) -> list[Claim]:
    """Other claims of the same project that are not merged, the likest first: four queries.

    Args:
        typed: a statement, or some words of one; where it is empty, those like `claim` itself.
    """
    found = similar(claim.project, typed.strip() or claim.statement, [claim.pk])
    claims = Claim.objects.in_bulk([one.claim_id for one in found])
    return [claims[one.claim_id] for one in found]


def stated(claim: Claim, statement: str) -> Claim | None:
    """The other claim of the project with exactly this statement, as it is read after merging."""
    words = " ".join(statement.split())
    known = Claim.objects.select_related("canonical").filter(
        project=claim.project_id, statement__iexact=words
    )
    found = known.first()
    found = found and (found.canonical or found)
    return found if found and found.pk != claim.pk else None


def picked(claim: Claim, chosen: str) -> Claim | None:
    """The other claim of the project with this id, as a form or an address sends it."""
    if not chosen.isdecimal() or len(chosen) > 18:
        return None
    known = Claim.objects.filter(project=claim.project_id, canonical=None)
    return known.exclude(pk=claim.pk).filter(pk=int(chosen)).first()
