"""The affair, public, with a second claim that nobody denies; and its ledger as pages and files."""

import re

from django.test import Client

from reader.models import Visibility
from tests.annotations.affair import Affair, affair
from tests.factories import make_mark

LEDGER = "/projects/tannery/ledger/"
BURNED = "That Ilse Marr burned the town’s ledger"
SILENCE = "No denial recorded in this project (2 articles, latest 9 May 2024)"


def burned_affair() -> Affair:
    """Everything in the database."""
    found = affair(visibility=Visibility.PUBLIC)
    make_mark(
        found.project,
        found.article,
        "the mayor had burned the ledger",
        "allegation",
        found.bob,
        speakers=["A clerk"],
        targets=["Ilse Marr"],
        claims=[BURNED],
    )
    return found


def claims(page: str) -> list[str]:
    """The statements that a ledger lists, in order."""
    return re.findall(r'<a href="/claims/\d+/" dir="auto">([^<]*)</a>', page)


def ledger(asked: str = "", client: Client | None = None) -> str:
    return (client or Client()).get(f"{LEDGER}{asked}").content.decode()


def text(path: str, client: Client | None = None) -> str:
    response = (client or Client()).get(path)
    assert response.status_code == 200
    return b"".join(response).decode()
