"""Withdrawals: what is taken from public view, and what that leaves."""

import pytest

from annotations.models import Withdrawal
from annotations.queries.replies import notice_on, withdrawn
from annotations.services.withdrawals import lift, withdraw
from reader.models import Project
from reader.services.errors import Refused
from tests.annotations.affair import Affair, affair

pytestmark = pytest.mark.django_db


def version(world: Affair) -> int:
    return Project.objects.get(pk=world.project.pk).version


def test_a_withdrawn_passage_leaves_a_notice_until_that_is_lifted() -> None:
    world = affair()
    before = version(world)
    made = withdraw(world.subject(world.alleged), world.alice, " Not what\nhe said. ")
    (notice,) = withdrawn(world.project, world.article.pk).passages
    assert (notice.what, notice.reason) == ("A passage", "Not what he said.")
    assert (notice.on, notice.annotation_id) == (made.at.date(), world.alleged.pk)
    assert withdrawn(world.project, world.article.pk).page is None
    assert version(world) == before + 1

    lift(made)
    lift(made)
    assert withdrawn(world.project, world.article.pk).passages == ()
    assert version(world) == before + 2


@pytest.mark.parametrize(("text_only", "what"), [(False, "This page"), (True, "This text")])
def test_a_withdrawn_page_or_text_leaves_a_notice(text_only: bool, what: str) -> None:
    world = affair()
    withdraw(world.subject(world.article), world.alice, "A court said so.", text_only=text_only)
    notice = withdrawn(world.project, world.article.pk).page
    assert notice and (notice.what, notice.reason) == (what, "A court said so.")
    assert withdrawn(world.project, world.later.pk).page is None
    of_passage = notice_on(world.alleged)
    assert of_passage and of_passage.what == what
    assert notice_on(world.denied) is None


def test_a_reason_is_needed() -> None:
    world = affair()
    with pytest.raises(Refused) as refused:
        withdraw(world.subject(world.alleged), world.alice, " \n")
    assert refused.value.field == "reason"
    assert not Withdrawal.objects.exists()


def test_what_is_withdrawn_is_not_withdrawn_twice() -> None:
    world = affair()
    withdraw(world.subject(world.alleged), world.alice, "Wrong.")
    with pytest.raises(Refused):
        withdraw(world.subject(world.alleged), world.alice, "Wrong.")
    withdraw(world.subject(world.article), world.alice, "Wrong as well.")


def test_a_project_is_not_withdrawn() -> None:
    world = affair()
    with pytest.raises(ValueError, match="private"):
        withdraw(world.subject(world.project), world.alice, "No.")
