"""Two claims beside each other: what is alleged in each, by whom, and what is said to it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from annotations.differences import Stretch, difference_of_words
from annotations.models import Verdict
from annotations.pages.labels import labels
from annotations.pages.ledger import Row, rows
from annotations.pages.summary import Line, line
from annotations.pages.wordings import ALIKE
from annotations.paths import InProject
from annotations.queries.answers import reading
from annotations.queries.claim_pairs import Pair, judged, waiting, waiting_with
from annotations.queries.ledger import accounts, first_passages
from reader.access import Seat
from reader.models import Project


@dataclass(frozen=True, slots=True)
class Side:
    """A claim with the first passage that alleges it."""

    id: int
    row: Row
    first: Line | None


@dataclass(frozen=True, slots=True)
class Sides:
    """Two claims. `statements` and `words` are what differs from the first to the second; empty
    where they have little in common, or one has no passage."""

    first: Side
    second: Side
    statements: list[Stretch]
    words: list[Stretch]


@dataclass(frozen=True, slots=True)
class PairsPage:
    """`waiting` are the pairs to judge, `after` where the rest goes on (0: nowhere). `same` were
    judged to be one and are not merged, of `unsure` ones nobody could tell. `only` is the claim
    whose pairs they are, where it is not everybody's."""

    seat: Seat
    project: Project
    waiting: list[Sides]
    after: int
    same: list[Sides]
    unsure: list[Sides]
    only: int
    is_first: bool


def sides(seat: Seat, claims: Collection[int]) -> dict[int, Side]:
    """Claims as members see them, by their ids: four queries, however many."""
    project = seat.project
    found = accounts(project, sorted(claims), public=False)
    passages, ways, called = first_passages(found), InProject(project), labels()
    written = zip(found, rows(seat, found, reading(project)), strict=True)
    return {
        account.id: Side(
            id=account.id,
            row=row,
            first=line(ways, passages[account.first_alleged], None, called=called)
            if account.first_alleged in passages
            else None,
        )
        for account, row in written
    }


def beside(first: Side, second: Side) -> Sides:
    """Two claims with what differs between them."""
    words: list[Stretch] = []
    if first.first and second.first:
        words = _change(first.first.words, second.first.words)
    return Sides(first, second, _change(first.row.statement, second.row.statement), words)


def _change(one: str, other: str) -> list[Stretch]:
    """What differs; nothing where so much does that each is easier to read by itself."""
    return difference_of_words(one, other) if fuzz.ratio(one, other) >= ALIKE else []


def pairs_page(seat: Seat, behind: int = 0, only: int = 0) -> PairsPage:
    """The pairs of a project that may be one claim, and those that were judged, in a constant
    number of queries.

    Args:
        behind: go on with claims older than this one.
        only: a claim, of which alone the pairs are wanted.
    """
    project, after = seat.project, 0
    if only:
        asked = waiting_with(project, only)
    else:
        found = waiting(project, behind)
        asked, after = found.pairs, found.after
    is_first = not (behind or only)
    same = judged(project, Verdict.SAME) if is_first else []
    unsure = judged(project, Verdict.UNSURE) if is_first else []
    every = sides(seat, {id_ for pair in (*asked, *same, *unsure) for id_ in pair})
    return PairsPage(
        seat=seat,
        project=project,
        waiting=_those(asked, every),
        after=after,
        same=_those(same, every),
        unsure=_those(unsure, every),
        only=only,
        is_first=is_first,
    )


def _those(pairs: Collection[Pair], every: Mapping[int, Side]) -> list[Sides]:
    return [beside(every[first], every[second]) for first, second in pairs]
