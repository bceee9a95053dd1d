"""Editing what is said about a passage, all fields at once, as one save."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Annotation, AttributionRole, Flag, Kind, Wording
from annotations.queries.passages import passages
from annotations.services.claims import LinkTo, link
from annotations.services.marking import lock_passages, locked, touch, touch_project
from annotations.services.speakers import attribute
from reader.models import User
from reader.services.errors import Conflict, Refused


@dataclass(frozen=True, slots=True)
class Fields:
    """Everything that a person says about a passage. Names and claims are as typed."""

    kind: str
    wording: str
    speakers: Sequence[str] = ()
    on_behalf_of: Sequence[str] = ()
    relayed_by: Sequence[str] = ()
    targets: Sequence[str] = ()
    unnamed: bool = False
    cue: str = ""
    flags: Sequence[str] = ()
    said_on: date | None = None
    links: Sequence[LinkTo] = field(default_factory=tuple)
    note: str = ""
    note_public: bool = False


_PLAIN = ("kind", "wording", "cue", "flags", "said_on", "note", "note_public")


@transaction.atomic
def edit(
    annotation_id: UUID, version: int, fields: Fields, editor: User | None, *, reads: str = ""
) -> Annotation:
    """Save the fields; nothing is written where nothing changed.

    Args:
        version: the one that the person saw when they began.
        reads: how its names and claims read then (`Passage.reads`). Fields name them by what they
            are called: after a renaming or a merge the same words would mean somebody else.

    Raises:
        Refused: a field is not right; nothing is saved.
        Conflict: somebody else was faster; nothing is saved.
    """
    check_fields(fields)
    if picked := {one.allegation for one in fields.links if one.allegation}:
        lock_passages({annotation_id, *picked})  # one without a claim gets one
    annotation = locked(annotation_id, version)
    if reads and reads != _reads(annotation):
        raise Conflict(annotation)
    changed = [name for name in _PLAIN if getattr(annotation, name) != _value(fields, name)]
    old_kind = annotation.kind
    for name in changed:
        setattr(annotation, name, _value(fields, name))
    if changed:
        annotation.save(update_fields=changed)
    names = {
        AttributionRole.SPEAKER: fields.speakers,
        AttributionRole.ON_BEHALF_OF: fields.on_behalf_of,
        AttributionRole.RELAYED_BY: fields.relayed_by,
        # Only an allegation accuses: one that becomes something else has no target any more.
        AttributionRole.TARGET: fields.targets if fields.kind == Kind.ALLEGATION else (),
    }
    attributed = attribute(annotation, names, unnamed=fields.unnamed)
    linked = link(annotation, fields.links, editor)
    if changed or attributed or linked:
        touch(annotation)
        if linked or old_kind == Kind.DENIAL:
            touch_project(annotation.project)
    return annotation


def _reads(annotation: Annotation) -> str:
    (passage,) = passages(Annotation.objects.filter(pk=annotation.pk))
    return passage.reads


def _value(fields: Fields, name: str) -> object:
    value = getattr(fields, name)
    return sorted(value, key=Flag.values.index) if name == "flags" else value


def check_fields(fields: Fields) -> None:
    """
    Raises:
        Refused: the kind, wording, a flag or the cue is not one.
    """
    if fields.kind not in Kind.values:
        raise Refused(_("Choose quote, allegation or denial."), "kind")
    if fields.wording not in Wording.values:
        raise Refused(_("Choose verbatim, paraphrase or mixed."), "wording")
    unknown = set(fields.flags) - set(Flag.values)
    if unknown:
        raise Refused(
            _("There is no flag “%(names)s”.") % {"names": ", ".join(sorted(unknown))}, "flags"
        )
    if len(fields.cue) > 200:
        raise Refused(_("A cue is a word or two: 200 characters at most."), "cue")
