"""Speakers' pages: who sees what, and what counts as whose."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Speaker
from annotations.services.merging import merge
from annotations.services.withdrawals import withdraw
from reader.models import Project, Role, Visibility
from tests.annotations.affair import ALLEGED, APART, DENIED, QUOTED, Affair, affair
from tests.annotations.speaker_pages import LIST, named, path, rows, shown
from tests.clients import signed_in
from tests.factories import make_article, make_mark, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Affair:
    return affair(visibility=Visibility.PUBLIC)


@pytest.fixture
def viewer(world: Affair):
    user = make_user("vera@example.org")
    make_member(world.project, user, Role.VIEWER)
    return user


def test_the_list_counts_what_is_theirs(world: Affair) -> None:
    assert rows(shown(LIST)) == {
        "A clerk": [0, 1, 0, 0],
        "Ilse Marr": [1, 0, 1, 1],
        "Odo Fenn": [0, 0, 1, 0],
        "Reed Society": [0, 1, 0, 0],
        "The tannery": [0, 0, 0, 1],
    }


def test_the_list_finds_names_aliases_and_merged_names(world: Affair) -> None:
    Speaker.objects.filter(name="Odo Fenn").update(aliases=["the owner"])
    merge(named("A clerk"), named("Ilse Marr"))
    for asked, found in (
        ("fenn", "Odo Fenn"),
        ("OWNER", "Odo Fenn"),
        ("clerk", "Ilse Marr"),
        ("%", None),
    ):
        assert list(rows(shown(f"{LIST}?name={asked}"))) == ([found] if found else [])


def test_the_list_goes_on(world: Affair, monkeypatch) -> None:
    monkeypatch.setattr(
        "annotations.queries.speakers.named_speakers.__kwdefaults__",
        {"name": "", "after": 0, "limit": 2},
    )
    names, address = [], LIST
    while address:
        page = shown(address)
        names += rows(page)
        following = re.search(r'rel="next" href="(\?[^"]*)"', page)
        address = f"{LIST}{following[1]}" if following else ""
    assert names == ["A clerk", "Ilse Marr", "Odo Fenn", "Reed Society", "The tannery"]


def test_what_nobody_is_named_for_is_counted_as_such(world: Affair) -> None:
    make_mark(world.project, world.article, "It rained all week", "quote", world.bob)
    make_mark(world.project, world.article, "all week", "allegation", world.bob, flags=["mention"])
    make_mark(world.project, world.article, "It rained", "quote", world.bob, relayed_by=["Ida"])
    page = shown(LIST)
    assert "<strong>Unattributed</strong>: 1 quote " in page
    assert "besides: 1 passed on" in page


def test_unnamed_sources_stand_apart_each_under_its_article(world: Affair) -> None:
    for article, words in ((world.article, "burned"), (world.later, "spoke")):
        make_mark(
            world.project, article, words, "quote", world.bob, speakers=["a guard"], unnamed=True
        )
    assert "a guard" not in shown(LIST)
    page = shown(f"{LIST}?show=unnamed")
    assert page.index("The yard answers") < page.index("Dye in the river")
    assert re.findall(r"<td[^>]*>(\d)</td>", page) == ["1", "0", "0", "0"] * 2
    one = Speaker.objects.get(name="a guard", article=world.article)
    own = shown(path(one))
    assert (
        "Unnamed source in <cite" in own
        and "Dye in the river" in own
        and "The yard answers" not in own
    )


def test_the_page_has_everything_with_its_answers(world: Affair) -> None:
    ilse = shown(path("Ilse Marr"))
    assert QUOTED in ilse and APART in ilse
    assert "burned the ledger" in ilse and "o denial recorded in this project" in ilse
    assert ALLEGED not in ilse
    accuser, accused = shown(path("Reed Society")), shown(path("The tannery"))
    for page in (accuser, accused):
        assert ALLEGED in page and DENIED in page and "The Reed" in page
    assert "published on 8 May 2024" in accused
    assert 'Alleged against them <span class="soft">1</span>' in accused


def test_what_is_passed_on_stands_apart(world: Affair) -> None:
    make_mark(
        world.project,
        world.article,
        "The tannery poured dye",
        "allegation",
        world.bob,
        relayed_by=["Reed Society"],
        targets=["The tannery"],
    )
    page = shown(path("Reed Society"))
    main, apart = page.split("Passed on, not asserted</h2>")
    assert "Passed on, not asserted." in apart and "Unattributed allegation" in apart
    assert 'Alleged <span class="soft">1</span>' in main
    only = shown(path("Reed Society", "?show=apart"))
    assert "Passed on, not asserted." in only and ALLEGED not in only


def test_a_wrong_address_shows_everything(world: Affair) -> None:
    assert QUOTED in shown(path("Ilse Marr", "?show=rumours&after=x"))


def test_previews_name_numbers_and_no_accusation(world: Affair) -> None:
    page = shown(path("The tannery"))
    (described,) = re.findall(r'<meta property="og:description" content="([^"]*)"', page)
    assert "alleged against them 1" in described and "not a finding" in described
    assert "dye" not in described


def test_a_private_project_is_there_for_its_members_alone(world: Affair, viewer) -> None:
    Project.objects.update(visibility=Visibility.PRIVATE)
    for address in (LIST, path("Odo Fenn")):
        assert Client().get(address).status_code == 404
        assert signed_in(world.charlie).get(address).status_code == 404
        assert signed_in(viewer).get(address).status_code == 200
    assert Client().get("/speakers/999999/").status_code == 404


def test_readers_see_whom_something_public_names(world: Affair) -> None:
    Speaker.objects.create(project=world.project, name="Nobody yet", note="Ask them.")
    withdraw(world.subject(world.denied), world.alice, "A mistake.")
    assert Client().get(path("Odo Fenn")).status_code == 404
    assert Client().get(path("Nobody yet")).status_code == 404
    assert {"Odo Fenn", "Nobody yet"}.isdisjoint(rows(shown(LIST)))
    member = signed_in(world.bob)
    assert "Withdrawn from public view." in shown(path("Odo Fenn"), member)
    assert "Ask them." in shown(path("Nobody yet"), member)
    assert {"Odo Fenn", "Nobody yet"} < set(rows(shown(LIST, member)))
    accused = shown(path("The tannery"))
    assert ALLEGED in accused and DENIED not in accused and "withdrawn" in accused


def test_notes_are_for_members(world: Affair) -> None:
    Speaker.objects.filter(name="Odo Fenn").update(note="Calls at night.")
    assert "Calls at night." not in shown(path("Odo Fenn"))
    assert "Calls at night." in shown(path("Odo Fenn"), signed_in(world.bob))


def test_the_number_of_queries_does_not_grow(world: Affair) -> None:
    def queries(address: str, client: Client) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    addresses = [LIST, f"{LIST}?show=unnamed", path("Ilse Marr"), path("Ilse Marr", "?show=apart")]

    def mark(number: int) -> None:
        article = make_article(
            world.project, f"The mayor lied {number}.", published_on="2024-05-09"
        )
        who = {"speakers": [f"Speaker {number}", "Ilse Marr"], "targets": ["Ilse Marr"]}
        make_mark(
            world.project,
            article,
            "The mayor lied",
            "allegation",
            world.bob,
            **who,
            claims=[f"That {number}"],
        )
        make_mark(world.project, article, "lied", "denial", world.bob, relayed_by=["Ilse Marr"])
        make_mark(
            world.project, article, "mayor", "quote", world.bob, speakers=["a guard"], unnamed=True
        )

    mark(0)
    merge(named("Speaker 0"), named("Ilse Marr"))
    clients = [Client(), signed_in(world.bob)]
    few = [queries(address, client) for client in clients for address in addresses]
    for number in range(1, 12):
        mark(number)
        merge(named(f"Speaker {number}"), named("Ilse Marr"))
    assert [queries(address, client) for client in clients for address in addresses] == few


def test_names_and_claims_lead_to_their_pages_where_the_reader_may_go(world: Affair) -> None:
    page, odo = f"/projects/tannery/articles/{world.later.pk}/", path("Odo Fenn")
    assert f'href="{odo}"' in shown(page)
    assert f'href="{odo}"' in shown("/projects/tannery/ledger/")
    claim = world.alleged.claim_links.get().claim_id
    assert f'href="{odo}"' in shown(f"/claims/{claim}/")
    for address in (page, path("The tannery")):
        assert f'href="/claims/{claim}/"' in shown(address)
    shares = [world.share(of) for of in (world.project, world.later, world.denied)]
    Project.objects.update(visibility=Visibility.PRIVATE)
    for share in shares:
        answer = shown(f"/share/{share.code}/")
        assert odo not in answer and f'href="/claims/{claim}/"' not in answer
    assert odo not in shown(f"/share/{shares[0].code}/articles/{world.later.pk}/")
