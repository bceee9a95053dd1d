"""What pages say of a passage that was corrected after readers could see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from annotations.corrections import Correction, State
from annotations.models import AttributionRole
from annotations.pages.cards import qualifier
from annotations.pages.labels import Labels, labels
from annotations.passage import Link
from reader import dates


@dataclass(frozen=True, slots=True)
class Was:
    """What was said until a day, where it differs from what is said now: label, words."""

    until: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """The day of the last correction, and what was said before, the oldest first."""

    on: str
    earlier: tuple[Was, ...]


def corrected(correction: Correction | None, called: Labels | None = None) -> Corrected | None:
    """None for a passage of which the same is said as ever. Neither who changed it nor internal
    notes are told."""
    if correction is None:
        return None
    called = called or labels()
    now = _said(correction.now, called)
    return Corrected(
        on=dates.show(correction.on, "day"),
        earlier=tuple(
            Was(dates.show(one.until, "day"), _differing(_said(one.state, called), now))
            for one in correction.earlier
        ),
    )


def _differing(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (label, said or _("nothing")) for label, said in then.items() if said != now[label]
    )


def _said(state: State, called: Labels) -> dict[str, str]:
    """Everything that is said, by labels."""
    return {
        _("Kind"): called.kinds[state.kind],
        _("Words"): state.words,
        **{str(role.label): _names(state.called(role)) for role in AttributionRole},
        _("Claims"): "; ".join(sorted(_claim(one, called) for one in state.links)),
        _("Wording"): called.wordings[state.wording],
        _("Flags"): ", ".join(called.flags[flag] for flag in state.flags),
        _("Cue"): state.cue,
        _("Said on"): dates.show(state.said_on, "day"),
        _("Note"): state.note,
    }


def _names(names: Sequence[str]) -> str:
    return "; ".join(name or _("a name that is no longer shown") for name in names)


def _claim(link: Link, called: Labels) -> str:
    limits = qualifier(link, called)
    statement = link.statement or _("a claim that is no longer shown")
    return f"{statement} ({limits})" if limits else statement
