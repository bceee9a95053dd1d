"""What readers may not see is told by no merge, search, redirect or place in a list either."""

import pytest
from django.test import Client

from annotations.models import Speaker
from annotations.services.merging import merge
from annotations.services.withdrawals import withdraw
from annotations.subjects import Subject
from reader.access import seat_in
from reader.services.indexing import index_all
from tests.annotations.affair import Affair, affair
from tests.annotations.claims import some_claims
from tests.factories import make_mark

pytestmark = pytest.mark.django_db

LIST = "/projects/tannery/speakers/"


@pytest.fixture
def world() -> Affair:
    """The clerk is named by a withdrawn passage only."""
    found = affair(visibility="public")
    withdraw(found.subject(found.unanswered), found.alice, "Names somebody.")
    return found


def seen(path: str) -> str:
    return Client().get(path).content.decode()


def named(name: str) -> Speaker:
    return Speaker.objects.get(name=name)


def test_a_hidden_name_that_was_merged_is_nowhere(world: Affair) -> None:
    hidden, shown = named("A clerk"), named("Ilse Marr")
    merge(hidden, shown)
    for path in (LIST, f"/speakers/{shown.pk}/"):
        assert "Ilse Marr" in seen(path) and "A clerk" not in seen(path)
    assert "Ilse Marr" not in seen(f"{LIST}?name=clerk")
    assert Client().get(f"/speakers/{hidden.pk}/").status_code == 404


def test_neither_ledger_nor_search_finds_it() -> None:
    world = some_claims(visibility="public")
    hidden = make_mark(
        world.project, world.first, "Ida Voss", "quote", world.bob, speakers=["Zed Orr"]
    )
    withdraw(Subject(seat_in(world.alice, world.project), world.first, hidden), world.alice, "No.")
    merge(named("Zed Orr"), named("Ida"))
    index_all()
    ledger, search = "/projects/works/ledger/?speaker=", "/search/?show=passages&q=speaker:"
    alleged = "works leaked oil into the river"
    member = Client()
    member.force_login(world.bob)
    for asked in (ledger, search):
        assert alleged not in seen(f"{asked}zed")
        assert alleged in seen(f"{asked}ida")
        assert alleged in member.get(f"{asked}zed").content.decode()
    make_mark(world.project, world.second, "Oil", "quote", world.bob, speakers=["Zed Orr"])
    for asked in (ledger, search):
        assert alleged in seen(f"{asked}zed")


def test_members_find_it_and_readers_once_something_public_says_it(world: Affair) -> None:
    hidden, shown = named("A clerk"), named("Ilse Marr")
    merge(hidden, shown)
    member = Client()
    member.force_login(world.bob)
    make_mark(world.project, world.later, "Nobody else spoke", "quote", speakers=["Odo Fenn"])

    def found(client: Client) -> list[bool]:
        return [
            "A clerk" in client.get(LIST).content.decode(),
            "A clerk" in client.get(f"/speakers/{shown.pk}/").content.decode(),
            "Ilse Marr" in client.get(f"{LIST}?name=clerk").content.decode(),
            client.get(f"/speakers/{hidden.pk}/").status_code == 302,
        ]

    assert found(member) == [True] * 4
    assert found(Client()) == [False] * 4
    make_mark(world.project, world.later, "spoke", "quote", speakers=["A clerk"])
    assert found(Client()) == [True] * 4


def test_a_merged_claim_of_which_nothing_is_public_has_no_address() -> None:
    world = some_claims(visibility="public")
    merge(world.spilled, world.leaked)
    assert Client().get(f"/claims/{world.spilled.pk}/").status_code == 302
    seat = seat_in(world.alice, world.project)
    withdraw(Subject(seat, world.again.article, world.again), world.alice, "Unfounded.")
    assert Client().get(f"/claims/{world.spilled.pk}/").status_code == 404
    member = Client()
    member.force_login(world.bob)
    assert member.get(f"/claims/{world.spilled.pk}/").status_code == 302


def test_a_place_behind_a_hidden_speaker_is_the_beginning(world: Affair) -> None:
    hidden = Speaker.objects.create(project=world.project, name="Pia Aaaa")
    source = Speaker.objects.create(
        project=world.project, name="a guard", type="unnamed", article=world.later
    )
    for asked in (f"?after={hidden.pk}", f"?after={named('A clerk').pk}"):
        assert "Ilse Marr" in seen(LIST + asked)
    assert "Ilse Marr" not in seen(f"{LIST}?after={named('Odo Fenn').pk}")
    shown = make_mark(world.project, world.article, "It rained", "quote", speakers=["Ida"])
    Speaker.objects.filter(name="Ida").update(
        name="a neighbour", type="unnamed", article=world.article
    )
    assert shown.attributions.exists()
    assert "a neighbour" in seen(f"{LIST}?show=unnamed&after={source.pk}")


def test_a_place_behind_a_hidden_passage_is_the_beginning(world: Affair) -> None:
    path = f"/speakers/{named('Ilse Marr').pk}/"
    withdraw(world.subject(world.denied), world.alice, "Names somebody.")
    for hidden in (world.denied, world.unanswered):
        assert "The fish were dead before" in seen(f"{path}?after={hidden.pk}")
    last = max((world.quoted, world.apart), key=lambda one: one.pk)
    assert "The fish were dead before" not in seen(f"{path}?after={last.pk}")
