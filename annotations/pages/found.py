"""Passages that a search found, ready to show: an allegation always comes with its answers."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from annotations.pages.cards import card, words
from annotations.pages.summary import Entry, entry
from annotations.passage import Passage
from annotations.paths import InProject
from annotations.queries.answers import accusations_across
from annotations.queries.corrections import corrections
from annotations.queries.replies import replies_to
from annotations.queries.searching import FoundPassage
from reader import dates
from reader.models import Project
from reader.search.snippets import Marked, Piece


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage with the words that were searched for marked in it. `answered` says what stands
    against an allegation, or that nothing does; it is None for quotes and denials only.

    `heading` reads "Allegation by Ida Voss against the works"; `denials` are the ids of the denials
    that `answered` shows. `corrected` is the day on which readers were told otherwise than before,
    if any: what they were told stands at `path`.
    """

    id: UUID
    kind: str
    kind_label: str
    letter: str
    heading: str
    who: str
    is_attributed: bool
    targets: str
    flags: str
    words: Marked
    path: str
    title: str
    article_path: str
    publication: str
    published: str
    project: Project
    answered: Entry | None
    denials: tuple[UUID, ...] = ()
    corrected: str = ""


def shown_passages(found: Sequence[FoundPassage], member_of: Collection[int]) -> list[ShownPassage]:
    """The passages in their order: four queries where there are allegations, none else, five where
    something is withdrawn from public view; and one where something was corrected.

    Args:
        found: asked for `for_readers` where there are others than those of `member_of`.
        member_of: ids of the projects whose withdrawn denials may be shown, too, and of whose
            corrections nothing is told: members see the history.
    """
    by_project: dict[int, list[Passage]] = defaultdict(list)
    for one in found:
        by_project[one.project.pk].append(one.passage)
    accused = accusations_across(by_project, member_of)
    said = replies_to(accused) if accused else {}
    corrected = corrections([one.passage for one in found if one.project.pk not in member_of])
    shown = []
    for one in found:
        ways, accusation = InProject(one.project), accused.get(one.passage.id)
        answered: Entry | None = None
        denials: tuple[UUID, ...] = ()
        if accusation:
            answered = entry(ways, accusation, said, one.passage.source.id)
            beside = [answer.denial for answer in accusation.answers]
            denials = tuple(denial.id for denial in (*beside, *accusation.apart))
        changed = corrected.get(one.passage.id)
        on = dates.show(changed.on, "day") if changed else ""
        shown.append(replace(_shown(ways, one, answered, denials), corrected=on))
    return shown


def _shown(
    ways: InProject, found: FoundPassage, answered: Entry | None, denials: tuple[UUID, ...]
) -> ShownPassage:
    passage, source = found.passage, found.passage.source
    said = card(passage, 1, member=False, may_edit=False)
    return ShownPassage(
        id=passage.id,
        kind=passage.kind,
        kind_label=said.kind_label,
        letter=said.letter,
        heading=said.heading,
        who=said.who,
        is_attributed=bool(passage.speakers),
        targets=said.targets,
        flags=said.flags,
        words=_as_said(passage, found.words),
        path=ways.to_passage(source.id, passage.id),
        title=source.title,
        article_path=ways.to_article(source.id),
        publication=source.publication,
        published=dates.show(source.published_on, source.published_precision),
        project=found.project,
        answered=answered,
        denials=denials,
    )


def _as_said(passage: Passage, found: Marked) -> Marked:
    """In quotation marks where these are the speaker's own words, as everywhere."""
    if words(passage) == passage.words:
        return found
    return (Piece("“", False), *found, Piece("”", False))
