"""What belongs to a claim's page beside its passages: how else it was stated, what is broader and
narrower, and what members may do."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from annotations.answers import Reading
from annotations.models import Claim
from annotations.pages.history import COMMAND, FORMER
from annotations.pages.ledger import Row, rows
from annotations.paths import claim_path
from annotations.queries.claim_history import Was, earlier_statements, merged_into
from annotations.queries.claim_kin import ties
from annotations.queries.claim_pairs import waiting_with
from annotations.queries.history import people
from annotations.queries.ledger import accounts
from reader import dates
from reader.access import Seat


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement of former times, or of a merged claim, until or since `when`. `by` is a name, for
    members; `apart_path` takes the merged claim apart, for those who may."""

    statement: str
    when: str
    by: str
    apart_path: str = ""


@dataclass(frozen=True, slots=True)
class Relative:
    """A broader or narrower claim as the ledger has it: never without who alleges it and what is
    said to it. Posting to `remove_path` ends the tie, for those who may."""

    row: Row
    remove_path: str


@dataclass(frozen=True, slots=True)
class Family:
    """`alike` is how many other claims may be the same one; only those who may judge are told."""

    also: list[Stated]
    earlier: list[Stated]
    broader: list[Relative]
    narrower: list[Relative]
    alike: int


def family_of(seat: Seat, claim: Claim, read: Reading) -> Family:
    """What belongs to a claim, as the visitor may see it, in a constant number of queries.

    Args:
        claim: one that is not merged.
    """
    merged = merged_into(claim, public=not seat.is_member)
    earlier = earlier_statements(claim, public=not seat.is_member)
    names = people({one.by for one in (*merged, *earlier)}) if seat.is_member else {}
    broader, narrower = _relatives(seat, claim, read)
    return Family(
        also=[
            stated(seat, one, names, apart=claim_path(one.id) if seat.may_annotate else "")
            for one in merged
        ],
        earlier=[stated(seat, one, names) for one in earlier],
        broader=broader,
        narrower=narrower,
        alike=len(waiting_with(seat.project, claim.pk)) if seat.may_annotate else 0,
    )


def stated(seat: Seat, was: Was, names: Mapping[int, str], apart: str = "") -> Stated:
    """In words for the visitor; `names` are those of users, for members."""
    by = ""
    if seat.is_member and was.at:
        by = names.get(was.by, str(FORMER)) if was.by else str(COMMAND)
    return Stated(
        statement=was.statement,
        when=dates.show(localdate(was.at), "day") if was.at else "",
        by=by,
        apart_path=f"{apart}unmerge/" if apart else "",
    )


def _relatives(seat: Seat, claim: Claim, read: Reading) -> tuple[list[Relative], list[Relative]]:
    """Broader and narrower claims, those that the visitor doesn't see left out."""
    found = ties([claim.pk])
    others = {one.broader if one.narrower == claim.pk else one.narrower for one in found}
    given = accounts(seat.project, sorted(others), public=not seat.is_member)
    seen = {one.id: one for one in given}
    written = dict(zip(seen, rows(seat, list(seen.values()), read), strict=True))
    broader: list[Relative] = []
    narrower: list[Relative] = []
    for tie in found:
        is_over = tie.narrower == claim.pk
        row = written.get(tie.broader if is_over else tie.narrower)
        if row:
            remove = reverse("claim_broader_is", args=[tie.said_of, 0]) if seat.may_annotate else ""
            (broader if is_over else narrower).append(Relative(row, remove))
    return broader, narrower
