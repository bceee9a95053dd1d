"""The ledger and the claim page: who sees what, and filters."""

import csv
import re
from io import StringIO

import pytest
from django.test import Client

from annotations.models import Claim
from annotations.services.claims import LinkTo
from annotations.services.editing import edit
from annotations.services.marking import delete
from annotations.services.withdrawals import withdraw
from reader.models import Project, Visibility
from tests.annotations.affair import CLAIM, DENIED, Affair
from tests.annotations.burned import BURNED, LEDGER, SILENCE, burned_affair, claims, ledger, text
from tests.clients import signed_in
from tests.factories import fields_of, make_article, make_mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Affair:
    return burned_affair()


@pytest.fixture
def claim(world: Affair) -> Claim:
    return Claim.objects.get(statement=CLAIM)


def test_both_sides_stand_in_a_row(world: Affair) -> None:
    page = ledger()
    assert claims(page) == [BURNED, CLAIM]
    assert "Odo Fenn</a></strong> denies" in page and DENIED in page
    assert "1 day later" in page and "from a third party" in page
    assert SILENCE in page
    assert "published on 8 May 2024" in page and "published on 9 May 2024" in page


def test_a_private_project_is_there_for_its_members_alone(world: Affair, claim: Claim) -> None:
    Project.objects.update(visibility=Visibility.PRIVATE)
    paths = [LEDGER, "/projects/tannery/ledger.csv", f"/claims/{claim.pk}/"]
    assert [Client().get(path).status_code for path in paths] == [404] * 3
    assert [signed_in(world.charlie).get(path).status_code for path in paths] == [404] * 3
    assert [signed_in(world.bob).get(path).status_code for path in paths] == [200] * 3


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?without=on", [BURNED]),
        ("?speaker=clerk", [BURNED]),
        ("?speaker=odo+fenn", [CLAIM]),
        ("?target=ILSE", [BURNED]),
        ("?target=fenn", []),
        ("?publication=reed", [BURNED, CLAIM]),
        ("?publication=%25", []),
        ("?since=2024-05-09", [CLAIM]),
        ("?until=2024-05-07", []),
        ("?since=2024-05-08&until=2024-05-08", [BURNED, CLAIM]),
        ("?text=town’s", [BURNED]),
        ("?text=left+the+yard", [CLAIM]),
        ("?text=%22yard%22+Left", [CLAIM]),
        ("?text=x_x", []),
        ("?sought=sought", []),
        ("?sought=not_sought", [BURNED, CLAIM]),
        ("?order=statement", [BURNED, CLAIM]),
        ("?order=oldest", [CLAIM, BURNED]),
        ("?order=unanswered", [BURNED, CLAIM]),
        ("?order=speaker", [BURNED, CLAIM]),
        ("?order=target", [BURNED, CLAIM]),
        ("?order=publication", [BURNED, CLAIM]),
        ("?order=sought", [BURNED, CLAIM]),
        ("?without=on&speaker=fenn", []),
    ],
)
def test_filters(world: Affair, asked: str, found: list[str]) -> None:
    assert claims(ledger(asked)) == found
    rows = list(csv.DictReader(StringIO(text(f"/projects/tannery/ledger.csv{asked}"))))
    assert [row["alleged"] for row in rows] == found


def test_an_alias_finds_its_speaker(world: Affair) -> None:
    world.project.speakers.filter(name="Odo Fenn").update(aliases=["the owner"])
    assert claims(ledger("?speaker=owner")) == [CLAIM]


def test_a_month_is_in_a_time_as_soon_as_one_of_its_days_is(world: Affair) -> None:
    late = make_article(world.project, "A gull was shot, Ida said.", published_on="2024-06")
    make_mark(world.project, late, "A gull was shot", "allegation", claims=["That it was shot"])
    for asked, there in (
        ("?since=2024-06-30", True),
        ("?until=2024-06-01", True),
        ("?since=2024-07-01", False),
        ("?since=2024-05-20&until=2024-05-31", False),
    ):
        assert ("That it was shot" in claims(ledger(asked))) == there, asked


def test_a_wrong_day_is_said_beside_its_field(world: Affair) -> None:
    response = Client().get(f"{LEDGER}?since=March&speaker=clerk")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Write the day as 2021-03-29." in page and 'value="March"' in page
    assert claims(page) == [BURNED]


def test_days_the_wrong_way_round_are_said_and_kept(world: Affair) -> None:
    response = Client().get(f"{LEDGER}?since=2024-05-09&until=2024-05-08")
    page = response.content.decode()
    assert response.status_code == 422
    assert "This day is before the first one." in page and 'value="2024-05-08"' in page


