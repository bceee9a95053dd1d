"""What became of a passage."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How the words of a passage stand in the new text, compared with the old one."""

    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Reanchored:
    """Where a passage stands now: code points of the new text, or None where it is gone.

    `exact` are the same words at the same start and `moved` the same words at another one;
    typography (quotes, dashes, spaces) is not told apart, capitals are. `score` is 1 for both,
    0 for `orphaned`, and for `changed` the part of the words of both texts that is the same.
    """

    start: int | None
    end: int | None
    status: Status
    score: float


ORPHANED = Reanchored(None, None, Status.ORPHANED, 0.0)
