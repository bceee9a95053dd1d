"""Merging claims, which are not tied as broader and narrower."""

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Claim
from annotations.queries.claim_kin import above
from annotations.services.merging import merge
from reader.services.errors import Refused
from reader.services.projects import lock


@transaction.atomic
def merge_claims(one: Claim, into: Claim) -> Claim:
    """Read `one` as `into`; `annotations.services.merging.unmerge` takes it back.

    Raises:
        Refused: as `merge` does, or one of them is a part of the other.
    """
    lock(one.project_id)
    into = Claim.objects.select_related("canonical").get(pk=into.pk)
    root = into.canonical or into
    if root.pk in above(one) or one.pk in above(root):
        raise Refused(
            _("One of them is a part of the other. If they say the same, remove that first."),
            "into",
        )
    return merge(one, into)
