"""The rules of the ledger: who counts as alleging, and whom a denial speaks for.

The ledger of a project is its claims, each with who alleges, who denies, in which words, since
when. Postgres does the counting (`annotations.queries.ledger`), by these rules.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from annotations.answers import Gone
from annotations.passage import Named, Passage


class Part(StrEnum):
    """The part that a passage has in a claim. Only who `alleges` is counted as alleging; a
    `relayed` report passes an allegation on and is nobody's (CODEBOOK: speaker), nor is a
    `mention`; a `quote` is neither allegation nor denial."""

    ALLEGES = "alleges"
    RELAYED = "relayed"
    MENTION = "mention"
    DENIES = "denies"
    QUOTE = "quote"


def part_of(kind: str, flags: Collection[str], *, has_speakers: bool, is_relayed: bool) -> Part:
    """Which part a passage of this kind, with these flags, has in the claims that it is linked to.

    Args:
        has_speakers: somebody is recorded as saying it.
        is_relayed: somebody is recorded as passing it on.
    """
    if kind == "denial":
        return Part.DENIES
    if kind == "quote":
        return Part.QUOTE
    if "mention" in flags:
        return Part.MENTION
    return Part.RELAYED if is_relayed and not has_speakers else Part.ALLEGES


def answering(several: Iterable[tuple[Part, frozenset[int]]]) -> list[bool]:
    """Which of a claim's passages, each with the ids of its speakers, are denials that answer it.

    None does that is by everybody's own: somebody else must have been heard alleging the claim
    (else, where nobody does, reporting or mentioning it). Where nothing of the kind is recorded,
    all denials count.
    """
    several = list(several)
    alleged = {speakers for part, speakers in several if part == Part.ALLEGES}
    told = {speakers for part, speakers in several if part in {Part.RELAYED, Part.MENTION}}
    heard = alleged or told
    return [
        part == Part.DENIES and (not heard or any(not one & speakers for one in heard))
        for part, speakers in several
    ]


class Voice(StrEnum):
    """Who answers."""

    ACCUSED = "accused"
    FOR_ACCUSED = "for_accused"
    THIRD_PARTY = "third_party"
    UNATTRIBUTED = "unattributed"
    UNKNOWN = "unknown"


def voice(denial: Passage, accused: Collection[int]) -> Voice:
    """Whether a denial comes from the accused, from somebody who speaks for them, or from others;
    unknown where nobody is recorded as accused.

    Args:
        accused: ids of the targets.
    """
    if denial.speaker_ids & set(accused):
        return Voice.ACCUSED
    if {one.id for one in denial.on_behalf_of} & set(accused):
        return Voice.FOR_ACCUSED
    if not denial.speakers and not denial.on_behalf_of:
        return Voice.UNATTRIBUTED
    return Voice.THIRD_PARTY if accused else Voice.UNKNOWN


@dataclass(frozen=True, slots=True)
class Point:
    """So many allegations or denials at one time, for a timeline."""

    part: Part
    on: date
    precision: str
    number: int


@dataclass(frozen=True, slots=True)
class Account:
    """A claim as the ledger gives account of it.

    Articles and publications are those in which somebody alleges it. `accused` are the targets of
    those who allege it, or, where nobody does, of the reports and mentions. `first_alleged` is the
    first passage in which somebody alleges it, else the first report or mention; `first_denied`
    the first of the denials that answer it. `gone` are denials that answered it and are
    shown no longer. `undated` counts allegations and denials without any date.
    """

    id: int
    statement: str
    accusers: tuple[Named, ...]
    accused: tuple[Named, ...]
    relayers: tuple[Named, ...]
    deniers: tuple[Named, ...]
    allegations: int
    unattributed: int
    relayed: int
    mentions: int
    articles: int
    publications: int
    denials: int
    undated: int
    first_alleged: UUID | None
    first_denied: UUID | None
    points: tuple[Point, ...]
    gone: tuple[Gone, ...]
    sought: str
    sought_on: date | None

    @property
    def is_recorded(self) -> bool:
        """Whether an allegation is recorded at all: made, passed on, or referred to."""
        return bool(self.allegations or self.relayed or self.mentions)

    @property
    def is_unanswered(self) -> bool:
        """Whether an allegation is recorded, and no denial of it ever was."""
        return self.is_recorded and not self.denials and not self.gone


@dataclass(frozen=True, slots=True)
class Totals:
    """Of all the claims of a ledger, whatever is looked for. `alleged` counts those that somebody
    alleges, `unanswered` those without a denial, `answered` those with one."""

    claims: int = 0
    alleged: int = 0
    answered: int = 0
    unanswered: int = 0
    sought: int = 0
    declined: int = 0
    replied: int = 0

    @property
    def neither(self) -> int:
        """Those that have no denial now and yet are not unanswered: theirs has gone, or nobody was
        ever read to allege them."""
        return self.claims - self.answered - self.unanswered

    @property
    def not_sought(self) -> int:
        return self.claims - self.sought - self.declined - self.replied
