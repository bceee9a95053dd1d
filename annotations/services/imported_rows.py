"""An imported row made ready to write: its article and words found, its fields checked."""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from annotations.formats.placing import NotPlaced, place
from annotations.formats.records import AnnotationRecord, LinkRecord, NameRecord
from annotations.models import (
    Annotation,
    Attribution,
    AttributionRole,
    ClaimLink,
    Flag,
    Origin,
    Scope,
)
from annotations.services.editing import Fields, check_fields
from annotations.services.found_articles import FoundArticles, uuid_of
from annotations.services.known_names import KnownNames, check_type
from annotations.services.places import Place, checked
from annotations.services.speakers import MAX_NAME, MAX_NAMES
from annotations.spans import Extent
from annotations.wording import MAX_STATEMENT, suggest_wording
from reader.models import Article, Project, Revision, User
from reader.services.errors import Refused

_LONGEST_ID = 200
_LONGEST_PART = 300


@dataclass(frozen=True, slots=True)
class Ready:
    """A row whose article and words are found.

    `own_id` is the row's id if it is one of ours, `new_id` the one it gets where that is taken:
    always the same for the same row in the same project, so that a second import finds it.
    `certain` means that the row was made with this very text.
    """

    line: int
    record: AnnotationRecord
    article: Article
    revision: Revision
    extents: tuple[Extent, ...]
    wording: str
    certain: bool
    own_id: UUID | None
    new_id: UUID

    @property
    def words(self) -> list[str]:
        return [self.revision.text[start:end] for start, end in self.extents]


def _roles(record: AnnotationRecord) -> dict[AttributionRole, tuple[NameRecord, ...]]:
    """Who has which part in what is said."""
    return {
        AttributionRole.SPEAKER: record.speakers,
        AttributionRole.ON_BEHALF_OF: record.on_behalf_of,
        AttributionRole.RELAYED_BY: record.relayed_by,
        AttributionRole.TARGET: record.targets,
    }


def make_ready(
    line: int, record: AnnotationRecord, project: Project, articles: FoundArticles
) -> Ready:
    """Find a row's article and words. Nothing is written.

    Raises:
        Refused: they are not found, or a field is not right.
    """
    article = articles.article(record.article)
    revision, certain = articles.text(article, record.article.text_sha256)
    certain = certain and all(None not in (one.start, one.end) for one in record.fragments)
    extents = checked(revision, _places(revision, record, certain))
    wording = record.wording or suggest_wording(revision.text, *extents[0])
    check_fields(Fields(record.kind, wording, cue=record.cue, flags=record.flags))
    _check_names_and_links(record)
    return Ready(
        line=line,
        record=record,
        article=article,
        revision=revision,
        extents=tuple(extents),
        wording=wording,
        certain=certain,
        own_id=uuid_of(record.id),
        new_id=uuid5(NAMESPACE_URL, f"on-record:{project.pk}:{article.pk}:{record.id or record}"),
    )


def annotation_of(ready: Ready, pk: UUID, project: Project, annotator: User | None) -> Annotation:
    """The row of the annotation, not saved. Under its own id it stays what it was; else it says
    where it came from."""
    record = ready.record
    origin, origin_id = Origin.IMPORT.value, record.origin_id or record.id
    if pk == ready.own_id and record.origin in Origin.values:
        origin, origin_id = record.origin, record.origin_id
    made = {"created_at": record.created_at} if record.created_at else {}
    return Annotation(
        id=pk,
        project=project,
        article=ready.article,
        annotator=annotator,
        kind=record.kind,
        wording=ready.wording,
        cue=record.cue,
        flags=sorted(set(record.flags), key=Flag.values.index),
        note=record.note,
        note_public=record.note_public,
        said_on=record.said_on,
        version=record.version,
        origin=origin,
        origin_id=origin_id,
        **made,
    )


def attributions_of(ready: Ready, pk: UUID, names: KnownNames) -> list[Attribution]:
    """Who says it, not saved; speakers that are new are made."""
    wanted: dict[tuple[AttributionRole, int], int] = {}
    for role, given in _roles(ready.record).items():
        for position, name in enumerate(given):
            wanted.setdefault((role, names.speaker(name, ready.article).pk), position)
    return [
        Attribution(annotation_id=pk, role=role, speaker_id=speaker, position=position)
        for (role, speaker), position in wanted.items()
    ]


def links_of(ready: Ready, pk: UUID, names: KnownNames) -> list[ClaimLink]:
    """Its links, not saved; claims that are new are made."""
    wanted: dict[int, LinkRecord] = {}
    for link in ready.record.claims:
        wanted.setdefault(names.claim(link.claim).pk, link)
    return [
        ClaimLink(
            annotation_id=pk, claim_id=claim, scope=link.scope, part=link.part, unsure=link.unsure
        )
        for claim, link in wanted.items()
    ]


def _places(revision: Revision, record: AnnotationRecord, certain: bool) -> list[Place]:
    if certain:
        return [Place(one.start or 0, one.end or 0, one.exact) for one in record.fragments]
    try:
        extents = place(revision.text, record.fragments)
    except NotPlaced as error:
        raise Refused(str(error), "fragments") from None
    return [Place(start, end, revision.text[start:end]) for start, end in extents]


def _check_names_and_links(record: AnnotationRecord) -> None:
    """What would be found only once something is written."""
    for role, given in _roles(record).items():
        if len(given) > MAX_NAMES:
            raise Refused(f"At most {MAX_NAMES} names as {role.label.lower()}.", role)
        for one in given:
            check_type(one.type)
            if len(one.name) > MAX_NAME:
                raise Refused(f"A name has {len(one.name)} characters: {MAX_NAME} at most.", role)
    for link in record.claims:
        if len(link.claim) > MAX_STATEMENT:
            raise Refused(f"A claim has {MAX_STATEMENT} characters at most.", "claims")
        if link.scope not in Scope.values:
            raise Refused(f"There is no scope “{link.scope}”.", "claims")
        if len(link.part) > _LONGEST_PART:
            raise Refused(f"A part of a claim has {_LONGEST_PART} characters at most.", "claims")
    if max(len(record.id), len(record.origin_id)) > _LONGEST_ID:
        raise Refused(f"An id has {_LONGEST_ID} characters at most.", "id")
