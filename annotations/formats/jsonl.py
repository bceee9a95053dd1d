"""JSON Lines: everything, without loss. Each line is one object; `record` says what it is about.

docs/formats.md describes it; `annotations.formats.reading` reads it again.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

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


def _project(one: ProjectRecord) -> dict[str, Any]:
    return {
        "record": "project",
        "format": FORMAT_VERSION,
        "slug": one.slug,
        "name": one.name,
        "description": one.description,
        "guidelines": one.guidelines,
        "exported_at": one.exported_at and one.exported_at.isoformat(),
    }


def _speaker(one: SpeakerRecord) -> dict[str, Any]:
    return {
        "record": "speaker",
        "format": FORMAT_VERSION,
        "name": one.name,
        "type": one.type,
        "aliases": one.aliases,
        "note": one.note,
        "article": one.article and _article(one.article),
        "merged_into": one.merged_into,
    }


def _claim(one: ClaimRecord) -> dict[str, Any]:
    return {
        "record": "claim",
        "format": FORMAT_VERSION,
        "statement": one.statement,
        "broader": one.broader,
        "merged_into": one.merged_into,
    }


def _annotation(one: AnnotationRecord) -> dict[str, Any]:
    return {
        "record": "annotation",
        "format": FORMAT_VERSION,
        "id": one.id,
        "project": one.project,
        "kind": one.kind,
        "article": _article(one.article),
        "offset_unit": OFFSET_UNIT,
        "fragments": [_fragment(piece) for piece in one.fragments],
        "wording": one.wording,
        "cue": one.cue,
        "flags": one.flags,
        "speakers": [_name(name) for name in one.speakers],
        "on_behalf_of": [_name(name) for name in one.on_behalf_of],
        "relayed_by": [_name(name) for name in one.relayed_by],
        "targets": [_name(name) for name in one.targets],
        "claims": [_link(link) for link in one.claims],
        "said_on": one.said_on and one.said_on.isoformat(),
        "note": one.note,
        "note_public": one.note_public,
        "annotator": one.annotator and _annotator(one.annotator),
        "version": one.version,
        "created_at": one.created_at and one.created_at.isoformat(),
        "updated_at": one.updated_at and one.updated_at.isoformat(),
        "origin": one.origin,
        "origin_id": one.origin_id,
    }


def _article(one: ArticleRecord) -> dict[str, Any]:
    return {
        "id": one.id,
        "file_name": one.file_name,
        "url": one.url,
        "title": one.title,
        "publication": one.publication,
        "published_on": one.published_on,
        "revision": one.revision,
        "text_sha256": one.text_sha256,
    }


def _fragment(one: FragmentRecord) -> dict[str, Any]:
    fields = {
        "start": one.start,
        "end": one.end,
        "exact": one.exact,
        "prefix": one.prefix,
        "suffix": one.suffix,
    }
    return fields if one.occurrence is None else fields | {"occurrence": one.occurrence}


def _name(one: NameRecord) -> dict[str, Any]:
    return {"name": one.name, "type": one.type, "only_here": one.only_here}


def _link(one: LinkRecord) -> dict[str, Any]:
    return {"claim": one.claim, "scope": one.scope, "part": one.part, "unsure": one.unsure}


def _annotator(one: AnnotatorRecord) -> dict[str, Any]:
    return {"email": one.email, "name": one.name}


_WRITERS: dict[type, Callable[[Any], dict[str, Any]]] = {
    ProjectRecord: _project,
    SpeakerRecord: _speaker,
    ClaimRecord: _claim,
    AnnotationRecord: _annotation,
}
