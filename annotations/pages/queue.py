"""Replies: the page where one is written, and the curators' queue."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from annotations.models import Annotation, Kind, Reply, ReplyKind, ReplyStatus, Withdrawal
from annotations.pages.cards import Card, card
from annotations.pages.groups import Summary, grouped
from annotations.pages.summary import entry
from annotations.paths import InProject, Ways
from annotations.queries.answers import accusations
from annotations.queries.passages import in_public, passages
from annotations.queries.queue import live_withdrawals, queued
from annotations.queries.replies import Notice, notice_on
from annotations.subjects import Subject
from reader.access import Seat
from reader.models import Project


@dataclass(frozen=True, slots=True)
class ReplyPage:
    """What is replied to: a passage (an allegation with what is said to it), an article or a
    project; and the way `back`."""

    subject: Subject
    project: Project
    card: Card | None
    summary: Summary | None
    notice: Notice | None
    back: str


def reply_page(subject: Subject, ways: Ways) -> ReplyPage:
    """The top of the page on which a reply is written; never more than the public may see."""
    shown, summary, notice = None, None, None
    if subject.annotation:
        found = passages(in_public(Annotation.objects.filter(pk=subject.annotation.pk)))
        for passage in found:
            shown = card(passage, 1, member=False, may_edit=False)
            for accusation in accusations(subject.project, [passage], public=True):
                summary = grouped([entry(ways, accusation, {})])
        notice = None if found else notice_on(subject.annotation)
    return ReplyPage(
        subject=subject,
        project=subject.project,
        card=shown,
        summary=summary,
        notice=notice,
        back=subject.path(ways),
    )


@dataclass(frozen=True, slots=True)
class Queued:
    """One reply with what it is about and who decided what. `about_path` is empty where the whole
    project is meant."""

    id: int
    is_error: bool
    name: str
    contact: str
    text: str
    at: datetime
    about: str
    about_path: str
    status: str
    decided_by: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Gone:
    """Something that is withdrawn from public view now."""

    id: int
    what: str
    reason: str
    at: datetime
    by: str
    path: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    seat: Seat
    project: Project
    waiting: list[Queued]
    decided: list[Queued]
    withdrawn: list[Gone]


def queue_page(seat: Seat) -> QueuePage:
    """What waits for the project's curators, what they decided lately, and what is withdrawn:
    three queries."""
    ways = InProject(seat.project)
    rows = [_queued(ways, row) for row in queued(seat.project)]
    return QueuePage(
        seat=seat,
        project=seat.project,
        waiting=[row for row in rows if row.status == ReplyStatus.WAITING],
        decided=[row for row in rows if row.status != ReplyStatus.WAITING],
        withdrawn=[_gone(ways, row) for row in live_withdrawals(seat.project)],
    )


def _queued(ways: InProject, row: Reply) -> Queued:
    about, path = _("The project"), ""
    if row.annotation:
        about = _passage_in(row.annotation)
        path = ways.to_passage(row.annotation.article_id, row.annotation.pk)
    elif row.project_article:
        about = f"“{row.project_article.article.title}”"
        path = ways.to_article(row.project_article.article_id)
    return Queued(
        id=row.pk,
        is_error=row.kind == ReplyKind.ERROR,
        name=row.name,
        contact=row.contact,
        text=row.text,
        at=row.created_at,
        about=about,
        about_path=path,
        status=row.status,
        decided_by=str(row.decided_by or _("former member")),
        decided_at=row.decided_at,
    )


def _gone(ways: InProject, row: Withdrawal) -> Gone:
    if row.annotation:
        article = row.annotation.article
        what = _passage_in(row.annotation)
        path = ways.to_passage(article.pk, row.annotation.pk)
    elif row.revision:
        article = row.revision.article
        what = _("Revision %(number)s of “%(title)s”") % {
            "number": row.revision.number,
            "title": article.title,
        }
        path = ways.to_article(article.pk)
    elif row.project_article:
        article = row.project_article.article
        what = _("The page of “%(title)s”") % {"title": article.title}
        path = ways.to_article(article.pk)
    else:
        raise ValueError(f"withdrawal {row.pk} is of nothing")
    return Gone(row.pk, what, row.reason, row.at, str(row.by or _("former member")), path)


def _passage_in(annotation: Annotation) -> str:
    return _("%(kind)s in “%(title)s”") % {
        "kind": Kind(annotation.kind).label,
        "title": annotation.article.title,
    }
