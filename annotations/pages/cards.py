"""Cards: one annotation as the margin, the sheet, the summary and the shares show it."""

from dataclasses import dataclass

from annotations.models import Flag, Kind, Scope, Wording
from annotations.passage import Link, Named, Passage
from reader import dates

KIND_LABELS = dict(Kind.choices)
FLAG_LABELS = {value: label.partition(":")[0] for value, label in Flag.choices}
WORDING_LABELS = {value: label.partition(":")[0] for value, label in Wording.choices}
SCOPE_LABELS = dict(Scope.choices)
_VERBS: dict[str, str] = {Kind.QUOTE: "on", Kind.ALLEGATION: "alleges", Kind.DENIAL: "denies"}
UNATTRIBUTED = "unattributed"
_OPENING = "“\"„«‘'‹「"


@dataclass(frozen=True, slots=True)
class Card:
    """`number` is the annotation's number on this page; `who` reads "Ana Reyes, for the ministry".

    Everything is text already: templates convert and localise numbers and ids at each mention.
    """

    id: str
    number: str
    kind: str
    kind_label: str
    letter: str
    who: str
    relayed_by: str
    targets: str
    words: str
    is_verbatim: bool
    wording_label: str
    flags: str
    said_on: str
    facts: str
    claims: tuple["ClaimLine", ...]
    note: str
    note_is_public: bool
    may_edit: bool
    withdrawn: str
    reply_path: str

    @property
    def heading(self) -> str:
        """ "Allegation by Ana Reyes against the harbour board", "Unattributed denial" """
        if self.who == UNATTRIBUTED:
            start = f"{UNATTRIBUTED.capitalize()} {self.kind_label.lower()}"
        else:
            start = f"{self.kind_label} by {self.who}"
        return f"{start} against {self.targets}" if self.targets else start


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """How the annotation stands to a claim: "alleges" or "denies", how much, and which."""

    verb: str
    statement: str
    qualifier: str


def card(
    passage: Passage,
    number: int,
    *,
    member: bool,
    may_edit: bool,
    withdrawn: str = "",
    reply_path: str = "",
) -> Card:
    """The card of a passage; internal notes and names are left out for readers.

    Args:
        withdrawn: why the passage is withdrawn from public view, for members.
        reply_path: where readers can answer it.
    """
    shows_note = member or passage.note_public
    relayed_by = names(passage.relayed_by)
    said_on = dates.show(passage.said_on, "day")
    flags = ", ".join(FLAG_LABELS[flag] for flag in passage.flags)
    facts = [
        "" if passage.is_placed else "not in the present text",
        WORDING_LABELS[passage.wording],
        passage.cue and f"“{passage.cue}”",
        relayed_by and f"relayed by {relayed_by}",
        said_on and f"said on {said_on}",
        flags,
        passage.annotator if member else "",
    ]
    return Card(
        id=str(passage.id),
        number=str(number),
        kind=passage.kind,
        kind_label=KIND_LABELS[passage.kind],
        letter=passage.kind[0].upper(),
        who=who(passage),
        relayed_by=relayed_by,
        targets=names(passage.targets),
        words=words(passage),
        is_verbatim=passage.is_verbatim,
        wording_label=WORDING_LABELS[passage.wording],
        flags=flags,
        said_on=said_on,
        facts=" · ".join(filter(None, facts)),
        claims=tuple(_claim_line(passage.kind, link) for link in passage.links),
        note=passage.note if shows_note else "",
        note_is_public=passage.note_public,
        may_edit=may_edit,
        withdrawn=withdrawn,
        reply_path=reply_path,
    )


def words(passage: Passage) -> str:
    """The exact words as they may be shown: a verbatim passage stands in quotation marks, its own
    or ours; a paraphrase never gets any."""
    if passage.is_verbatim and passage.words[:1] not in _OPENING:
        return f"“{passage.words}”"
    return passage.words


def who(passage: Passage) -> str:
    """Who says it: "Ana Reyes and Bo Lind, for the ministry"; "unattributed" where nobody does."""
    said = names(passage.speakers) or UNATTRIBUTED
    return f"{said}, for {names(passage.on_behalf_of)}" if passage.on_behalf_of else said


def names(several: tuple[Named, ...]) -> str:
    """ "A", "A and B", "A, B and C"; empty where there are none."""
    *most, last = [one.name for one in several] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def qualifier(link: Link) -> str:
    """What limits a link: "part of it: the second spill; unsure"."""
    scope = "" if link.scope == Scope.WHOLE else SCOPE_LABELS[link.scope].lower()
    if scope and link.part:
        scope = f"{scope}: {link.part}"
    return "; ".join(filter(None, [scope, "unsure" if link.unsure else ""]))


def _claim_line(kind: str, link: Link) -> ClaimLine:
    return ClaimLine(_VERBS[kind], link.statement, qualifier(link))
