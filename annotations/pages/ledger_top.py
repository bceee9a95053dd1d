"""The first claims of a ledger, as the project's page shows them."""

from dataclasses import dataclass

from django.core.cache import caches
from django.utils.translation import get_language

from annotations.answers import Reading
from annotations.pages.ledger import Row, rows
from annotations.queries.ledger import Asked, accounts, listing
from reader.access import Seat
from reader.build import fingerprint

TOP = 5
"""Claims."""

KEPT = 3600
"""Seconds. A publication's new name does not grow the project's version: it shows after that."""


@dataclass(frozen=True, slots=True)
class Top:
    """The first rows, with all that the ledger's own have, and how many claims there are."""

    rows: list[Row]
    claims: int


def ledger_top(seat: Seat, read: Reading) -> Top:
    """What the visitor's ledger begins with; kept as long as nothing in it has changed, for
    counting a ledger takes much longer than showing it."""
    project = seat.project
    parts = (project.pk, project.version, seat.is_member, seat.may_annotate)
    key = "-".join(map(str, ["ledger-top", fingerprint(), get_language(), *parts]))
    kept: Top | None = caches["pages"].get(key)
    if kept is None:
        kept = _counted(seat, read)
        caches["pages"].set(key, kept, KEPT)
    return kept


def _counted(seat: Seat, read: Reading) -> Top:
    public = not seat.is_member
    found = listing(seat.project, Asked(), public=public, limit=TOP)
    several = accounts(seat.project, found.ids, public=public)
    return Top(rows(seat, several, read), found.totals.claims)
