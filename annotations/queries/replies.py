"""Replies and withdrawals as public pages show them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from annotations.answers import Said
from annotations.models import AnchorMaker, Annotation, Reply, ReplyStatus, Withdrawal
from reader.models import Project


def published_replies(
    project: Project, annotations: Iterable[UUID], article_id: UUID | None = None
) -> dict[UUID, list[Said]]:
    """The published replies to each of these annotations, and to an article's page under the
    article's id; oldest first."""
    wanted = Q(annotation__in=list(annotations))
    if article_id:
        wanted |= Q(project_article__article=article_id)
    found: dict[UUID, list[Said]] = defaultdict(list)
    for reply in Reply.objects.filter(wanted, project=project, status=ReplyStatus.ACCEPTED):
        key = reply.annotation_id or article_id
        if key:
            found[key].append(Said(reply.name, reply.text, reply.created_at.date()))
    return found


def replies_to(annotations: Iterable[UUID]) -> dict[UUID, list[Said]]:
    """The published replies to each of these annotations, of whichever projects; oldest first."""
    found: dict[UUID, list[Said]] = defaultdict(list)
    for reply in Reply.objects.filter(
        annotation__in=list(annotations), status=ReplyStatus.ACCEPTED
    ):
        if reply.annotation_id:
            found[reply.annotation_id].append(Said(reply.name, reply.text, reply.created_at.date()))
    return found


def project_replies(project: Project) -> list[Said]:
    """The published replies to a project as a whole, oldest first."""
    return [
        Said(reply.name, reply.text, reply.created_at.date())
        for reply in Reply.objects.filter(
            project=project, project_article=None, annotation=None, status=ReplyStatus.ACCEPTED
        )
    ]


@dataclass(frozen=True, slots=True)
class Notice:
    """That something was taken from public view, when and why."""

    what: str
    on: date
    reason: str
    annotation_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What of an article's public page is withdrawn: all of it, or some passages.

    `anything` is also true for what only hides annotations: an earlier text of the article.
    """

    page: Notice | None
    passages: tuple[Notice, ...]
    anything: bool


def notice_on(annotation: Annotation) -> Notice | None:
    """Why an annotation is not in public view: it, its page, or the text it was marked in is
    withdrawn. None where nothing is."""
    row = (
        Withdrawal.objects.filter(
            Q(annotation=annotation)
            | Q(project_article__article=annotation.article_id)
            | Q(
                revision__anchors__annotation=annotation,
                revision__anchors__made_by=AnchorMaker.PERSON,
            ),
            project=annotation.project_id,
            lifted_at=None,
        )
        .order_by("at")
        .first()
    )
    return _notice(row) if row else None


def withdrawn(project: Project, article_id: UUID) -> Withdrawn:
    """The live withdrawals on an article's page in a project: of the page, of the text that it
    shows now, and of passages."""
    page: Notice | None = None
    passages: list[Notice] = []
    rows = Withdrawal.objects.filter(
        Q(project_article__article=article_id)
        | Q(annotation__article=article_id)
        | Q(revision__article=article_id),
        project=project,
        lifted_at=None,
    ).annotate(shown_text=F("revision__article__current_revision"))
    for row in rows:
        if row.annotation_id:
            passages.append(_notice(row))
        elif row.revision_id is None or row.revision_id == row.shown_text:
            page = _notice(row)
    return Withdrawn(page, tuple(passages), anything=bool(rows))


def _notice(row: Withdrawal) -> Notice:
    if row.annotation_id:
        what = _("A passage")
    else:
        what = _("This text") if row.revision_id else _("This page")
    return Notice(what, row.at.date(), row.reason, row.annotation_id)
