"""What a person says about asking the accused for a reply."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Claim, ReplySought, Sought
from reader.models import User
from reader.services.errors import Conflict, Refused
from reader.services.projects import lock, touch as touch_project

EARLIEST = date(1900, 1, 1)
"""Nobody can have asked earlier for a reply that is waited for here: it is a slip of the keys."""


def reply_sought(claim: Claim) -> ReplySought:
    """How it stands; at version 0 where nobody has said anything of this claim yet. Then it stands
    as was said last of those that were merged into it."""
    own = ReplySought.objects.filter(claim=claim).first()
    if own:
        return own
    merged = ReplySought.objects.filter(claim__canonical=claim).order_by("-updated_at", "-pk")
    latest = merged.first() or ReplySought()
    return ReplySought(claim=claim, status=latest.status, on=latest.on, version=0)


@transaction.atomic
def set_reply_sought(
    claim: Claim, status: str, on: date | None, version: int, by: User
) -> ReplySought:
    """Save how it stands with a reply; nothing is written where nothing changed.

    Args:
        on: the day of it; a reply that was sought has one.
        version: the one that the person saw; 0 where there was none.

    Raises:
        Refused: there is no such status, the day is missing, yet to come or long past.
        Conflict: somebody else was faster.
    """
    if status not in Sought.values:
        raise Refused(_("Choose how it stands with a reply."), "status")
    if status == Sought.NOT_SOUGHT:
        on = None
    elif status == Sought.SOUGHT and on is None:
        raise Refused(_("Say on which day a reply was sought."), "on")
    elif on and on > timezone.localdate():
        raise Refused(_("This day is yet to come."), "on")
    elif on and on < EARLIEST:
        raise Refused(_("This day is too long ago: is the year right?"), "on")
    project = lock(claim.project_id)  # there may be no row of its own yet
    current = reply_sought(claim)
    if current.version != version:
        raise Conflict(current)
    if (current.status, current.on) != (status, on):
        current.status, current.on, current.by = Sought(status), on, by
        current.version += 1
        current.save()
        touch_project(project)
    return current
