"""The beginning of a ledger is kept for readers without an account, until anything changes."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.models import Visibility
from tests.annotations.affair import Affair, affair
from tests.clients import signed_in
from tests.factories import make_mark

pytestmark = pytest.mark.django_db

LEDGER = "/projects/tannery/ledger/"
NEW = "That Ilse Marr burned the town’s ledger"


@pytest.fixture
def world() -> Affair:
    return affair(visibility=Visibility.PUBLIC)


def allege(world: Affair) -> None:
    make_mark(
        world.project,
        world.article,
        "the mayor had burned the ledger",
        "allegation",
        world.bob,
        speakers=["A clerk"],
        claims=[NEW],
    )


@pytest.mark.usefixtures("world")
def test_a_browser_that_has_it_gets_nothing_and_everyone_else_the_same() -> None:
    first = Client().get(LEDGER)
    with CaptureQueriesContext(connection) as asked:
        again = Client().get(LEDGER, headers={"If-None-Match": first["ETag"]})
        other = Client().get(LEDGER, headers={"Accept-Encoding": "gzip"})
    assert (again.status_code, again.content) == (304, b"")
    assert other["Content-Encoding"] == "gzip"
    assert len(asked) == 2
    assert Client().get(LEDGER).content == first.content


def test_what_is_new_is_there_at_once(world: Affair) -> None:
    first = Client().get(LEDGER)
    assert NEW not in first.content.decode()
    allege(world)
    after = Client().get(LEDGER, headers={"If-None-Match": first["ETag"]})
    assert after.status_code == 200
    assert NEW in after.content.decode()


@pytest.mark.usefixtures("world")
def test_another_order_is_another_page() -> None:
    first = Client().get(LEDGER)
    other = Client().get(f"{LEDGER}?order=statement", headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200


def test_members_get_a_page_of_their_own(world: Affair) -> None:
    kept = Client().get(LEDGER)
    page = signed_in(world.bob).get(LEDGER, headers={"If-None-Match": kept["ETag"]})
    assert page.status_code == 200
    assert "ETag" not in page
    assert "not yet linked" in page.content.decode()


@pytest.mark.usefixtures("world")
def test_what_is_looked_for_is_not_kept() -> None:
    assert "ETag" not in Client().get(f"{LEDGER}?text=burned")
    assert "ETag" not in Client().get(f"{LEDGER}?after=1")
