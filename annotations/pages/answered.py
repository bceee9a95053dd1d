"""What a card says of the answers to its allegation: who sees the card alone sees both sides."""

from dataclasses import dataclass, replace

from annotations.answers import Accusation
from annotations.pages.labels import Labels
from annotations.pages.linked_names import linked_said_by
from annotations.pages.preview import shorten
from annotations.pages.summary import Entry, Line, more_denials
from annotations.paths import Ways

_WORDS = 90
"""Characters of the denial; a link leads to all of it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The first denial, one of the same article before others; its `said_by` has links. `more`
    counts the others. `gone` is said of denials that are shown no longer, `silence` where none ever
    was."""

    denial: Line | None
    more: str
    gone: tuple[str, ...]
    silence: str


def answered(ways: Ways, accusation: Accusation, said: Entry, called: Labels) -> Answered:
    """What the summary says of the same accusation (`said`), in short."""
    denial = None
    if said.answers:
        here = accusation.allegation.source.id
        first = min(accusation.answers, key=lambda one: one.denial.source.id != here)
        denial = replace(
            said.answers[0],
            said_by=linked_said_by(first.denial, ways, called),
            words=shorten(said.answers[0].words, _WORDS),
        )
    return Answered(denial, more_denials(len(said.answers[1:])), said.gone, said.silence)
