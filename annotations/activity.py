"""What was done in a project: events, and where a page of them goes on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Did(StrEnum):
    """What somebody did."""

    ADDED = "added"
    MARKED = "marked"
    IMPORTED = "imported"
    EDITED = "edited"
    LINKED = "linked"
    DELETED = "deleted"
    RESTORED = "restored"
    SHARED = "shared"
    WITHDREW = "withdrew"
    MERGED_CLAIM = "merged_claim"
    PARTED_CLAIM = "parted_claim"
    REWORDED_CLAIM = "reworded_claim"
    CHANGED_CLAIM = "changed_claim"
    MERGED_SPEAKER = "merged_speaker"
    PARTED_SPEAKER = "parted_speaker"
    REWORDED_SPEAKER = "reworded_speaker"
    CHANGED_SPEAKER = "changed_speaker"


class Source(StrEnum):
    """Which table knows of it; events of one moment are in the order of these letters."""

    ADDED = "a"
    CLAIM = "c"
    EDITED = "e"
    MARKED = "m"
    SHARED = "s"
    SPEAKER = "p"
    WITHDRAWN = "w"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done at one moment.

    `source` and `id` tell it from others of the same moment. `by` is a user's id; `by_command`
    says that no page of the site did it. `title` is that of the article, the statement of the claim
    or the name of the speaker; `into` what it was merged into. `article`, `annotation`, `claim`
    and `speaker` are ids of what is meant, as far as there are pages of it.
    """

    at: datetime
    source: Source
    id: int | UUID
    did: Did
    by: int | None
    by_command: bool = False
    title: str = ""
    into: str = ""
    article: UUID | None = None
    annotation: UUID | None = None
    claim: int | None = None
    speaker: int | None = None

    @property
    def place(self) -> "Place":
        """Where it stands among the others."""
        return Place(self.at, self.source, self.id)


@dataclass(frozen=True, slots=True)
class Place:
    """Behind which event a page goes on."""

    at: datetime
    source: Source
    id: int | UUID

    def __str__(self) -> str:
        return f"{self.at.isoformat()} {self.source} {self.id}"

    @staticmethod
    def parse(text: str) -> "Place | None":
        """Read what an address says; None for anything else."""
        at, source, id_ = (*text.split(), "", "", "")[:3]
        try:
            moment, known = datetime.fromisoformat(at), Source(source)
            named = UUID(id_) if known is Source.MARKED else int(id_[:18])
        except ValueError:
            return None
        return Place(moment, known, named) if moment.tzinfo else None
