"""Invitations: links that let one person join one project."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.models import Invitation, Membership, Project, Role, User
from reader.services.errors import Refused
from reader.services.people import create_person
from reader.services.projects import touch

DEFAULT_DAYS = 14
LONGEST_DAYS = 90


def invite(
    project: Project, by: User, role: str, days: int = DEFAULT_DAYS, note: str = ""
) -> tuple[Invitation, str]:
    """A new invitation, and its token: the one moment at which the token is known.

    Args:
        days: how long it can be used, 1 to `LONGEST_DAYS`.
        note: whom it is meant for; only owners of the project see it.

    Raises:
        Refused: there is no such role, or the time is too long.
    """
    if role not in Role.values:
        raise Refused(_("Choose viewer, annotator, curator or owner."), "role")
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(
            _("Choose between 1 and %(most)s days.") % {"most": LONGEST_DAYS},
            "days",
        )
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        token_hash=hash_of(token),
        project=project,
        role=role,
        note=note.strip(),
        created_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return invitation, token


def find(token: str) -> Invitation | None:
    """The invitation behind a link, used and expired ones included."""
    return (
        Invitation.objects.select_related("project", "created_by")
        .filter(token_hash=hash_of(token))
        .first()
    )


def why_closed(invitation: Invitation) -> str:
    """Why an invitation cannot be used any more, in words; empty while it can."""
    if invitation.used_at:
        return _("This invitation has been used already.")
    if invitation.expires_at <= timezone.now():
        return _("This invitation has expired.")
    return ""


@transaction.atomic
def accept(invitation: Invitation, person: User) -> Membership:
    """Join the project.

    Raises:
        Refused: the invitation is used, expired or revoked, or the person is a member already
            (then it stays open for whom it was meant).
    """
    current = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("project")
        .filter(pk=invitation.pk)
        .first()
    )
    if current is None:
        raise Refused(_("This invitation has been revoked."))
    closed = why_closed(current)
    if closed:
        raise Refused(closed)
    membership, is_new = Membership.objects.get_or_create(
        project=current.project, user=person, defaults={"role": current.role}
    )
    if not is_new:
        raise Refused(_("You are a member of this project already."))
    current.used_at, current.used_by = timezone.now(), person
    current.save(update_fields=["used_at", "used_by"])
    touch(current.project)
    return membership


@transaction.atomic
def sign_up(invitation: Invitation, email: str, name: str, password: str) -> User:
    """Make an account and join the project, both or neither.

    Raises:
        Refused: as in `create_person` and `accept`.
    """
    person = create_person(email, name, password)
    accept(invitation, person)
    return person


@transaction.atomic
def revoke(project: Project, invitation_id: int) -> bool:
    """Make an open invitation's link unknown. Returns whether there was one."""
    opened = Invitation.objects.filter(pk=invitation_id, project=project, used_at__isnull=True)
    return opened.delete()[0] > 0


def hash_of(token: str) -> str:
    """What is stored of a token. It is random and long, so a plain hash keeps it secret."""
    return hashlib.sha256(token.encode()).hexdigest()
