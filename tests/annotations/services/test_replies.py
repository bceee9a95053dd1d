"""Replies: from the public into the queue, and from there onto the page."""

import pytest
from django.db import IntegrityError, transaction

from annotations.models import Reply, ReplyStatus
from annotations.queries.queue import queued, waiting_count
from annotations.queries.replies import project_replies, published_replies
from annotations.services.replies import decide, send
from reader.models import Project
from reader.services.errors import Refused
from tests.annotations.affair import Affair, affair

pytestmark = pytest.mark.django_db


def reply_to(world: Affair, of: object, **fields: str) -> Reply:
    typed = {
        "kind": "reply",
        "name": "Odo Fenn",
        "contact": "odo@example.org",
        "text": "We did not.",
    }
    return send(world.subject(of), **typed | fields)


def version(world: Affair) -> int:
    return Project.objects.get(pk=world.project.pk).version


def test_a_reply_waits_and_is_not_public() -> None:
    world = affair()
    reply = reply_to(world, world.alleged)
    assert (reply.annotation, reply.project_article) == (world.alleged, None)
    assert waiting_count(world.project) == 1
    assert published_replies(world.project, [world.alleged.pk]) == {}


def test_a_published_reply_stands_signed_and_dated_until_it_is_taken_back() -> None:
    world = affair()
    reply, before = reply_to(world, world.alleged, text="We did\r\nnot."), version(world)
    decided = decide(reply.pk, ReplyStatus.ACCEPTED, world.alice)
    (said,) = published_replies(world.project, [world.alleged.pk])[world.alleged.pk]
    assert (said.name, said.text, said.on) == ("Odo Fenn", "We did\nnot.", reply.created_at.date())
    assert (decided.decided_by, waiting_count(world.project)) == (world.alice, 0)
    assert version(world) == before + 1

    taken_back = decide(reply.pk, ReplyStatus.WAITING, world.alice)
    assert published_replies(world.project, [world.alleged.pk]) == {}
    assert (taken_back.decided_by, taken_back.decided_at) == (None, None)
    assert version(world) == before + 2


def test_a_declined_reply_stays_unpublished() -> None:
    world = affair()
    reply = reply_to(world, world.article)
    decide(reply.pk, ReplyStatus.DECLINED, world.alice)
    assert published_replies(world.project, [], world.article.pk) == {}
    assert waiting_count(world.project) == 0


def test_replies_to_an_article_and_to_a_project_stand_there() -> None:
    world = affair()
    for of in (world.article, world.project):
        decide(reply_to(world, of).pk, ReplyStatus.ACCEPTED, world.alice)
    assert len(published_replies(world.project, [], world.article.pk)[world.article.pk]) == 1
    assert published_replies(world.project, [], world.later.pk) == {}
    assert len(project_replies(world.project)) == 1


def test_an_error_report_is_never_published() -> None:
    world = affair()
    report = reply_to(world, world.alleged, kind="error")
    with pytest.raises(Refused):
        decide(report.pk, ReplyStatus.ACCEPTED, world.alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.filter(pk=report.pk).update(status=ReplyStatus.ACCEPTED)
    decide(report.pk, ReplyStatus.DECLINED, world.alice)
    assert waiting_count(world.project) == 0


@pytest.mark.parametrize(("field", "value"), [("name", " \t"), ("text", "\r\n ")])
def test_a_reply_is_signed_and_says_something(field: str, value: str) -> None:
    world = affair()
    with pytest.raises(Refused) as refused:
        reply_to(world, world.alleged, **{field: value})
    assert refused.value.field == field
    assert not Reply.objects.exists()


def test_nothing_else_can_be_decided() -> None:
    world = affair()
    with pytest.raises(Refused):
        decide(reply_to(world, world.alleged).pk, "burned", world.alice)


def test_the_queue_has_the_oldest_waiting_first_then_the_latest_decided() -> None:
    world = affair()
    first, second, third, fourth = (reply_to(world, world.alleged) for _ in range(4))
    for decided in (first, second):
        decide(decided.pk, ReplyStatus.DECLINED, world.alice)
    assert queued(world.project) == [third, fourth, second, first]
