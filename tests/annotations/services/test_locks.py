"""Transactions that take passages and their project take them in the same order."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import monotonic, sleep

import pytest
from django.db import connection, connections, transaction

from annotations.models import Claim, ClaimLink
from annotations.services.claim_edits import restate
from annotations.services.claim_splits import split
from annotations.services.claims import LinkTo
from annotations.services.editing import edit
from annotations.services.marking import locked, touch
from annotations.services.reply_sought import set_reply_sought
from annotations.services.withdrawals import withdraw
from reader.services.articles import details_of, edit_details
from reader.services.projects import change_settings, lock, settings_of, stamp
from tests.annotations.affair import affair
from tests.annotations.claims import some_claims
from tests.factories import fields_of, make_mark

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 10
"""Seconds until a lock that nobody waits for is given up."""


def wait_until_somebody_waits_for_me() -> None:
    end = monotonic() + PATIENCE
    while monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted"
                " AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
            )
            if cursor.fetchone()[0]:
                return
        sleep(0.01)
    raise AssertionError("nobody waits")


def alone(what: Callable[[], object]) -> None:
    """Do it in a thread that leaves no connection behind."""
    try:
        what()
    finally:
        connections.close_all()


def test_a_claim_is_split_while_one_of_its_denials_is_edited():
    world = some_claims()

    def split_off() -> None:
        split(world.leaked, [world.denied.pk], "That something leaked", world.bob)

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            denied = locked(world.denied.pk)
            splitting = pool.submit(alone, split_off)
            wait_until_somebody_waits_for_me()
            touch(denied)  # takes the project
        splitting.result()
    (link,) = ClaimLink.objects.filter(annotation=denied)
    assert link.claim.statement == "That something leaked"


def test_a_claim_is_worded_while_somebody_says_how_it_stands_with_a_reply():
    world = some_claims()

    def decline() -> None:
        set_reply_sought(world.leaked, "declined", None, 0, world.bob)

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            lock(world.project.pk)
            declining = pool.submit(alone, decline)
            wait_until_somebody_waits_for_me()
            restate(world.leaked, "That something leaked", world.leaked.version)
        declining.result()
    assert world.leaked.reply_sought.status == "declined"


def test_a_denial_answers_an_allegation_that_gets_its_claim_meanwhile():
    world = affair()
    fields = fields_of(
        world.apart, speakers=["Ilse Marr"], links=[LinkTo(allegation=world.unanswered.pk)]
    )

    def answer() -> None:
        edit(world.apart.pk, world.apart.version, fields, world.bob)

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            alleged = locked(world.unanswered.pk)
            answering = pool.submit(alone, answer)
            wait_until_somebody_waits_for_me()
            burned = Claim.objects.create(project=world.project, statement="That it burned")
            ClaimLink.objects.create(annotation=alleged, claim=burned)
            touch(alleged)
        answering.result()
    linked = ClaimLink.objects.filter(annotation__in=[world.apart.pk, world.unanswered.pk])
    assert [link.claim for link in linked] == [burned, burned]


@pytest.mark.parametrize("what", ["withdraw", "settings", "details"])
def test_who_changes_a_project_or_article_does_not_wait_for_marks_in_it(what: str):
    """Whoever marks goes on to note it in the project: waiting for each other would be for ever."""
    world = affair()
    settings = replace(settings_of(world.project), description="Fish.")
    details = replace(details_of(world.article), title="Dye")
    change: Callable[[], object] = {
        "withdraw": lambda: withdraw(world.subject(world.alleged), world.alice, "A mistake."),
        "settings": lambda: change_settings(world.project, settings, stamp(world.project)),
        "details": lambda: edit_details(world.article, details, world.article.version, world.alice),
    }[what]
    with ThreadPoolExecutor() as pool, transaction.atomic():
        make_mark(world.project, world.article, "the river", by=world.bob)
        assert pool.submit(alone, change).result(PATIENCE) is None
