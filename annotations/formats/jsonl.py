"""JSON Lines: the format without loss, and the short rows that may be imported beside it.

docs/formats.md describes both. Each line is one object; `record` says what it is about.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from annotations.formats.fields import Fields, NotReadable, storable
from annotations.formats.records import (
    FORMAT_VERSION,
    OFFSET_UNIT,
    AnnotationRecord,
    AnnotatorRecord,
    ArticleRecord,
    ClaimRecord,
    FragmentRecord,
    LinkRecord,
    NameRecord,
    ProjectRecord,
    Record,
    SpeakerRecord,
)

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def write(records: Iterable[Record]) -> Iterator[str]:
    """The records as lines, each with its line end."""
    for record in records:
        yield _encode(_WRITERS[type(record)](record)) + "\n"


def read(line: str) -> Record | None:
    """The record of a line; None for a record of a kind that is not known here.

    Raises:
        NotReadable: the line is not as the format asks.
    """
    try:
        given = json.loads(line)
    except RecursionError:
        raise NotReadable("The line nests too deeply.") from None
    except json.JSONDecodeError as error:
        raise NotReadable(
            f"The line is not JSON: {error.msg} at character {error.pos + 1}."
        ) from None
    except ValueError:  # a number of thousands of digits
        raise NotReadable("The line is not JSON that can be read.") from None
    return record_of(given)


def record_of(given: object) -> Record | None:
    """The record that a line's JSON stands for; None as in `read`.

    Raises:
        NotReadable: as in `read`.
    """
    fields = Fields(given)
    if (fields.number("format") or 0) > FORMAT_VERSION:
        raise NotReadable(
            f"The line is in format {fields.get('format')}; "
            f"this version of On Record reads up to format {FORMAT_VERSION}."
        )
    reader = _READERS.get(fields.text("record") or "annotation")
    return reader(fields) if reader else None


def _write_project(one: ProjectRecord) -> dict[str, Any]:
    return {
        "record": "project",
        "format": FORMAT_VERSION,
        "slug": one.slug,
        "name": one.name,
        "description": one.description,
        "guidelines": one.guidelines,
        "exported_at": one.exported_at and one.exported_at.isoformat(),
    }


def _read_project(fields: Fields) -> ProjectRecord:
    return ProjectRecord(
        slug=fields.text("slug"),
        name=fields.text("name"),
        description=fields.text("description"),
        guidelines=fields.text("guidelines"),
        exported_at=fields.moment("exported_at"),
    )


def _write_speaker(one: SpeakerRecord) -> dict[str, Any]:
    return {
        "record": "speaker",
        "format": FORMAT_VERSION,
        "name": one.name,
        "type": one.type,
        "aliases": one.aliases,
        "note": one.note,
        "article": one.article and one.article._asdict(),
        "merged_into": one.merged_into,
    }


def _read_speaker(fields: Fields) -> SpeakerRecord:
    return SpeakerRecord(
        name=fields.words("name"),
        type=fields.text("type"),
        aliases=fields.each("aliases", _texts("aliases")),
        note=fields.text("note"),
        article=_read_article(Fields(fields.get("article"), "article"))
        if "article" in fields
        else None,
        merged_into=fields.text("merged_into"),
    )


def _write_claim(one: ClaimRecord) -> dict[str, Any]:
    return {
        "record": "claim",
        "format": FORMAT_VERSION,
        "statement": one.statement,
        "broader": one.broader,
        "merged_into": one.merged_into,
    }


def _read_claim(fields: Fields) -> ClaimRecord:
    return ClaimRecord(
        statement=fields.words("statement"),
        broader=fields.text("broader"),
        merged_into=fields.text("merged_into"),
    )


def _write_annotation(one: AnnotationRecord) -> dict[str, Any]:
    return {
        "record": "annotation",
        "format": FORMAT_VERSION,
        "id": one.id,
        "project": one.project,
        "kind": one.kind,
        "article": one.article._asdict(),
        "offset_unit": OFFSET_UNIT,
        "fragments": [_write_fragment(piece) for piece in one.fragments],
        "wording": one.wording,
        "cue": one.cue,
        "flags": one.flags,
        "speakers": [name._asdict() for name in one.speakers],
        "on_behalf_of": [name._asdict() for name in one.on_behalf_of],
        "relayed_by": [name._asdict() for name in one.relayed_by],
        "targets": [name._asdict() for name in one.targets],
        "claims": [link._asdict() for link in one.claims],
        "said_on": one.said_on and one.said_on.isoformat(),
        "note": one.note,
        "note_public": one.note_public,
        "annotator": one.annotator and one.annotator._asdict(),
        "version": one.version,
        "created_at": one.created_at and one.created_at.isoformat(),
        "updated_at": one.updated_at and one.updated_at.isoformat(),
        "origin": one.origin,
        "origin_id": one.origin_id,
    }


def _write_fragment(one: FragmentRecord) -> dict[str, Any]:
    fields = one._asdict()
    if one.occurrence is None:
        del fields["occurrence"]
    return fields


def _read_annotation(fields: Fields) -> AnnotationRecord:
    unit = fields.text("offset_unit") or OFFSET_UNIT
    if unit != OFFSET_UNIT:
        raise NotReadable(f"Offsets must count code points (“{OFFSET_UNIT}”), not “{unit}”.")
    return AnnotationRecord(
        id=_id(fields),
        project=fields.text("project"),
        kind=fields.words("kind"),
        article=_read_article(
            Fields(fields.get("article"), "article") if "article" in fields else fields
        ),
        fragments=fields.each("fragments", _read_fragment),
        wording=fields.text("wording"),
        cue=fields.text("cue"),
        flags=fields.each("flags", _texts("flags")),
        speakers=fields.each("speakers", _read_name),
        on_behalf_of=fields.each("on_behalf_of", _read_name),
        relayed_by=fields.each("relayed_by", _read_name),
        targets=fields.each("targets", _read_name),
        claims=fields.each("claims", _read_link),
        said_on=fields.day("said_on"),
        note=fields.text("note"),
        note_public=fields.truth("note_public"),
        annotator=_read_annotator(fields.get("annotator")),
        version=fields.number("version") or 1,
        created_at=fields.moment("created_at"),
        updated_at=fields.moment("updated_at"),
        origin=fields.text("origin"),
        origin_id=fields.text("origin_id"),
    )


def _id(fields: Fields) -> str:
    given = fields.get("id")
    return str(given) if isinstance(given, int) else fields.text("id")


def _read_article(fields: Fields) -> ArticleRecord:
    """Also from a short row, which names the article itself; its id is the annotation's."""
    return ArticleRecord(
        id="" if "fragments" in fields else fields.text("id"),
        file_name=fields.text("file_name") or fields.text("file"),
        url=fields.text("url"),
        title=fields.text("title"),
        publication=fields.text("publication"),
        published_on=fields.text("published_on"),
        revision=fields.number("revision"),
        text_sha256=fields.text("text_sha256"),
    )


