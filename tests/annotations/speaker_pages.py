"""Addresses and words of the pages of speakers, for their tests."""

import re

from django.test import Client

from annotations.models import Speaker

LIST = "/projects/tannery/speakers/"


def named(name: str) -> Speaker:
    return Speaker.objects.get(name=name)


def path(speaker: Speaker | str, rest: str = "") -> str:
    return f"/speakers/{(named(speaker) if isinstance(speaker, str) else speaker).pk}/{rest}"


def shown(address: str, client: Client | None = None) -> str:
    response = (client or Client()).get(address)
    assert response.status_code == 200
    return response.content.decode()


def rows(page: str) -> dict[str, list[int]]:
    """The numbers of each speaker in a list: said, alleged, denied, accused."""
    return {
        row[1]: [int(number) for number in re.findall(r"<td[^>]*>(\d+)</td>", row[2])]
        for row in re.finditer(r'dir="auto">([^<]*)</a>(.*?)</tr>', page, re.DOTALL)
    }
