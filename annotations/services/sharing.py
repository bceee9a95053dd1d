"""Shares come to be, and end."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Share
from annotations.services.placing import put_in
from annotations.subjects import Subject
from reader.models import User
from reader.services.errors import Refused


@transaction.atomic
def share(subject: Subject, maker: User, expires_at: datetime | None = None) -> Share:
    """A new link. An article that is shared from a project belongs to it.

    Args:
        expires_at: when it stops working; None for never.

    Raises:
        Refused: that moment has passed, or the annotation is deleted.
    """
    if expires_at is not None and expires_at <= timezone.now():
        raise Refused(_("Choose a day to come."), "until")
    if subject.annotation and subject.annotation.deleted_at:
        raise Refused(_("This annotation is deleted. Bring it back first."))
    if subject.article:
        put_in(subject.project, subject.article, maker)
    named = subject.narrowest() or {"project": subject.project}
    return Share.objects.create(created_by=maker, expires_at=expires_at, **named)


def revoke(share: Share) -> None:
    """End a link at once; ending it again changes nothing."""
    Share.objects.filter(pk=share.pk, revoked_at=None).update(revoked_at=timezone.now())
