"""The passages of a claim, to choose from."""

from dataclasses import dataclass
from uuid import UUID

from annotations.models import Annotation, Claim, Kind
from annotations.pages.labels import labels
from annotations.pages.summary import Line, line
from annotations.paths import InProject
from annotations.queries.claims import linked
from annotations.queries.passages import passages
from reader.access import Seat


@dataclass(frozen=True, slots=True)
class Choice:
    """A passage that may go to another claim; a denial may answer both."""

    id: UUID
    kind: str
    letter: str
    line: Line

    @property
    def is_denial(self) -> bool:
        return self.kind == Kind.DENIAL


def split_page(seat: Seat, claim: Claim) -> list[Choice]:
    """Every passage of a claim in the order of dates, in a constant number of queries."""
    in_order = [one.id for one in linked(claim, public=False)]
    found = {one.id: one for one in passages(Annotation.objects.filter(pk__in=in_order))}
    ways, called = InProject(seat.project), labels()
    return [
        Choice(
            id=id_,
            kind=found[id_].kind,
            letter=found[id_].kind[:1].upper(),
            line=line(ways, found[id_], None, called=called),
        )
        for id_ in in_order
        if id_ in found
    ]
