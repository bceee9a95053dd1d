"""Withdrawals: the curators' page, and what readers and members see then."""

from html import unescape

import pytest
from django.test import Client

from annotations.models import Withdrawal
from tests.annotations.affair import ALLEGED, APART, DENIED, QUOTED, Affair, affair

pytestmark = pytest.mark.django_db
REASON = "A court said so."


def curator(world: Affair) -> Client:
    client = Client()
    client.force_login(world.alice)
    return client


def seen(client: Client, world: Affair) -> str:
    path = f"/projects/tannery/articles/{world.article.pk}/"
    return unescape(client.get(path).content.decode())


@pytest.mark.parametrize("what", ["page", "text"])
def test_a_withdrawn_page_is_a_notice_to_readers_and_all_there_to_members(what: str) -> None:
    world = affair(visibility="public")
    client = curator(world)
    path = f"/projects/tannery/articles/{world.article.pk}/withdraw/"
    assert client.post(path, {"what": what, "reason": REASON}).status_code == 302

    public = seen(Client(), world)
    assert REASON in public and "withdrawn from public view" in public
    for words in (ALLEGED, APART, QUOTED, DENIED):
        assert words not in public
    members = seen(client, world)
    assert REASON in members and ALLEGED in members

    assert REASON in client.get(path).content.decode()
    client.post(f"/withdrawals/{Withdrawal.objects.get().pk}/lift/")
    assert ALLEGED in seen(Client(), world) and REASON not in seen(Client(), world)


def test_a_withdrawn_passage_leaves_text_and_other_marks() -> None:
    world = affair(visibility="public")
    client = curator(world)
    path = f"/annotations/{world.alleged.pk}/withdraw/"
    assert client.post(path, {"reason": REASON}).status_code == 302
    public = seen(Client(), world)
    assert REASON in public and APART in public
    assert ALLEGED not in public and DENIED not in public
    members = seen(client, world)
    assert ALLEGED in members and f"Withdrawn from public view: {REASON}" in members
    assert "Withdraw</button>" not in client.get(path).content.decode()


def test_a_reason_is_asked_for() -> None:
    world = affair()
    response = curator(world).post(f"/annotations/{world.alleged.pk}/withdraw/", {"reason": " "})
    assert response.status_code == 422
    assert not Withdrawal.objects.exists()


def test_what_is_withdrawn_stands_on_the_curators_page() -> None:
    world = affair()
    client = curator(world)
    for path in (
        f"/annotations/{world.alleged.pk}/withdraw/",
        f"/projects/tannery/articles/{world.article.pk}/withdraw/",
        f"/projects/tannery/articles/{world.later.pk}/withdraw/",
    ):
        client.post(
            path, {"reason": REASON, "what": "text" if str(world.later.pk) in path else "page"}
        )
    page = unescape(client.get("/projects/tannery/replies/").content.decode())
    assert "Allegation in “Dye in the river”" in page
    assert "The page of “Dye in the river”" in page
    assert "Revision 1 of “" in page


def test_withdrawing_changes_what_browsers_have_stored() -> None:
    world = affair(visibility="public")
    page = f"/projects/tannery/articles/{world.article.pk}/"
    etag = Client().get(page)["ETag"]
    curator(world).post(f"/annotations/{world.alleged.pk}/withdraw/", {"reason": REASON})
    assert Client().get(page, HTTP_IF_NONE_MATCH=etag).status_code == 200
