"""Transactions that take passages and their project take them in the same order."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest
from django.db import connection, connections, transaction

from annotations.models import ClaimLink
from annotations.services.claim_splits import split
from annotations.services.marking import locked, touch
from tests.annotations.claims import some_claims

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


def test_a_claim_is_split_while_one_of_its_denials_is_edited():
    world = some_claims()

    def split_off() -> None:
        try:
            split(world.leaked, [world.denied.pk], "That something leaked", world.bob)
        finally:
            connections.close_all()

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            denied = locked(world.denied.pk)
            splitting = pool.submit(split_off)
            wait_until_somebody_waits_for_me()
            touch(denied)  # takes the project
        splitting.result()
    (link,) = ClaimLink.objects.filter(annotation=denied)
    assert link.claim.statement == "That something leaked"
