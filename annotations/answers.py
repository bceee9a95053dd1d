"""What the accused say: which denials stand beside which allegation.

An allegation never leaves the site alone (docs/decisions.md). Every page, share and export for
people asks `accusations` in `annotations.queries.answers`, which decides by the rules here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from annotations.passage import Link, Passage


@dataclass(frozen=True, slots=True)
class Reading:
    """What a project has read so far, for the words "no denial recorded in this project"."""

    articles: int
    latest: date | None
    latest_precision: str


@dataclass(frozen=True, slots=True)
class Said:
    """A reply that the project's curators have published: signed and dated."""

    name: str
    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Answer:
    """A denial of one claim that an allegation asserts, with how it denies it."""

    denial: Passage
    link: Link


class Left(StrEnum):
    """How a denial that readers saw beside an allegation came to stand there no longer: its marking
    was deleted, a curator withdrew it from public view, its link to the claim was taken away, it
    was no denial after all, the allegation went to another claim without it, or it turned out to
    be the accuser's own."""

    DELETED = "deleted"
    WITHDRAWN = "withdrawn"
    UNLINKED = "unlinked"
    CHANGED = "changed"
    PARTED = "parted"
    TURNED = "turned"


@dataclass(frozen=True, slots=True)
class Gone:
    """A denial of a claim that readers saw once and see no longer. Whose it was, and in which
    words, is no longer said; `reason` may be empty. One that answered an allegation by a claim
    which that is linked to no more is gone for this allegation, which it stood `beside`, alone;
    `claim_id` is then a claim of the allegation, None where it has none since."""

    id: UUID
    claim_id: int | None
    speaker_ids: frozenset[int]
    recorded_on: date
    on: date
    how: Left
    reason: str
    beside: UUID | None = None


@dataclass(frozen=True, slots=True)
class Accusation:
    """An allegation with the denials linked to it, and those in its article that are not.

    `gone` are denials that were linked to one of its claims, or to one that it had, and are so, or
    shown, no longer.
    """

    allegation: Passage
    answers: tuple[Answer, ...]
    apart: tuple[Passage, ...]
    reading: Reading
    gone: tuple[Gone, ...] = ()

    @property
    def missing(self) -> tuple[Gone, ...]:
        """Those of `gone` that answer it no more in any way: where they are the only ones, it would
        be wrong to say that none is recorded."""
        shown = {one.denial.id for one in self.answers}
        return each_once(one for one in self.gone if one.id not in shown)


def answer(
    allegations: Iterable[Passage],
    denials: Sequence[Passage],
    reading: Reading,
    gone: Sequence[Gone] = (),
) -> list[Accusation]:
    """Put denials beside allegations.

    A denial answers an allegation when both are linked to the same claim and it isn't by the
    allegation's own speaker. Another denial in the same article stands apart, also never the
    speaker's own. Answers stand by the dates of their articles, undated ones last.

    Args:
        denials: those that are shown.
        gone: those that are not to be shown, only told of: under the same rule as the others.
    """
    found = []
    for allegation in allegations:
        answers, apart = _sorted_out(allegation, denials)
        left = tuple(
            one
            for one in gone
            if _was_beside(one, allegation) and not one.speaker_ids & allegation.speaker_ids
        )
        found.append(Accusation(allegation, tuple(answers), tuple(apart), reading, left))
    return found


def _was_beside(gone: Gone, allegation: Passage) -> bool:
    if gone.beside:
        return gone.beside == allegation.id
    return gone.claim_id in allegation.claim_ids


def each_once(gone: Iterable[Gone]) -> tuple[Gone, ...]:
    """Each denial once, however many claims it denied, in the order in which they went."""
    in_order = sorted(gone, key=lambda one: (one.on, one.recorded_on, one.id))
    return tuple({one.id: one for one in reversed(in_order)}.values())[::-1]


def _sorted_out(
    allegation: Passage, denials: Sequence[Passage]
) -> tuple[list[Answer], list[Passage]]:
    answers: list[Answer] = []
    apart: list[Passage] = []
    for denial in denials:
        if denial.kind != "denial" or denial.speaker_ids & allegation.speaker_ids:
            continue
        links = [link for link in denial.links if link.claim_id in allegation.claim_ids]
        if links:
            answers.append(Answer(denial, links[0]))
        elif denial.source.id == allegation.source.id:
            apart.append(denial)
    answers.sort(key=lambda one: one.denial.source.published_on or date.max)
    return answers, apart
