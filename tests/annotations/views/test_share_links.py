"""Making, ending and revoking links, and what other sites learn of them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotations.models import Share
from tests.annotations.affair import affair
from tests.clients import signed_in

pytestmark = pytest.mark.django_db


def test_nothing_is_stored_passed_on_or_indexed() -> None:
    world = affair()
    for of in (world.alleged, world.article, world.project):
        response = Client().get(f"/share/{world.share(of).code}/")
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Cache-Control"] == "private, no-store"
        assert not response.cookies
        assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_a_project_may_ask_to_be_indexed() -> None:
    world = affair(indexed=True)
    for of in (world.alleged, world.article, world.project):
        response = Client().get(f"/share/{world.share(of).code}/")
        assert "X-Robots-Tag" not in response
        assert 'name="robots"' not in response.content.decode()


def test_a_dead_link_says_that_it_is_no_longer_valid() -> None:
    world = affair()
    for of in (world.alleged, world.article, world.project):
        share = world.share(of)
        expired = world.share(of)
        Share.objects.filter(pk=expired.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
        signed_in(world.alice).post(f"/share/{share.code}/revoke/")
        for code in (share.code, expired.code, "unknown"):
            response = Client().get(f"/share/{code}/")
            assert response.status_code == 404
            assert "no longer valid" in response.content.decode()
            assert response["X-Robots-Tag"] == "noindex"


def test_links_are_made_listed_and_revoked() -> None:
    world = affair()
    client, path = signed_in(world.alice), f"/annotations/{world.alleged.pk}/share/"
    assert client.post(path, {"lasts": "never"}).url == path
    share = Share.objects.get()
    assert f'value="http://testserver/share/{share.code}/"' in client.get(path).content.decode()
    assert client.post(f"/share/{share.code}/revoke/").url == path
    assert share.code not in client.get(path).content.decode()


def test_a_link_is_listed_with_its_own_thing_only() -> None:
    world = affair()
    codes = {of: world.share(of).code for of in (world.alleged, world.article, world.project)}
    client = signed_in(world.alice)
    for of, path in [
        (world.alleged, f"/annotations/{world.alleged.pk}/share/"),
        (world.article, f"/projects/tannery/articles/{world.article.pk}/share/"),
        (world.project, "/projects/tannery/share/"),
    ]:
        page = client.get(path).content.decode()
        assert [code for code in codes.values() if code in page] == [codes[of]]


@pytest.mark.parametrize(
    ("typed", "days"), [({"lasts": "1"}, 1), ({"lasts": "7"}, 7), ({"lasts": "30"}, 30)]
)
def test_a_link_may_end_by_itself(typed: dict[str, str], days: int) -> None:
    world = affair()
    signed_in(world.alice).post("/projects/tannery/share/", typed)
    expires = Share.objects.get().expires_at
    assert expires
    assert abs(expires - timezone.now() - timedelta(days=days)) < timedelta(minutes=1)


def test_a_link_works_to_the_end_of_the_day_that_is_chosen() -> None:
    world = affair()
    today = timezone.localdate()
    signed_in(world.alice).post(
        "/projects/tannery/share/", {"lasts": "date", "until": today.isoformat()}
    )
    expires = Share.objects.get().expires_at
    assert expires
    assert timezone.localtime(expires).isoformat()[:19] == f"{today + timedelta(days=1)}T00:00:00"


@pytest.mark.parametrize("until", ["", "2001-02-03", "tomorrow", "2001-02-31"])
def test_a_day_that_is_none_or_over_is_refused(until: str) -> None:
    world = affair()
    typed = {"lasts": "date", "until": until}
    response = signed_in(world.alice).post("/projects/tannery/share/", typed)
    assert response.status_code == 422
    assert not Share.objects.exists()
