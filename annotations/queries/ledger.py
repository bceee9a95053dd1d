"""The ledger, counted by Postgres: which claims there are, in which order, and the account of
each."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.timezone import localdate

from annotations.answers import Gone, Left, each_once
from annotations.ledger import Account, Part, Point, Totals
from annotations.models import Annotation, Sought
from annotations.passage import Named, Passage
from annotations.queries.ledger_accounts_sql import accounts_sql
from annotations.queries.ledger_listing_sql import ASKED, listing_sql
from annotations.queries.passages import passages
from reader.models import Project

PAGE = 50
"""Claims on a page."""

BATCH = 500
"""Claims that are written to a file at once."""

MOST_POINTS = 200
"""Different days in a row's timeline."""

_CHOSEN = frozenset({"without", "sought"})
"""What is picked from a few, not typed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which claims are looked for; what is empty is not asked. Names and words are found within
    longer ones, whatever their case; names of speakers also by their aliases."""

    without: bool = False
    sought: str = ""
    speaker: str = ""
    target: str = ""
    publication: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""
    order: str = "newest"

    @property
    def is_anything(self) -> bool:
        """Whether some claims are left out."""
        return any(getattr(self, name) for name in ASKED)

    @property
    def is_typed(self) -> bool:
        """Whether words, names or days are asked for, of which everyone may think of others."""
        return any(getattr(self, name) for name in ASKED if name not in _CHOSEN)


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of claims: their ids in order, how many match, and the totals of the whole ledger."""

    ids: list[int]
    matching: int
    has_more: bool
    totals: Totals = field(default_factory=Totals)


def listing(
    project: Project, asked: Asked, *, public: bool, after: int = 0, limit: int | None = PAGE
) -> Listing:
    """The claims that match, in one query.

    Args:
        public: leave out what is withdrawn from public view.
        after: go on behind this claim; from the start where it doesn't match (any more).
        limit: how many; None for all of them.
    """
    names = [name for name in ASKED if getattr(asked, name)]
    parameters: dict[str, Any] = {
        "project": project.pk,
        "public": public,
        "outside": [project.pk] if public else [],
        "after": after,
        "limit": None if limit is None else limit + 1,
        "sought": asked.sought,
        "since": asked.since,
        "until": asked.until,
        **{
            name: f"%{_literally(getattr(asked, name))}%"
            for name in ("speaker", "target", "publication")
        },
        # Each of the words, in any order: quotation marks around them are no part of them.
        "text": [f"%{_literally(word)}%" for word in asked.text.translate(_UNQUOTED).split()],
    }
    ids, matching, *totals = _rows(listing_sql(asked.order, names), parameters)[0]
    has_more = limit is not None and len(ids) > limit
    return Listing(ids[:limit], matching, has_more, Totals(*totals))


def accounts(project: Project, claims: Sequence[int], *, public: bool) -> list[Account]:
    """The accounts of these claims, in their order, in one query; those that were merged, or that
    the public doesn't see, are left out.

    Args:
        public: count only what is in public view.
    """
    if not claims:
        return []
    parameters = {
        "project": project.pk,
        "public": public,
        "outside": [project.pk] if public else [],
        "claims": list(claims),
        "points": MOST_POINTS,
    }
    found = {row[0]: _account(row) for row in _rows(accounts_sql(), parameters)}
    return [found[id_] for id_ in claims if id_ in found]


def every_account(project: Project, asked: Asked, *, public: bool) -> Iterator[list[Account]]:
    """The accounts of all claims that match, some at a time."""
    ids = listing(project, asked, public=public, limit=None).ids
    for begin in range(0, len(ids), BATCH):
        yield accounts(project, ids[begin : begin + BATCH], public=public)


def first_passages(several: Iterable[Account]) -> dict[UUID, Passage]:
    """The passages that the accounts name as the first, by their ids."""
    ids = {id_ for one in several for id_ in (one.first_alleged, one.first_denied) if id_}
    return {one.id: one for one in passages(Annotation.objects.filter(pk__in=ids))} if ids else {}


def _rows(statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _account(row: tuple[Any, ...]) -> Account:
    """From a row of the second statement, whose columns stand in this order."""
    id_, statement, people, *counted = row[:11]
    first_alleged, first_denied, points, gone, sought, sought_on = row[11:]
    numbers = iter([number or 0 for number in counted])
    given = json.loads(people) if people else {}
    named = {role: tuple(Named(*one) for one in several) for role, several in given.items()}
    return Account(
        id=id_,
        statement=statement,
        accusers=named.get("accuser", ()),
        accused=named.get("accused", ()),
        relayers=named.get("relayer", ()),
        deniers=named.get("denier", ()),
        allegations=next(numbers),
        unattributed=next(numbers),
        relayed=next(numbers),
        mentions=next(numbers),
        articles=next(numbers),
        publications=next(numbers),
        denials=next(numbers),
        undated=next(numbers),
        first_alleged=first_alleged,
        first_denied=first_denied,
        points=tuple(
            Point(Part(part), date.fromisoformat(on), precision, number)
            for part, on, precision, number in map(json.loads, points)
        ),
        gone=each_once(_gone(id_, *json.loads(one)) for one in gone),
        sought=Sought(sought),
        sought_on=sought_on,
    )


def _gone(
    claim: int, id_: str, speakers: list[int], recorded_at: str, at: str, how: str, reason: str
) -> Gone:
    return Gone(
        id=UUID(id_),
        claim_id=claim,
        speaker_ids=frozenset(speakers),
        recorded_on=localdate(datetime.fromisoformat(recorded_at)),
        on=localdate(datetime.fromisoformat(at)),
        how=Left(how),
        reason=reason,
    )


_UNQUOTED = str.maketrans(dict.fromkeys('"“”„«»', " "))


def _literally(words: str) -> str:
    """The words as a pattern of LIKE that means nothing but them."""
    return words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
