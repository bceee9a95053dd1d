"""A project's pages: who may open them, and at what price."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import (
    Anchor,
    Annotation,
    Attribution,
    Claim,
    ClaimLink,
    Fragment,
    Speaker,
)
from reader.services.projects import touch
from tests.annotations.affair import Affair, affair
from tests.factories import make_article, place_of

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
    """So many further allegations in one article, each of its own claim by its own speaker."""
    article = make_article(
        world.project, "A boat leaked, said Ida Fenn.", published_on="2024-03-01"
    )
    place = place_of(article, "A boat leaked")

    def named(what: str) -> list[str]:
        return [f"{what} {number}-{n}" for n in range(number)]

    claims = Claim.objects.bulk_create(
        Claim(project=world.project, statement=one) for one in named("That a boat leaked")
    )
    speakers = Speaker.objects.bulk_create(
        Speaker(project=world.project, name=one) for one in named("Ida Fenn")
    )
    marks = Annotation.objects.bulk_create(
        Annotation(
            project=world.project,
            article=article,
            annotator=world.bob,
            kind="allegation",
            wording="paraphrase",
        )
        for _ in range(number)
    )
    anchors = Anchor.objects.bulk_create(
        Anchor(annotation=one, revision=article.newest) for one in marks
    )
    Fragment.objects.bulk_create(
        Fragment(anchor=one, position=0, start=place.start, end=place.end, exact=place.exact)
        for one in anchors
    )
    Attribution.objects.bulk_create(
        Attribution(annotation=one, speaker=speaker, role="speaker")
        for one, speaker in zip(marks, speakers, strict=True)
    )
    ClaimLink.objects.bulk_create(
        ClaimLink(annotation=one, claim=claim) for one, claim in zip(marks, claims, strict=True)
    )
    Annotation.objects.filter(article=article).update(version=2)
    touch(world.project)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("alice", "/projects/tannery/"),
        ("reader", "/projects/tannery/"),
        ("alice", "/projects/tannery/activity/"),
    ],
)
def test_queries_are_as_many_for_much_as_for_little(name: str, path: str) -> None:
    world = affair(visibility="public")
    client = client_of(world, name)
    grow(world, 3)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    grow(world, 300)
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few)
    with CaptureQueriesContext(connection) as kept:
        client.get(path)
    assert len(kept) <= len(few)
