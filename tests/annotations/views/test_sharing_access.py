"""Who may open what: Alice owns the project, Bob annotates, Charlie is a stranger."""

import pytest
from django.test import Client

from annotations.models import Share
from annotations.services.replies import send
from annotations.services.withdrawals import withdraw
from tests.annotations.affair import Affair, affair

pytestmark = pytest.mark.django_db

PEOPLE = ("alice", "bob", "charlie", "nobody")
# Address, and the status for Alice, Bob, Charlie and nobody in a private and in a public project.
OPENED = [
    ("/projects/tannery/share/", (200, 404, 404, 404), (200, 404, 404, 404)),
    ("/projects/tannery/replies/", (200, 404, 404, 404), (200, 404, 404, 404)),
    ("/projects/tannery/reply/", (200, 200, 404, 404), (200, 200, 200, 200)),
    ("/projects/tannery/articles/{article}/share/", (200, 200, 404, 404), (200, 200, 404, 404)),
    ("/projects/tannery/articles/{article}/reply/", (200, 200, 404, 404), (200, 200, 200, 200)),
    ("/projects/tannery/articles/{article}/withdraw/", (200, 404, 404, 404), (200, 404, 404, 404)),
    ("/annotations/{annotation}/share/", (200, 200, 404, 404), (200, 200, 404, 404)),
    ("/annotations/{annotation}/reply/", (200, 200, 404, 404), (200, 200, 200, 200)),
    ("/annotations/{annotation}/withdraw/", (200, 404, 404, 404), (200, 404, 404, 404)),
    ("/share/{share}/", (200, 200, 200, 200), (200, 200, 200, 200)),
    ("/share/{share}/reply/", (200, 200, 200, 200), (200, 200, 200, 200)),
    ("/share/unknown/", (404, 404, 404, 404), (404, 404, 404, 404)),
    ("/share/unknown/reply/", (404, 404, 404, 404), (404, 404, 404, 404)),
]
# What is posted, and whether Alice, Bob, Charlie and nobody may: the same in any project.
POSTED = [
    ("/projects/tannery/share/", {"lasts": "never"}, (302, 404, 404, 404)),
    ("/projects/tannery/articles/{article}/share/", {"lasts": "7"}, (302, 302, 404, 404)),
    ("/annotations/{annotation}/share/", {"lasts": "1"}, (302, 302, 404, 404)),
    ("/annotations/{annotation}/withdraw/", {"reason": "Wrong."}, (302, 404, 404, 404)),
    (
        "/projects/tannery/articles/{article}/withdraw/",
        {"reason": "Wrong.", "what": "page"},
        (302, 404, 404, 404),
    ),
    ("/share/{share}/revoke/", {}, (302, 404, 404, 404)),
    ("/share/{bobs}/revoke/", {}, (302, 302, 404, 404)),
    ("/replies/{reply}/decide/", {"decision": "accepted"}, (302, 404, 404, 404)),
    ("/withdrawals/{withdrawal}/lift/", {}, (302, 404, 404, 404)),
]
GET_ONLY = ["/share/{share}/", "/projects/tannery/replies/"]
POST_ONLY = [
    "/share/{share}/revoke/",
    "/replies/{reply}/decide/",
    "/withdrawals/{withdrawal}/lift/",
]


def client_of(world: Affair, person: str) -> Client:
    client = Client()
    if person != "nobody":
        client.force_login(getattr(world, person))
    return client


def address(world: Affair, pattern: str) -> str:
    """The address with everything that it names."""
    if not Share.objects.exists():
        world.share(world.alleged)
        world.share(world.alleged, by=world.bob)
        send(world.subject(world.alleged), kind="reply", name="Odo", contact="", text="No.")
        withdraw(world.subject(world.quoted), world.alice, "Wrong.")
    bobs, alices = Share.objects.order_by("-created_by")[:2]
    return pattern.format(
        article=world.article.pk,
        annotation=world.alleged.pk,
        share=alices.code,
        bobs=bobs.code,
        reply=world.project.replies.get().pk,
        withdrawal=world.project.withdrawals.get().pk,
    )


@pytest.mark.parametrize("visibility", ["private", "public"])
def test_pages_open_for_those_who_may(visibility: str) -> None:
    world = affair(visibility=visibility)
    for pattern, private, public in OPENED:
        path = address(world, pattern)
        for person, status in zip(
            PEOPLE, private if visibility == "private" else public, strict=True
        ):
            response = client_of(world, person).get(path)
            assert response.status_code == status, (path, person)


@pytest.mark.parametrize(("pattern", "data", "statuses"), POSTED)
@pytest.mark.parametrize("person", PEOPLE)
def test_changes_are_made_by_those_who_may(
    pattern: str, data: dict[str, str], statuses: tuple[int, ...], person: str
) -> None:
    world = affair(visibility="public")
    response = client_of(world, person).post(address(world, pattern), data)
    assert response.status_code == statuses[PEOPLE.index(person)]


def test_what_changes_something_is_posted() -> None:
    world = affair()
    client = client_of(world, "alice")
    for pattern in POST_ONLY:
        assert client.get(address(world, pattern)).status_code == 405
    for pattern in GET_ONLY:
        assert client.post(address(world, pattern)).status_code == 405


def test_a_deleted_annotation_is_not_shared_answered_or_withdrawn() -> None:
    world = affair(visibility="public")
    client = client_of(world, "alice")
    client.post(f"/annotations/{world.alleged.pk}/delete/", {"version": world.alleged.version})
    for action in ("share", "reply", "withdraw"):
        assert client.get(f"/annotations/{world.alleged.pk}/{action}/").status_code == 404
