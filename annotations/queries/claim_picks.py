"""Claims to choose from, by what somebody types of their statement."""

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Q
from django.db.models.functions import Greatest

from annotations.models import Claim

MOST = 10


def picks(claim: Claim, typed: str) -> list[Claim]:
    """Other claims of the same project that are not merged, the likest first.

    Args:
        typed: a statement, or some words of one; where it is empty, those like `claim` itself.
    """
    words = " ".join(typed.split()) or claim.statement
    like = Q(statement__trigram_similar=words) | Q(statement__trigram_word_similar=words)
    return list(
        Claim.objects.filter(like, project=claim.project_id, canonical=None)
        .exclude(pk=claim.pk)
        .annotate(
            likeness=Greatest(
                TrigramSimilarity("statement", words), TrigramWordSimilarity(words, "statement")
            )
        )
        .order_by("-likeness", "pk")[:MOST]
    )


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
