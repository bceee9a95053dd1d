"""What people judge of claims that look alike. No judgement merges anything."""

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Claim, ClaimPair, Verdict
from reader.models import User
from reader.services.errors import Refused


@transaction.atomic
def judge(one: Claim, other: Claim, verdict: Verdict | None, by: User) -> None:
    """Keep what somebody judged of two claims; None takes the judgement back.

    Raises:
        Refused: they are one claim, or of different projects.
    """
    if one.project_id != other.project_id:
        raise Refused(_("Choose a claim of the same project."), "")
    if (one.canonical_id or one.pk) == (other.canonical_id or other.pk):
        raise Refused(_("These are one claim already."), "")
    first, second = sorted([one, other], key=lambda claim: claim.pk)
    if verdict is None:
        ClaimPair.objects.filter(first=first, second=second).delete()
    else:
        ClaimPair.objects.update_or_create(
            first=first, second=second, defaults={"verdict": verdict, "decided_by": by}
        )
