"""Pages of a ledger that many ask for are kept, until anything changes."""

from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.services.marking import delete
from reader import dates
from reader.models import Membership, Role, Visibility
from reader.services.preferences import Preferences, change_preferences
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
@pytest.mark.parametrize("chosen", ["without=on", "sought=declined", "after=1", "order=articles"])
def test_what_is_chosen_is_a_kept_page_of_its_own(chosen: str) -> None:
    first = Client().get(LEDGER)
    page = Client().get(f"{LEDGER}?{chosen}", headers={"If-None-Match": first["ETag"]})
    assert page.status_code == 200
    again = Client().get(f"{LEDGER}?{chosen}", headers={"If-None-Match": page["ETag"]})
    assert again.status_code == 304


@pytest.mark.usefixtures("world")
def test_what_is_typed_is_not_kept() -> None:
    for typed in ("text=burned", "speaker=Marr", "since=2021-01-01", "since=soon"):
        assert "ETag" not in Client().get(f"{LEDGER}?{typed}")


@pytest.mark.usefixtures("world")
def test_how_one_wrote_the_address_is_shown_to_nobody_else() -> None:
    Client().get(f"{LEDGER}?without=scrawl&text=+++&sought=&other=scrawl")
    page = Client().get(f"{LEDGER}?without=on").content.decode()
    assert "scrawl" not in page
    assert page.count(" checked") == 1
    assert "without=on" in page


def test_members_get_kept_pages_anew_after_a_change(world: Affair) -> None:
    bob = signed_in(world.bob)
    before = bob.get(f"{LEDGER}?without=on").content.decode()
    allege(world)
    after = bob.get(f"{LEDGER}?without=on").content.decode()
    assert NEW not in before
    assert NEW in after


def test_each_member_is_told_days_by_their_own_clock(world: Affair) -> None:
    delete(world.denied.pk, reason="Withdrawn by the yard")
    told = []
    # A day and an hour apart.
    Membership.objects.filter(user=world.bob).update(role=Role.OWNER)
    for person, zone in ((world.alice, "Pacific/Kiritimati"), (world.bob, "Pacific/Pago_Pago")):
        change_preferences(person, Preferences(time_zone=zone))
        told.append(signed_in(person).get(LEDGER).content.decode())
    for page, zone in zip(told, ("Pacific/Kiritimati", "Pacific/Pago_Pago"), strict=True):
        day = dates.show(timezone.localdate(timezone=ZoneInfo(zone)), "day")
        assert f"withdrawn on {day}" in " ".join(page.split())
