"""A claim's page: who alleges it, who denies it, since when, in which words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _, ngettext

from annotations.answers import Accusation, Answer
from annotations.ledger import Account, Part, voice
from annotations.models import Annotation, Claim
from annotations.pages import preview
from annotations.pages.cards import Card, card, qualifier
from annotations.pages.corrections import corrected as corrected_words
from annotations.pages.labels import Labels, labels
from annotations.pages.layers import excerpts, numbered, spans
from annotations.pages.ledger import Row, rows, when
from annotations.pages.ledger_words import voice_words, when_words
from annotations.pages.linked_names import linked_heading
from annotations.pages.preview import Preview
from annotations.pages.summary import Entry, Line, entry, line
from annotations.pages.timeline import Timed, Timeline, timeline
from annotations.pages.wordings import Wording, wordings
from annotations.passage import Passage
from annotations.paths import InProject, Ways, ledger_path
from annotations.queries.answers import accusations, reading
from annotations.queries.claims import Linked, linked, texts_of
from annotations.queries.corrections import corrections
from annotations.queries.passages import passages
from annotations.queries.replies import published_replies
from reader.access import Seat
from reader.models import Project

PAGE = 50
"""Passages on a page."""

LANES = 12
"""Publications with a lane of their own; the others share one."""


@dataclass(frozen=True, slots=True)
class Told:
    """A passage of the claim, in its sentence. `heading` and `parts` are HTML. An allegation has
    its `entry`, a denial says whose answer it is; `besides` answer something else that the
    allegation alleges. `qualifier` is how much of the claim it means, `aside` why it counts for
    nobody. Where no `path` leads to the passage, the original is at `url`."""

    card: Card
    heading: str
    part: str
    when: str
    where: str
    title: str
    url: str
    path: str
    parts: list[str]
    qualifier: str
    aside: str
    voice: str
    entry: Entry | None
    besides: tuple[Line, ...]
    is_public: bool


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """`number` is that of this page of passages, from 1, `pages` how many there are."""

    seat: Seat
    project: Project
    claim: Claim
    row: Row
    timeline: Timeline | None
    undated: str
    told: list[Told]
    wordings: list[Wording]
    number: int
    pages: int
    preview: Preview
    ledger_path: str
    reply_path: str


def claim_page(
    seat: Seat, claim: Claim, account: Account, number: int = 1, ways: Ways | None = None
) -> ClaimPage:
    """The page as the visitor may see it, in a constant number of queries.

    Args:
        claim: one that was not merged into another.
        account: of the claim, as this visitor sees it.
        number: of the page of passages; the last one where there are not so many.
        ways: where its links may lead; without it, anywhere in the project.
    """
    project, public = seat.project, not seat.is_member
    ways, called, read = ways or InProject(project), labels(), reading(project)
    everything = linked(claim, public=public)
    pages = max(1, -(-len(everything) // PAGE))
    number = min(max(number, 1), pages)
    shown = everything[(number - 1) * PAGE : number * PAGE]
    found = {one.id: one for one in passages(_those(shown), for_readers=public)}
    in_order = [found[one.id] for one in shown if one.id in found]
    accused = {one.allegation.id: one for one in accusations(project, in_order, public=public)}
    (row,) = rows(seat, [account], read, ways=ways)
    return ClaimPage(
        seat=seat,
        project=project,
        claim=claim,
        row=row,
        timeline=timeline(_timed(everything, number)),
        undated=_undated(everything),
        told=_told(seat, ways, account, shown, in_order, accused, called),
        wordings=wordings(
            [
                (found[one.id], line(ways, found[one.id], None, called=called))
                for one in shown
                if one.part == Part.ALLEGES and one.id in found
            ]
        ),
        number=number,
        pages=pages,
        preview=preview.of_claim(
            account.statement,
            row.accusers,
            row.denial.line.who if row.denial else "",
            row.silence,
            row.gone,
            note=row.denial.line.qualifier if row.denial else "",
        ),
        ledger_path=ledger_path(project),
        reply_path=ways.to_reply(),
    )


def _those(several: Sequence[Linked]) -> QuerySet[Annotation]:
    return Annotation.objects.filter(pk__in=[one.id for one in several])


def _told(
    seat: Seat,
    ways: Ways,
    account: Account,
    shown: Sequence[Linked],
    in_order: Sequence[Passage],
    accused: dict[UUID, Accusation],
    called: Labels,
) -> list[Told]:
    project, ids = seat.project, [one.id for one in in_order]
    texts, numbers = texts_of(ids), numbered(in_order)
    replies = published_replies(project, ids)
    light = {one.id: one for one in shown}
    targets = [one.id for one in account.accused]
    corrected = corrections(in_order)
    told = []
    for passage in in_order:
        one = light[passage.id]
        accusation = accused.get(passage.id)
        (link,) = (link for link in passage.links if link.claim_id == account.id)
        to_this, besides = _answers(ways, accusation, account.id, called)
        told.append(
            Told(
                card=card(
                    passage,
                    numbers[passage.id],
                    member=False,
                    may_edit=False,
                    called=called,
                    corrected=corrected_words(corrected.get(passage.id), called),
                ),
                heading=linked_heading(passage, ways, called),
                part=one.part.value,
                when=when_words(when(passage)),
                where=passage.source.publication,
                title=passage.source.title,
                url=passage.source.url,
                path=ways.to_passage(passage.source.id, passage.id),
                parts=excerpts(texts[passage.id], spans([passage], numbers)),
                qualifier=qualifier(link, called),
                aside=_aside(one),
                voice=voice_words(voice(passage, targets)) if one.answers else "",
                entry=entry(ways, to_this, replies, passage.source.id, called) if to_this else None,
                besides=besides,
                is_public=one.is_public,
            )
        )
    return told


def _answers(
    ways: Ways, accusation: Accusation | None, claim_id: int, called: Labels
) -> tuple[Accusation | None, tuple[Line, ...]]:
    """What is said to an allegation as far as it alleges this claim; and what to its others."""
    if accusation is None:
        return None, ()
    to_this, besides = [], []
    for one in accusation.answers:
        links = [link for link in one.denial.links if link.claim_id == claim_id]
        if links:
            to_this.append(Answer(one.denial, links[0]))
        else:
            besides.append(line(ways, one.denial, accusation.allegation.source.id, called=called))
    gone = tuple(one for one in accusation.gone if one.claim_id == claim_id)
    return replace(accusation, answers=tuple(to_this), gone=gone), tuple(besides)


def _aside(one: Linked) -> str:
    if one.part == Part.DENIES and not one.answers:
        return _("By who alleges the same: counted as no answer.")
    return {
        Part.RELAYED: _("A report passed on: counted for nobody."),
        Part.MENTION: _("A mention of the allegation: counted for nobody."),
        Part.QUOTE: _("A quote: neither alleges nor denies it."),
    }.get(one.part, "")


def _is_drawn(one: Linked) -> bool:
    """What is counted has its mark on the timeline."""
    return one.part == Part.ALLEGES or one.answers


def _timed(everything: Sequence[Linked], number: int) -> list[Timed]:
    """Those that are dated, each with the address of its place in the list."""
    names: dict[str, None] = {}
    timed = []
    for place, one in enumerate(everything):
        if one.when is None or not _is_drawn(one):
            continue
        name = one.publication or _("No publication named")
        if len(names) < LANES:
            names.setdefault(name)
        page = place // PAGE + 1
        timed.append(
            Timed(
                part=one.part,
                lane=name if name in names else _("Other publications"),
                when=one.when,
                path=f"{'' if page == number else f'?page={page}'}#c-{one.id}",
            )
        )
    return timed


def _undated(everything: Sequence[Linked]) -> str:
    undated = sum(one.when is None and _is_drawn(one) for one in everything)
    if not undated:
        return ""
    return ngettext(
        "%(number)s passage is undated: it stands at the end of the list, and not here.",
        "%(number)s passages are undated: they stand at the end of the list, and not here.",
        undated,
    ) % {"number": undated}
