"""A project's page: every article is reached by going on."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from annotations.pages.project import project_page
from annotations.services.replies import send
from tests.annotations.affair import affair
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_older_articles_are_reached_by_the_link() -> None:
    world = affair(visibility="public")
    for number in range(30):
        make_article(
            world.project,
            f"Day {number} was dull.\n\nNothing else.",
            title=f"Day {number}",
            published_on=f"2025-01-{number + 1:02}",
        )
    first = Client().get("/projects/tannery/").content.decode()
    assert "Dye in the river" not in first
    older = re.search(r'rel="next" href="([^"]*)"', first)
    assert older
    second = Client().get(f"/projects/tannery/{older[1]}").content.decode()
    assert "Dye in the river" in second and "Day 3" not in second


def test_curators_see_how_many_replies_wait() -> None:
    world = affair(visibility="public")
    send(
        world.subject(world.project), kind="error", name="Odo", contact="", text="A date is wrong."
    )
    waiting = {
        user: project_page(world.seat(user)).waiting
        for user in (world.alice, world.bob, AnonymousUser())
    }
    assert list(waiting.values()) == [1, 0, 0]