def test_what_is_withdrawn_is_out_for_strangers(world: Affair, claim: Claim) -> None:
    assert claims(ledger()) == [BURNED, CLAIM]
    denial = withdraw(world.subject(world.denied), world.alice, "A mistake.")
    page, member = ledger(), ledger(client=signed_in(world.bob))
    assert DENIED not in page
    assert "was withdrawn from public view on" in page and "Reason: A mistake." in page
    assert DENIED in member
    denial.delete()
    withdraw(world.subject(world.alleged), world.alice, "Wrong.")
    assert claims(ledger()) == [BURNED]
    assert Client().get(f"/claims/{claim.pk}/").status_code == 404
    shown = signed_in(world.bob).get(f"/claims/{claim.pk}/").content.decode()
    assert "Withdrawn from public view." in shown


def test_a_change_shows_at_once(world: Affair) -> None:
    assert DENIED in ledger()
    delete(world.denied.pk, reason="These are not his words.")
    page = ledger()
    assert DENIED not in page and "Reason: These are not his words." in page
    assert page.count(SILENCE) == 1


def test_a_speakers_own_denial_is_none(world: Affair) -> None:
    said = fields_of(world.denied, speakers=["Reed Society"], links=[LinkTo(CLAIM)])
    edit(world.denied.pk, world.denied.version, said, world.bob)
    assert ledger().count(SILENCE) == 2


def test_a_merged_claims_address_leads_to_the_other(world: Affair, claim: Claim) -> None:
    burned = Claim.objects.get(statement=BURNED)
    burned.canonical = claim
    burned.save()
    response = Client().get(f"/claims/{burned.pk}/")
    assert response.headers["Location"] == f"/claims/{claim.pk}/"
    page = Client().get(f"/claims/{claim.pk}/").content.decode()
    assert "the mayor had burned the ledger" in page


def test_the_claims_page(world: Affair, claim: Claim) -> None:
    page = Client().get(f"/claims/{claim.pk}/").content.decode()
    assert re.search(r'alleged-word">Alleged</span> <span dir="auto">That the tannery', page)
    assert page.index("told-one allegation") < page.index("told-one denial")
    assert page.count('class="stop"') == 2 and "The same as a table" in page
    for found in re.findall(r'(?:name|property)="(?:og:)?description" content="([^"]*)"', page):
        assert "Reed Society" in found[:90] and "Odo Fenn" in found[:90]
    title = re.search(r'og:title" content="([^"]*)"', page)
    assert title and title[1].startswith("Alleged by Reed Society, denied by Odo Fenn. Alleged: T")
    assert len(title[1]) <= 90


def test_wordings_are_compared(world: Affair) -> None:
    for number, words in enumerate(
        ("A gull was shot by the clerk.", "A gull was shot by a clerk.")
    ):
        article = make_article(world.project, words, published_on=f"2024-07-0{number + 1}")
        make_mark(world.project, article, words, "allegation", claims=["That a gull was shot"])
    shot = Claim.objects.get(statement="That a gull was shot")
    page = Client().get(f"/claims/{shot.pk}/").content.decode()
    assert "How it is worded" in page
    assert "by <del>the</del><ins>a</ins> clerk" in page


def test_it_is_undated_where_no_date_is_known(world: Affair) -> None:
    article = make_article(world.project, "A gull was shot. Nobody shot it.")
    for words, kind in (("A gull was shot", "allegation"), ("Nobody shot it", "denial")):
        make_mark(world.project, article, words, kind, claims=["That a gull was shot"])
    page = ledger("?text=gull")
    assert "undated" in page and "dates unknown" in page and 'class="strip"' not in page
    shot = Claim.objects.get(statement="That a gull was shot")
    assert "there is no timeline" in Client().get(f"/claims/{shot.pk}/").content.decode()


def test_pages_of_fifty_and_queries_that_stay_the_same(
    world: Affair, django_assert_max_num_queries
) -> None:
    client = signed_in(world.bob)
    asked = "?order=statement&text=That"
    client.get(f"{LEDGER}{asked}")
    counts = []
    for most in (3, 60):
        for number in range(Claim.objects.count(), most):
            make_mark(
                world.project,
                world.article,
                "the river",
                "allegation",
                speakers=[f"Speaker {number}"],
                claims=[f"That {number:03}"],
            )
        with django_assert_max_num_queries(20) as captured:
            page = client.get(f"{LEDGER}{asked}").content.decode()
        counts.append(len(captured))
    assert counts[0] == counts[1]
    first = claims(page)
    assert len(first) == 50
    following = re.search(r'rel="next" href="([^"]*)"', page)
    assert following
    rest = claims(ledger(following[1].replace("&amp;", "&")))
    assert len(rest) == 10 and not set(first) & set(rest)
    assert claims(ledger(f"{asked}&after=999999")) == first
