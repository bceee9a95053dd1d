"""What the accused say: which denials stand beside which allegation.

An allegation never leaves the site alone (docs/decisions.md). Every page, share and export for
people asks `accusations` in `annotations.queries.answers`, which decides by the rules here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Accusation:
    """An allegation with the denials linked to it, and those in its article that are not.

    `withdrawn` counts the linked denials that a curator has taken from public view: where they are
    the only ones, it would be wrong to say that none is recorded.
    """

    allegation: Passage
    answers: tuple[Answer, ...]
    apart: tuple[Passage, ...]
    reading: Reading
    withdrawn: int = 0


def answer(
    allegations: Iterable[Passage],
    denials: Sequence[Passage],
    reading: Reading,
    withdrawn: Sequence[Passage] = (),
) -> list[Accusation]:
    """Put denials beside allegations.

    A denial answers an allegation when both are linked to the same claim and it isn't by the
    allegation's own speaker. Another denial in the same article stands apart, also never the
    speaker's own. Answers stand by the dates of their articles, undated ones last.

    Args:
        withdrawn: denials that are not to be shown, only counted.
    """
    found = []
    for allegation in allegations:
        answers, apart = _sorted_out(allegation, denials)
        hidden, _ = _sorted_out(allegation, withdrawn)
        found.append(Accusation(allegation, tuple(answers), tuple(apart), reading, len(hidden)))
    return found


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
