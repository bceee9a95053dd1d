"""Links to a claim and to a speaker: what somebody with a link sees, and where links are made."""

import re

import pytest
from django.test import Client
from django.utils.timezone import localdate

from annotations.models import Claim, Share, Speaker
from annotations.services.claim_edits import restate
from annotations.services.merging import merge
from annotations.services.withdrawals import withdraw
from reader import dates
from tests.annotations.affair import ALLEGED, CLAIM, DENIED, Affair, affair
from tests.annotations.past import since_yesterday
from tests.clients import signed_in
from tests.factories import make_mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Affair:
    return affair()


@pytest.fixture
def claim(world: Affair) -> Claim:
    return Claim.objects.get(project=world.project, statement=CLAIM)


@pytest.fixture
def speaker(world: Affair) -> Speaker:
    return Speaker.objects.get(project=world.project, name="Reed Society")


def made(client: Client, path: str) -> Share:
    response = client.post(path, {"lasts": "never"})
    assert response.status_code == 302
    return Share.objects.latest("created_at")


def inner_links(page: str) -> set[str]:
    """Where a page leads on this site, but for what every page has."""
    main = page[page.index("<main") : page.index("</main>")]
    return {one for one in re.findall(r'href="(/[^"]*)"', main) if not one.startswith("/static/")}


@pytest.mark.parametrize("noun", ["claim", "speaker"])
def test_anybody_with_the_link_sees_both_sides_of_a_private_project(
    world: Affair, claim: Claim, speaker: Speaker, noun: str
) -> None:
    path = f"/claims/{claim.pk}/" if noun == "claim" else f"/speakers/{speaker.pk}/"
    assert Client().get(path).status_code == 404
    share = made(signed_in(world.bob), f"{path}share/")
    response = Client().get(f"/share/{share.code}/")
    page = response.content.decode()
    assert response.status_code == 200
    assert ALLEGED in page and DENIED in page
    assert "Bobbin Vale" not in page
    assert response["X-Robots-Tag"] == "noindex" and "no-store" in response["Cache-Control"]
    assert inner_links(page) <= {f"/share/{share.code}/", f"/share/{share.code}/reply/"}


def test_where_the_project_is_public_links_lead_into_it(world: Affair, claim: Claim) -> None:
    world.project.visibility = "public"
    world.project.save()
    share = made(signed_in(world.bob), f"/claims/{claim.pk}/share/")
    page = Client().get(f"/share/{share.code}/").content.decode()
    assert f"/projects/tannery/articles/{world.article.pk}/#a-{world.alleged.pk}" in page


@pytest.mark.parametrize("noun", ["claim", "speaker"])
def test_links_are_listed_where_they_are_made_and_end_there(
    world: Affair, claim: Claim, speaker: Speaker, noun: str
) -> None:
    path = f"/claims/{claim.pk}/" if noun == "claim" else f"/speakers/{speaker.pk}/"
    bob = signed_in(world.bob)
    assert f'href="{path}share/"' in bob.get(path).content.decode()
    share = made(bob, f"{path}share/")
    assert f"/share/{share.code}/" in bob.get(f"{path}share/").content.decode()
    ended = bob.post(f"/share/{share.code}/revoke/")
    assert ended.headers["Location"] == f"{path}share/"
    assert Client().get(f"/share/{share.code}/").status_code == 404


@pytest.mark.parametrize("noun", ["claim", "speaker"])
def test_strangers_make_none(world: Affair, claim: Claim, speaker: Speaker, noun: str) -> None:
    world.project.visibility = "public"
    world.project.save()
    path = f"/claims/{claim.pk}/" if noun == "claim" else f"/speakers/{speaker.pk}/"
    for client in (Client(), signed_in(world.charlie)):
        assert client.get(f"{path}share/").status_code == 404
        assert client.post(f"{path}share/", {"lasts": "never"}).status_code == 404
    assert not Share.objects.exists()


def test_a_link_follows_a_merged_claim(world: Affair, claim: Claim) -> None:
    share = made(signed_in(world.bob), f"/claims/{claim.pk}/share/")
    other = Claim.objects.create(project=world.project, statement="That the works leaked")
    merge(claim, other)
    page = Client().get(f"/share/{share.code}/").content.decode()
    assert "That the works leaked" in page and DENIED in page


def test_a_link_to_what_is_withdrawn_shows_nothing(world: Affair, claim: Claim) -> None:
    share = made(signed_in(world.bob), f"/claims/{claim.pk}/share/")
    withdraw(world.subject(world.alleged), world.alice, "Wrong.")
    assert Client().get(f"/share/{share.code}/").status_code == 404


def test_a_reply_under_it_is_to_the_project_and_shows_no_other_passage(
    world: Affair, claim: Claim
) -> None:
    share = made(signed_in(world.bob), f"/claims/{claim.pk}/share/")
    hidden = make_mark(world.project, world.later, "Nobody else spoke.", by=world.bob)
    page = Client().get(f"/share/{share.code}/reply/?annotation={hidden.pk}").content.decode()
    assert "Nobody else spoke." not in page
    assert Client().get(f"/share/{share.code}/articles/{world.article.pk}/").status_code == 404


def test_a_shared_allegation_says_that_its_claim_was_worded_anew(
    world: Affair, claim: Claim
) -> None:
    share = world.share(world.alleged)
    since_yesterday()
    before = Client().get(f"/share/{share.code}/").content.decode()
    assert "worded the claim anew" not in before
    restate(claim, "That dye got into the river", 1)
    page = Client().get(f"/share/{share.code}/").content.decode()
    assert "That dye got into the river" in page
    today = dates.show(localdate(), "day")
    assert f"Corrected on {today}: the project worded the claim anew." in page
    assert f'<span dir="auto">{CLAIM}</span>' in page
