"""What a project's export says, whatever its format: plain values, no database behind them.

The fields stand in the order in which docs/formats.md describes them and JSON Lines writes them.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

FORMAT_VERSION = 1
"""Grows when a reader of the older format would misunderstand the newer one."""

OFFSET_UNIT = "codepoint"
"""Offsets count Unicode code points, as the W3C Web Annotation model asks for."""


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """Which article, and which text of it. All that is known is said; any part may find it again.

    `published_on` is as precise as the article was: "2021-03-29", "2021-03", "2021" or "".
    `text_sha256` is the hex digest, in UTF-8, of the text that offsets count in.
    """

    id: str = ""
    file_name: str = ""
    url: str = ""
    title: str = ""
    publication: str = ""
    published_on: str = ""
    revision: int | None = None
    text_sha256: str = ""


@dataclass(slots=True)
class FragmentRecord:
    """One contiguous piece of the words marked.

    `start` and `end` are certain in the text that the article's `text_sha256` names, else hints.
    `prefix` and `suffix` are the words around. `occurrence` (1 is the first) may stand in place
    of a position.
    """

    exact: str
    start: int | None = None
    end: int | None = None
    prefix: str = ""
    suffix: str = ""
    occurrence: int | None = None


@dataclass(slots=True)
class NameRecord:
    """Somebody as the annotation names them. `only_here`: an unnamed source of this article."""

    name: str
    type: str = ""
    only_here: bool = False


@dataclass(slots=True)
class LinkRecord:
    """How the annotation stands to a claim, named by its statement."""

    claim: str
    scope: str = "whole"
    part: str = ""
    unsure: bool = False


@dataclass(slots=True)
class AnnotatorRecord:
    email: str = ""
    name: str = ""


@dataclass(slots=True)
class ChangeRecord:
    """What became of the words when their article changed, in its newest text: `changed` or
    `orphaned`, since when, the `words` there now, and what a person decided about it."""

    status: str
    since: datetime
    words: str = ""
    decision: str = ""


@dataclass(slots=True, kw_only=True)
class AnnotationRecord:
    """One annotation with everything that is said about it. An empty `wording` is to be guessed.

    `change` is None where the words stand as they were marked; imports pass over it.
    """

    record: str = field(default="annotation", init=False)
    format: int = field(default=FORMAT_VERSION, init=False)
    id: str = ""
    project: str = ""
    kind: str
    article: ArticleRecord
    offset_unit: str = field(default=OFFSET_UNIT, init=False)
    fragments: tuple[FragmentRecord, ...]
    wording: str = ""
    cue: str = ""
    flags: tuple[str, ...] = ()
    speakers: tuple[NameRecord, ...] = ()
    on_behalf_of: tuple[NameRecord, ...] = ()
    relayed_by: tuple[NameRecord, ...] = ()
    targets: tuple[NameRecord, ...] = ()
    claims: tuple[LinkRecord, ...] = ()
    said_on: date | None = None
    note: str = ""
    note_public: bool = False
    annotator: AnnotatorRecord | None = None
    version: int = 1
    created_at: datetime | None = None
    updated_at: datetime | None = None
    origin: str = ""
    origin_id: str = ""
    change: ChangeRecord | None = None


@dataclass(slots=True, kw_only=True)
class SpeakerRecord:
    """Somebody as the project knows them. `article` is set for an unnamed source of that article;
    `merged_into` names the speaker that this one is read as."""

    record: str = field(default="speaker", init=False)
    format: int = field(default=FORMAT_VERSION, init=False)
    name: str
    type: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""
    article: ArticleRecord | None = None
    merged_into: str = ""


@dataclass(slots=True, kw_only=True)
class ClaimRecord:
    """A claim; `broader` and `merged_into` are statements of other claims."""

    record: str = field(default="claim", init=False)
    format: int = field(default=FORMAT_VERSION, init=False)
    statement: str
    broader: str = ""
    merged_into: str = ""


@dataclass(slots=True, kw_only=True)
class ProjectRecord:
    """What was exported, and when."""

    record: str = field(default="project", init=False)
    format: int = field(default=FORMAT_VERSION, init=False)
    slug: str
    name: str = ""
    description: str = ""
    guidelines: str = ""
    exported_at: datetime | None = None


Record = ProjectRecord | SpeakerRecord | ClaimRecord | AnnotationRecord
"""`record`, the first field of each, says which one it is."""
