"""Shared pages, for their tests: as anybody gets them, and what of them is looked at."""

import re
from html import unescape
from urllib.parse import urldefrag

from django.test import Client

from annotations.models import Share


def opened(share: Share, rest: str = "") -> str:
    """The page as anybody gets it, without its entities."""
    response = Client().get(f"/share/{share.code}/{rest}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def text_of(html: str) -> str:
    """The words on the page, without tags and without what stands in its head."""
    body = html.partition("<body")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def links(html: str) -> set[str]:
    return {
        urldefrag(link).url
        for link in re.findall(r'href="(/[^"]*)"', html)
        if not link.startswith("/static/")
    } - {"/"}


def meta(html: str, name: str) -> str:
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)">', html)
    assert found, name
    return found[1]


def raw(share: Share) -> str:
    return Client().get(f"/share/{share.code}/").content.decode()
