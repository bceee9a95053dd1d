"""The search page."""

from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.annotations.affair import ALLEGED, DENIED, SILENCE, UNANSWERED, Affair, affair

pytestmark = pytest.mark.django_db


def page(world_or_client: Affair | Client, q: str, **parameters: str) -> str:
    if isinstance(world_or_client, Client):
        client = world_or_client
    else:
        client = Client()
        client.force_login(world_or_client.alice)
    response = client.get("/search/?" + urlencode({"q": q, **parameters}))
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_smoke() -> None:
    world = affair()
    body = page(world, "river")
    assert "Dye in the river" in body
