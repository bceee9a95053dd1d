"""Cards: one annotation as the margin, the sheet, the summary and the shares show it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from annotations.models import Scope
from annotations.pages.fates import FateLine, fate_line
from annotations.pages.labels import Labels, labels
from annotations.passage import Link, Named, Passage
from reader import dates

if TYPE_CHECKING:
    from annotations.pages.answered import Answered
    from annotations.pages.corrections import Corrected

_OPENING = "“\"„«‘'‹「"


@dataclass(frozen=True, slots=True)
class Card:
    """`number` is the annotation's number on this page; `who` reads "Ana Reyes, for the ministry",
    and so do, as HTML that may have links, `who_html` (which begins with a capital) and
    `targets_html`.

    Everything is text already: templates convert and localise numbers and ids at each mention.
    """

    id: str
    number: str
    kind: str
    kind_label: str
    to_passage: str
    letter: str
    who: str
    who_html: str
    relayed_by: str
    targets: str
    targets_html: str
    words: str
    is_verbatim: bool
    wording_explained: str
    flags: str
    said_on: str
    facts: str
    facts_but_day: str
    claims: tuple["ClaimLine", ...]
    note: str
    note_is_public: bool
    may_edit: bool
    withdrawn: str
    reply_path: str
    fate: FateLine | None
    corrected: "Corrected | None"
    answered: "Answered | None"

    @property
    def heading(self) -> str:
        """ "Allegation by Ana Reyes against the harbour board", "Unattributed denial" """
        if self.who == labels().unattributed:
            start = labels().unattributed_kinds[self.kind]
        else:
            start = _("%(kind)s by %(who)s") % {"kind": self.kind_label, "who": self.who}
        if not self.targets:
            return start
        return _("%(allegation)s against %(targets)s") % {
            "allegation": start,
            "targets": self.targets,
        }


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """How the annotation stands to a claim: "alleges" or "denies", how much, and which. `path` is
    the claim's page, where the card may lead there."""

    verb: str
    statement: str
    qualifier: str
    path: str


def card(
    passage: Passage,
    number: int,
    *,
    member: bool,
    may_edit: bool,
    withdrawn: str = "",
    reply_path: str = "",
    revisions_path: str = "",
    review_path: str = "",
    who_html: str = "",
    targets_html: str = "",
    to_claim: Callable[[int], str] | None = None,
    called: Labels | None = None,
    corrected: "Corrected | None" = None,
    answered: "Answered | None" = None,
) -> Card:
    """The card of a passage; internal notes and names are left out for readers.

    Args:
        withdrawn: why the passage is withdrawn from public view, for members.
        reply_path: where readers can answer it.
        revisions_path: where those who may can see earlier texts of the article.
        review_path: where those who may edit it decide about changes of the article.
        who_html: who says it, and against whom, with links; without it, the plain names.
        to_claim: the address of a claim's page, by its id; without it, claims lead nowhere.
        called: the labels, from who makes many cards.
        corrected: what was corrected since readers could see it.
        answered: what is said to the allegation, where nothing else beside the card says so.
    """
    called = called or labels()
    shows_note = member or passage.note_public
    relayed_by = names(passage.relayed_by, called)
    said_on = dates.show(passage.said_on, "day")
    flags = ", ".join(called.flags[flag] for flag in passage.flags)
    said_by, against = who(passage, called), names(passage.targets, called)
    day = said_on and called.said_on % {"date": said_on}
    facts = [
        "" if passage.is_placed or passage.fate else called.unplaced,
        called.wordings[passage.wording],
        passage.cue and f"“{passage.cue}”",
        relayed_by and called.relayed_by % {"names": relayed_by},
        day,
        flags,
        passage.annotator if member else "",
    ]
    return Card(
        id=str(passage.id),
        number=str(number),
        kind=passage.kind,
        kind_label=called.kinds[passage.kind],
        to_passage=called.to_passage % {"kind": called.kinds[passage.kind], "number": number},
        letter=passage.kind[0].upper(),
        who=said_by,
        who_html=who_html or escape(capfirst(said_by)),
        relayed_by=relayed_by,
        targets=against,
        targets_html=targets_html or escape(against),
        words=words(passage),
        is_verbatim=passage.is_verbatim,
        wording_explained=called.explained.get(passage.wording, ""),
        flags=flags,
        said_on=said_on,
        facts=" · ".join(filter(None, facts)),
        facts_but_day=" · ".join(fact for fact in facts if fact and fact != day),
        claims=tuple(_claim_line(passage.kind, link, called, to_claim) for link in passage.links),
        note=passage.note if shows_note else "",
        note_is_public=passage.note_public,
        may_edit=may_edit,
        withdrawn=withdrawn,
        reply_path=reply_path,
        fate=fate_line(
            passage,
            member=member,
            revisions_path=revisions_path,
            review_path=review_path if may_edit else "",
        ),
        corrected=corrected,
        answered=answered,
    )


def words(passage: Passage) -> str:
    """The exact words as they may be shown: a verbatim passage stands in quotation marks, its own
    or ours; a paraphrase never gets any."""
    if passage.is_verbatim and passage.words[:1] not in _OPENING:
        return f"“{passage.words}”"
    return passage.words


def who(passage: Passage, called: Labels | None = None) -> str:
    """Who says it: "Ana Reyes and Bo Lind, for the ministry"; "unattributed" where nobody does."""
    called = called or labels()
    said = names(passage.speakers, called) or called.unattributed
    if not passage.on_behalf_of:
        return said
    behind = names(passage.on_behalf_of, called)
    return called.on_behalf_of % {"speakers": said, "names": behind}


def names(several: tuple[Named, ...], called: Labels | None = None) -> str:
    """Their names in one text; empty where there are none."""
    return listed([one.name for one in several], called)


def listed(several: Sequence[str], called: Labels | None = None) -> str:
    """ "A", "A and B", "A, B and C"; empty where there are none."""
    *most, last = several or [""]
    if not most:
        return last
    return (called or labels()).several % {"names": ", ".join(most), "last": last}


def qualifier(link: Link, called: Labels | None = None) -> str:
    """What limits a link: "part of it: the second spill; unsure"."""
    called = called or labels()
    scope = "" if link.scope == Scope.WHOLE else called.scopes[link.scope]
    if scope and link.part:
        scope = f"{scope}: {link.part}"
    return "; ".join(filter(None, [scope, called.unsure if link.unsure else ""]))


def _claim_line(
    kind: str, link: Link, called: Labels, to_claim: Callable[[int], str] | None
) -> ClaimLine:
    path = to_claim(link.claim_id) if to_claim else ""
    return ClaimLine(called.verbs[kind], link.statement, qualifier(link, called), path)
