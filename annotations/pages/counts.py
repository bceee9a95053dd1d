"""How many annotations of each kind, as badges show it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import ngettext

from annotations.models import Kind
from annotations.pages.labels import labels


@dataclass(frozen=True, slots=True)
class KindCount:
    """ "3 allegations", with the letter of its badge, and what the kind is called."""

    kind: str
    name: str
    letter: str
    label: str
    count: int


def kind_counts(found: Mapping[str, int]) -> list[KindCount]:
    """Every kind in its order, those without annotations too."""
    names = labels().kinds
    return [
        KindCount(
            kind=kind.value,
            name=names[kind],
            letter=kind.value[0].upper(),
            label=_label(kind, found.get(kind, 0)),
            count=found.get(kind, 0),
        )
        for kind in Kind
    ]


def _label(kind: Kind, count: int) -> str:
    if kind is Kind.QUOTE:
        return ngettext("quote", "quotes", count)
    if kind is Kind.ALLEGATION:
        return ngettext("allegation", "allegations", count)
    return ngettext("denial", "denials", count)
