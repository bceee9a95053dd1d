"""What is said to somebody who links a denial to what its own speaker alleges."""

from django.utils.translation import gettext as _

from annotations.models import Annotation, Claim, Kind
from annotations.queries.claims import linked


def counts_not(annotation: Annotation) -> str:
    """A sentence if, as saved, it is a denial that answers none of its claims, or not all: it is
    easily linked before one says who speaks. Else nothing; two queries for each of its claims."""
    if annotation.kind != Kind.DENIAL:
        return ""
    claims = Claim.objects.filter(links__annotation=annotation).select_related("canonical")
    for claim in {one.canonical or one for one in claims}:
        passages = linked(claim, public=False)
        if any(one.id == annotation.pk and not one.answers for one in passages):
            return _("It counts as no answer to “%(claim)s”: who speaks here alleges that.") % {
                "claim": claim.statement
            }
    return ""