def _read_fragment(given: object) -> FragmentRecord:
    fields = Fields(given, "fragment")
    return FragmentRecord(
        exact=fields.words("exact"),
        start=fields.number("start"),
        end=fields.number("end"),
        prefix=fields.text("prefix"),
        suffix=fields.text("suffix"),
        occurrence=fields.number("occurrence"),
    )


def _read_name(given: object) -> NameRecord:
    fields = Fields({"name": given} if isinstance(given, str) else given, "name")
    return NameRecord(fields.words("name"), fields.text("type"), fields.truth("only_here"))


def _read_link(given: object) -> LinkRecord:
    fields = Fields({"claim": given} if isinstance(given, str) else given, "claim")
    scope = fields.text("scope") or "whole"
    return LinkRecord(
        claim=fields.words("claim"),
        scope=scope.replace(" ", "_"),
        part=fields.text("part"),
        unsure=fields.truth("unsure"),
    )


def _read_annotator(given: object) -> AnnotatorRecord | None:
    if given is None:
        return None
    fields = Fields({"email": given} if isinstance(given, str) else given, "annotator")
    return AnnotatorRecord(fields.text("email"), fields.text("name"))


def _texts(key: str) -> Callable[[Any], str]:
    def read(given: object) -> str:
        if not isinstance(given, str):
            raise NotReadable(f"“{key}” must be a list of texts.")
        return storable(given, key)

    return read


_WRITERS: dict[type, Callable[[Any], dict[str, Any]]] = {
    ProjectRecord: _write_project,
    SpeakerRecord: _write_speaker,
    ClaimRecord: _write_claim,
    AnnotationRecord: _write_annotation,
}
_READERS: dict[str, Callable[[Fields], Record]] = {
    "project": _read_project,
    "speaker": _read_speaker,
    "claim": _read_claim,
    "annotation": _read_annotation,
}
