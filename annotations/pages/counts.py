"""How many annotations of each kind, as badges show it."""

from collections.abc import Mapping
from dataclasses import dataclass

from annotations.models import Kind

_PLURALS = {Kind.QUOTE: "quotes", Kind.ALLEGATION: "allegations", Kind.DENIAL: "denials"}


@dataclass(frozen=True, slots=True)
class KindCount:
    """ "3 allegations", with the letter of its badge."""

    kind: str
    letter: str
    label: str
    count: int


def kind_counts(found: Mapping[str, int]) -> list[KindCount]:
    """Every kind in its order, those without annotations too."""
    return [
        KindCount(
            kind=kind.value,
            letter=kind.value[0].upper(),
            label=kind.value if found.get(kind, 0) == 1 else _PLURALS[kind],
            count=found.get(kind, 0),
        )
        for kind in Kind
    ]
