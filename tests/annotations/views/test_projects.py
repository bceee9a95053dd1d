"""A project's pages: who may open them, and at what price."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.annotations.affair import UNANSWERED, Affair, affair
from tests.factories import make_article, make_mark

pytestmark = pytest.mark.django_db


def client_of(world: Affair, name: str) -> Client:
    client = Client()
    if name != "reader":
        client.force_login(getattr(world, name))
    return client


@pytest.mark.parametrize("visibility", ["public", "private"])
@pytest.mark.parametrize("name", ["alice", "bob", "charlie", "reader"])
def test_who_may_open_which(name: str, visibility: str) -> None:
    client = client_of(affair(visibility=visibility), name)
    member = name in ("alice", "bob")
    seen = 200 if member or visibility == "public" else 404
    assert client.get("/projects/tannery/").status_code == seen
    assert client.get("/projects/tannery/activity/").status_code == (200 if member else 404)
    assert client.post("/projects/tannery/activity/").status_code == 405


def test_activity_goes_on_by_a_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.pages.activity.PAGE", 3)
    client = client_of(affair(), "bob")
    first = client.get("/projects/tannery/activity/")
    place = first.context["page"].older
    assert place
    second = client.get("/projects/tannery/activity/", {"before": place})
    assert second.status_code == 200 and not second.context["page"].is_first


def grow(world: Affair, number: int) -> None:
    """So many further articles, each with an allegation of its own claim, and a denial."""
    for n in range(number):
        text = f"Boat {n} leaked, said Ida Fenn.\n\nThe owner of boat {n} denied it. {UNANSWERED}"
        article = make_article(world.project, text, published_on=f"2024-0{n % 9 + 1}-01")
        claims = [f"That boat {n} leaked"]
        names = {"speakers": [f"Ida {n}"], "claims": claims}
        make_mark(world.project, article, f"Boat {n} leaked", "allegation", world.bob, **names)
        names = {"speakers": [f"Owner {n}"], "claims": claims}
        words = f"The owner of boat {n} denied it."
        make_mark(world.project, article, words, "denial", world.bob, **names)


@pytest.mark.parametrize("name", ["alice", "reader"])
@pytest.mark.parametrize("path", ["/projects/tannery/", "/projects/tannery/activity/"])
def test_queries_are_as_many_for_much_as_for_little(name: str, path: str) -> None:
    world = affair(visibility="public")
    if name == "reader" and path.endswith("activity/"):
        path += "?before=none"  # not found, and found out at once
    client = client_of(world, name)
    grow(world, 3)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    grow(world, 30)
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few), [one["sql"] for one in many.captured_queries]
