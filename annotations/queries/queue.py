"""What a project's curators have to decide, and what they have decided."""

from django.db.models import Q

from annotations.models import Reply, ReplyStatus, Withdrawal
from annotations.subjects import Subject
from reader.models import Project

# Decided replies stay on the page to be looked up and taken back, but not for ever.
DECIDED_SHOWN = 100


def queued(project: Project) -> list[Reply]:
    """Every reply that waits, oldest first, and the latest decided ones, latest first."""
    replies = Reply.objects.filter(project=project).select_related(
        "annotation__article", "project_article__article", "decided_by"
    )
    waiting = replies.filter(status=ReplyStatus.WAITING).order_by("created_at", "pk")
    decided = replies.exclude(status=ReplyStatus.WAITING).order_by("-decided_at", "-pk")
    return [*waiting, *decided[:DECIDED_SHOWN]]


def waiting_count(project: Project) -> int:
    """How many replies wait for a decision."""
    return Reply.objects.filter(project=project, status=ReplyStatus.WAITING).count()


def live_withdrawals(project: Project) -> list[Withdrawal]:
    """What is withdrawn from public view now, latest first."""
    found = Withdrawal.objects.filter(project=project, lifted_at=None).select_related(
        "annotation__article", "project_article__article", "revision__article", "by"
    )
    return list(found.defer("revision__text", "revision__markup", "revision__raw"))


def live_withdrawals_of(subject: Subject) -> list[Withdrawal]:
    """Those in force of this annotation, or of this article's page and texts."""
    if subject.annotation:
        of = Q(annotation=subject.annotation)
    else:
        of = Q(project_article__article=subject.article) | Q(revision__article=subject.article)
    found = Withdrawal.objects.filter(of, project=subject.project, lifted_at=None)
    return list(found.select_related("by"))
