"""Corrections: what was said of a passage in public before it was changed.

The database keeps rows as they were before each change (`annotations.queries.corrections`). What
readers saw is found by taking the changes back, the last one first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from annotations.passage import Link, Named, Passage


@dataclass(frozen=True, slots=True)
class State:
    """All that readers are told of a passage. `note` is empty where it is internal. Names and
    claims are as they are read today: renaming or merging them corrects no passage. One that
    readers see nowhere (any more) is without name or statement."""

    kind: str
    words: str
    wording: str
    cue: str
    flags: tuple[str, ...]
    said_on: date | None
    note: str
    names: frozenset[tuple[str, Named]]
    links: frozenset[Link]

    def called(self, role: str) -> tuple[str, ...]:
        """The names of those who have this role, by the alphabet."""
        return tuple(sorted({one.name for of, one in self.names if of == role}))


@dataclass(frozen=True, slots=True)
class Change:
    """A row as the database kept it. `part` is "annotation", "name", "link" or "piece", `label`
    "insert", "update" or "delete"; `number` counts on. `at` is when its transaction began: changes
    of one save have the same. What is in `row` depends on the part:

    - annotation: kind, wording, cue, flags, said_on, note (empty where it was internal)
    - name: role, speaker's id, name
    - link: the fields of `Link`
    - piece: position, words
    """

    part: str
    label: str
    at: datetime
    number: int
    row: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was said until that day."""

    until: date
    state: State


@dataclass(frozen=True, slots=True)
class Correction:
    """The day of the last change, what was said before, oldest first, and what is said now."""

    on: date
    earlier: tuple[Earlier, ...]
    now: State


def state_of(passage: Passage) -> State:
    """What is said of a passage now."""
    roles = {
        "speaker": passage.speakers,
        "on_behalf_of": passage.on_behalf_of,
        "relayed_by": passage.relayed_by,
        "target": passage.targets,
    }
    return State(
        kind=passage.kind,
        words=passage.words,
        wording=passage.wording,
        cue=passage.cue,
        flags=passage.flags,
        said_on=passage.said_on,
        note=passage.note if passage.note_public else "",
        names=frozenset((role, one) for role, several in roles.items() for one in several),
        links=frozenset(passage.links),
    )


def correction_of(now: State, changes: Iterable[Change]) -> Correction | None:
    """What the changes corrected; None where all is said as before. What was undone counts for
    nothing: between two states that are the same, nothing is told.

    Args:
        changes: all since readers could first see the passage, in any order.
    """
    in_order = sorted(changes, key=lambda one: (one.at, one.number))
    saves = [(at, list(save)) for at, save in groupby(in_order, key=lambda one: one.at)]
    states, state = [now], now
    for _, save in reversed(saves):
        state = _before(state, save)
        states.append(_without_note(state, now))
    said = [states[-1]]
    since = [date.min]
    for (at, _), after in zip(saves, states[-2::-1], strict=True):
        if after in said:
            place = said.index(after) + 1
            said, since = said[:place], since[:place]
        else:
            said.append(after)
            since.append(at.date())
    if len(said) == 1:
        return None
    earlier = tuple(Earlier(until, one) for until, one in zip(since[1:], said, strict=False))
    return Correction(since[-1], earlier, now)


def _without_note(state: State, now: State) -> State:
    """A note is told of only if it was public both then and now."""
    return state if state.note and now.note else replace(state, note=now.note)


def _before(state: State, save: Sequence[Change]) -> State:
    """What was said before a save."""
    names, links = set(state.names), set(state.links)
    pieces: dict[int, str] = {}
    for one in reversed(save):
        if one.part == "annotation":
            kind, wording, cue, flags, said_on, note = one.row
            state = replace(
                state,
                kind=kind,
                wording=wording,
                cue=cue,
                flags=tuple(flags),
                said_on=said_on,
                note=note,
            )
        elif one.part == "name" and one.label != "update":
            role, id_, name = one.row
            put = names.discard if one.label == "insert" else names.add
            put((role, Named(id_, name)))
        elif one.part == "link":
            link = Link(*one.row)
            links = {other for other in links if other.claim_id != link.claim_id}
            if one.label != "insert":
                links.add(link)
        elif one.part == "piece":
            position, words = one.row
            pieces[position] = words
    words = " […] ".join(pieces[position] for position in sorted(pieces)) or state.words
    return replace(state, words=words, names=frozenset(names), links=frozenset(links))
