"""Taking something from public view, and putting it back. Members go on seeing it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Withdrawal
from annotations.services.marking import touch_project
from annotations.subjects import Subject
from annotations.typed import line
from reader.models import User
from reader.services.errors import Refused
from reader.services.projects import lock


@transaction.atomic
def withdraw(subject: Subject, by: User, reason: str, *, text_only: bool = False) -> Withdrawal:
    """Take a passage, an article's page, or the text that the page shows now, from public view.

    Args:
        reason: shown to the public in its place.
        text_only: of an article, only its present revision; a later one is public again.

    Raises:
        Refused: no reason is given, or it is withdrawn already.
        ValueError: the subject is a whole project, which is made private instead.
    """
    if subject.article is None:
        raise ValueError("a project is made private, not withdrawn")
    reason = line(reason)
    if not reason:
        raise Refused(_("Give a reason: it stands in place of what you withdraw."), "reason")
    of = {"revision": subject.article.current_revision} if text_only else subject.narrowest()
    project = lock(subject.project.pk)  # the same thing is not withdrawn twice
    if Withdrawal.objects.filter(project=project, lifted_at=None, **of).exists():
        raise Refused(_("It is withdrawn already."))
    made = Withdrawal.objects.create(project=project, reason=reason, by=by, **of)
    touch_project(project)
    return made


@transaction.atomic
def lift(withdrawal: Withdrawal) -> None:
    """Show it to the public again; lifting it again changes nothing."""
    live = Withdrawal.objects.filter(pk=withdrawal.pk, lifted_at=None)
    if live.update(lifted_at=timezone.now()):
        touch_project(withdrawal.project)
