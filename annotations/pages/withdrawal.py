"""The page where a curator withdraws something, or lifts that."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.models import Annotation, Withdrawal
from annotations.pages.cards import Card, card
from annotations.paths import InProject
from annotations.queries.passages import passages
from annotations.queries.queue import live_withdrawals_of
from annotations.subjects import Subject
from reader.models import Project


@dataclass(frozen=True, slots=True)
class WithdrawalPage:
    """What it is about, with the withdrawals of it that are in force."""

    subject: Subject
    project: Project
    card: Card | None
    live: Sequence[Withdrawal]
    back: str


def withdrawal_page(subject: Subject) -> WithdrawalPage:
    """The page of an article or an annotation."""
    shown = None
    if subject.annotation:
        for passage in passages(Annotation.objects.filter(pk=subject.annotation.pk)):
            shown = card(passage, 1, member=True, may_edit=False)
    return WithdrawalPage(
        subject=subject,
        project=subject.project,
        card=shown,
        live=live_withdrawals_of(subject),
        back=subject.path(InProject(subject.project)),
    )
