"""An annotation as pages, shares and exports show it: plain values, no database behind them."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from annotations.fates import Fate


class Piece(NamedTuple):
    """A fragment: code points `start` to `end` of the revision's text, and the words marked.

    `start` and `end` are None where the words could not be placed in the revision shown.
    """

    start: int | None
    end: int | None
    exact: str


class Named(NamedTuple):
    """A speaker as read today (after merging), by the name the project uses."""

    id: int
    name: str


class Link(NamedTuple):
    """How an annotation stands to a claim (after merging)."""

    claim_id: int
    statement: str
    scope: str
    part: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class Source:
    """The article a passage stands in, with no more than it says of itself."""

    id: UUID
    title: str
    publication: str
    url: str
    published_on: date | None
    published_precision: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One annotation with everything that is said about it.

    `fate` is what became of it when the article changed; `marked` are the words as they were
    marked, where `pieces` have others. `changed_in_public` is whether anything of it may have been
    changed since readers could see it; only pages for readers ask.
    """

    id: UUID
    kind: str
    wording: str
    cue: str
    flags: tuple[str, ...]
    note: str
    note_public: bool
    said_on: date | None
    version: int
    created_at: datetime
    annotator_id: int | None
    annotator: str
    pieces: tuple[Piece, ...]
    speakers: tuple[Named, ...]
    on_behalf_of: tuple[Named, ...]
    relayed_by: tuple[Named, ...]
    targets: tuple[Named, ...]
    links: tuple[Link, ...]
    source: Source
    fate: Fate | None = None
    marked: str = ""
    changed_in_public: bool = False

    @property
    def words(self) -> str:
        """The exact words as they were marked; fragments are joined by an ellipsis in brackets."""
        return self.marked or " […] ".join(piece.exact for piece in self.pieces)

    @property
    def speaker_ids(self) -> frozenset[int]:
        return frozenset(one.id for one in self.speakers)

    @property
    def claim_ids(self) -> frozenset[int]:
        return frozenset(link.claim_id for link in self.links)

    @property
    def reads(self) -> str:
        """A fingerprint of whom and which claims it names, as they are called today. It changes
        when a speaker or claim gets another name, is merged or taken apart, which is no change of
        the annotation's own."""
        roles = (self.speakers, self.on_behalf_of, self.relayed_by, self.targets)
        named = [*roles, [(one.claim_id, one.statement) for one in self.links]]
        return sha256(repr(named).encode()).hexdigest()[:16]

    @property
    def start(self) -> int:
        """Where it begins, for order on the page; words without a place come first."""
        return min((piece.start for piece in self.pieces if piece.start is not None), default=0)

    @property
    def is_placed(self) -> bool:
        """Whether any of its words stand in the revision shown."""
        return any(piece.start is not None for piece in self.pieces)

    @property
    def is_verbatim(self) -> bool:
        return self.wording == "verbatim"

    @property
    def alleges(self) -> bool:
        """True for an allegation that somebody makes: a mention refers to one and makes none."""
        return self.kind == "allegation" and "mention" not in self.flags
