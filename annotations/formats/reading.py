"""Lines of JSON into records: the format without loss, and the short rows beside it.

docs/formats.md describes both.
"""

import json
from collections.abc import Callable
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


def _project(fields: Fields) -> ProjectRecord:
    return ProjectRecord(
        slug=fields.text("slug"),
        name=fields.text("name"),
        description=fields.text("description"),
        guidelines=fields.text("guidelines"),
        exported_at=fields.moment("exported_at"),
    )


def _speaker(fields: Fields) -> SpeakerRecord:
    return SpeakerRecord(
        name=fields.words("name"),
        type=fields.text("type"),
        aliases=fields.each("aliases", _texts("aliases")),
        note=fields.text("note"),
        article=_article(Fields(fields.get("article"), "article")) if "article" in fields else None,
        merged_into=fields.text("merged_into"),
    )


def _claim(fields: Fields) -> ClaimRecord:
    return ClaimRecord(
        statement=fields.words("statement"),
        broader=fields.text("broader"),
        merged_into=fields.text("merged_into"),
    )


def _annotation(fields: Fields) -> AnnotationRecord:
    unit = fields.text("offset_unit") or OFFSET_UNIT
    if unit != OFFSET_UNIT:
        raise NotReadable(f"Offsets must count code points (“{OFFSET_UNIT}”), not “{unit}”.")
    return AnnotationRecord(
        id=_id(fields),
        project=fields.text("project"),
        kind=fields.words("kind"),
        article=_article(
            Fields(fields.get("article"), "article") if "article" in fields else fields
        ),
        fragments=fields.each("fragments", _fragment),
        wording=fields.text("wording"),
        cue=fields.text("cue"),
        flags=fields.each("flags", _texts("flags")),
        speakers=fields.each("speakers", _name),
        on_behalf_of=fields.each("on_behalf_of", _name),
        relayed_by=fields.each("relayed_by", _name),
        targets=fields.each("targets", _name),
        claims=fields.each("claims", _link),
        said_on=fields.day("said_on"),
        note=fields.text("note"),
        note_public=fields.truth("note_public"),
        annotator=_annotator(fields.get("annotator")),
        version=fields.number("version") or 1,
        created_at=fields.moment("created_at"),
        updated_at=fields.moment("updated_at"),
        origin=fields.text("origin"),
        origin_id=fields.text("origin_id"),
    )


def _id(fields: Fields) -> str:
    given = fields.get("id")
    return str(given) if isinstance(given, int) else fields.text("id")


def _article(fields: Fields) -> ArticleRecord:
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


def _fragment(given: object) -> FragmentRecord:
    fields = Fields(given, "fragment")
    return FragmentRecord(
        exact=fields.words("exact"),
        start=fields.number("start"),
        end=fields.number("end"),
        prefix=fields.text("prefix"),
        suffix=fields.text("suffix"),
        occurrence=fields.number("occurrence"),
    )


def _name(given: object) -> NameRecord:
    fields = Fields({"name": given} if isinstance(given, str) else given, "name")
    return NameRecord(fields.words("name"), fields.text("type"), fields.truth("only_here"))


def _link(given: object) -> LinkRecord:
    fields = Fields({"claim": given} if isinstance(given, str) else given, "claim")
    scope = fields.text("scope") or "whole"
    return LinkRecord(
        claim=fields.words("claim"),
        scope=scope.replace(" ", "_"),
        part=fields.text("part"),
        unsure=fields.truth("unsure"),
    )


def _annotator(given: object) -> AnnotatorRecord | None:
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


_READERS: dict[str, Callable[[Fields], Record]] = {
    "project": _project,
    "speaker": _speaker,
    "claim": _claim,
    "annotation": _annotation,
}
