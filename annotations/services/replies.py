"""Replies come in from the public, and curators decide what is published of them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Reply, ReplyKind, ReplyStatus
from annotations.services.marking import touch_project
from annotations.services.places import level
from annotations.subjects import Subject
from annotations.typed import line
from reader.models import User
from reader.services.errors import Refused


def send(subject: Subject, *, kind: str, name: str, contact: str, text: str) -> Reply:
    """Put a reply or an error report into the queue of the project's curators.

    Raises:
        Refused: the name or the text is empty.
    """
    name, text = line(name), level(text).strip()
    if not name:
        raise Refused(_("Say who you are: replies are signed."), "name")
    if not text:
        raise Refused(_("Write what you want to say."), "text")
    return Reply.objects.create(
        project=subject.project,
        kind=kind,
        name=name,
        contact=contact.strip(),
        text=text,
        **subject.narrowest(),
    )


@transaction.atomic
def decide(reply_id: int, status: str, by: User) -> Reply:
    """Publish a reply, keep it unpublished, or put it back into the queue.

    Raises:
        Refused: there is no such decision, or an error report would be published.
    """
    reply = Reply.objects.select_for_update().select_related("project").get(pk=reply_id)
    if status not in ReplyStatus.values:
        raise Refused(_("Choose whether to publish it."), "decision")
    if status == ReplyStatus.ACCEPTED and reply.kind == ReplyKind.ERROR:
        raise Refused(_("An error report is for curators only; it is not published."), "decision")
    waits = status == ReplyStatus.WAITING
    reply.status = status
    reply.decided_by = None if waits else by
    reply.decided_at = None if waits else timezone.now()
    reply.save(update_fields=["status", "decided_by", "decided_at"])
    touch_project(reply.project)
    return reply
