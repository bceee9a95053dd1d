"""Claims to choose from, by what somebody types of their statement."""

from annotations.models import Claim
from annotations.parameters import number_from
from annotations.queries.claim_kin import family
from annotations.queries.similar import similar
from annotations.typed import line

NEWEST = 10
"""Claims that are offered where nothing looks alike."""


def picks(claim: Claim, typed: str) -> list[Claim]:
    """Other claims of the same project that are not merged, the likest first: four queries.

    Args:
        typed: a statement, or some words of one; where it is empty, those like `claim` itself,
            else the newest.
    """
    typed = line(typed)
    found = similar(claim.project, typed or claim.statement, [claim.pk])
    if not found and not typed:
        others = Claim.objects.filter(project=claim.project_id, canonical=None)
        return list(others.exclude(pk=claim.pk).order_by("-pk")[:NEWEST])
    claims = Claim.objects.in_bulk([one.claim_id for one in found])
    return [claims[one.claim_id] for one in found]


def stated(claim: Claim, statement: str) -> Claim | None:
    """The other claim of the project with exactly this statement, as it is read after merging."""
    known = Claim.objects.select_related("canonical").filter(
        project=claim.project_id, statement__iexact=line(statement)
    )
    found = known.first()
    found = found and (found.canonical or found)
    return found if found and found.pk != claim.pk else None


def picked(claim: Claim, chosen: str) -> Claim | None:
    """The other claim of the project with this id, as a form or an address sends it."""
    known = Claim.objects.filter(project=claim.project_id, canonical=None, pk=number_from(chosen))
    return known.exclude(pk=claim.pk).first()


def is_same(claim: Claim, chosen: str) -> bool:
    """Whether the id, as a form or an address sends it, is the claim's or is merged into it."""
    return family(claim).filter(pk=number_from(chosen)).exists()
