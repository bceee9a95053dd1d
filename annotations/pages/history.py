"""An annotation's history: who changed what, when, from what to what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, gettext_lazy

from annotations.models import Annotation, AttributionRole, Claim, Fragment, Scope, Speaker
from annotations.queries.history import Event, events, people

_FIELDS = {
    "kind": gettext_lazy("Kind"),
    "wording": gettext_lazy("Wording"),
    "cue": gettext_lazy("Cue"),
    "flags": gettext_lazy("Flags"),
    "said_on": gettext_lazy("Said on"),
    "note": gettext_lazy("Note"),
    "note_public": gettext_lazy("Note shown to readers"),
    "deleted_at": gettext_lazy("Deleted"),
    "deleted_reason": gettext_lazy("Reason"),
}
_ROLES = dict(AttributionRole.choices)
FORMER = gettext_lazy("former member")
COMMAND = gettext_lazy("a command")


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a change."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """All that one save changed."""

    at: datetime
    by: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    annotation: Annotation
    words: str
    marked_by: str
    changes: list[Change]


def history_page(annotation: Annotation) -> HistoryPage:
    """The history of an annotation, newest change first."""
    kept = events(annotation)
    names = people({event.by for event in kept} | {annotation.annotator_id})
    saves = [list(save) for _, save in groupby(kept, key=lambda event: event.at)]
    now = list(Fragment.objects.filter(anchor__annotation=annotation).order_by("position"))
    titles = _Titles(kept)
    changes = []
    for number, save in enumerate(saves):
        lines = [
            *_field_lines(save, _next_state(saves[number + 1 :], annotation)),
            *_tie_lines(save, titles),
            *_extent_lines(save, _next_extent(saves[number + 1 :], now)),
        ]
        if lines:
            changes.append(Change(save[0].at, _by(save, names), lines))
    return HistoryPage(
        annotation=annotation,
        words=_words(now),
        marked_by=names.get(annotation.annotator_id or 0, str(FORMER)),
        changes=changes[::-1],
    )


def _by(save: Sequence[Event], names: Mapping[int, str]) -> str:
    by = next((event.by for event in save if event.by), None)
    if by is None and all(event.by_command for event in save):
        return str(COMMAND)
    return names.get(by or 0, str(FORMER))


class _Titles:
    """Names of speakers and statements of claims that the events refer to, by id."""

    def __init__(self, kept: Sequence[Event]) -> None:
        speakers = {event.row.speaker_id for event in kept if event.table == "attribution"}
        claims = {event.row.claim_id for event in kept if event.table == "link"}
        self.speakers = dict(Speaker.objects.filter(pk__in=speakers).values_list("pk", "name"))
        self.claims = dict(Claim.objects.filter(pk__in=claims).values_list("pk", "statement"))

    def of(self, event: Event) -> tuple[str, str]:
        """Label and text of a tie."""
        row = event.row
        if event.table == "attribution":
            return str(_ROLES[row.role]), self.speakers.get(row.speaker_id, _("a deleted speaker"))
        scope = "" if row.scope == Scope.WHOLE else f" ({Scope(row.scope).label.lower()})"
        unsure = f" ({_('unsure')})" if row.unsure else ""
        return _("Claim"), self.claims.get(row.claim_id, _("a deleted claim")) + scope + unsure


def _next_state(later: Sequence[Sequence[Event]], annotation: Annotation) -> Any:
    """The annotation's row after a save: as the next save found it, or as it is now."""
    return next(
        (event.row for save in later for event in save if event.table == "annotation"), annotation
    )


def _field_lines(save: Sequence[Event], after: Any) -> list[Line]:
    before = next((event.row for event in save if event.table == "annotation"), None)
    if before is None:
        return []
    return [
        Line(str(label), _shown(getattr(before, name)), _shown(getattr(after, name)))
        for name, label in _FIELDS.items()
        if getattr(before, name) != getattr(after, name)
    ]


def _tie_lines(save: Sequence[Event], titles: _Titles) -> list[Line]:
    lines = []
    for event in save:
        if event.table in ("attribution", "link"):
            label, text = titles.of(event)
            added = event.label == "insert"
            lines.append(Line(label, "" if added else text, text if added else ""))
    return lines


def _next_extent(later: Sequence[Sequence[Event]], now: Sequence[Fragment]) -> str:
    """The words after a save: those that the next change of extent took away, or those of now."""
    for save in later:
        rows = [event.row for event in save if event.table == "fragment"]
        if rows:
            return _words(rows)
    return _words(now)


def _extent_lines(save: Sequence[Event], after: str) -> list[Line]:
    rows = [event.row for event in save if event.table == "fragment"]
    return [Line(_("Words"), _words(rows), after)] if rows else []


def _words(fragments: Sequence[Any]) -> str:
    return " […] ".join(one.exact for one in sorted(fragments, key=lambda one: one.position))


def _shown(value: Any) -> str:
    if value is None or value is False or value == "":
        return ""
    if value is True:
        return _("yes")
    if isinstance(value, datetime):
        return date_format(localtime(value), "DATETIME_FORMAT")
    return ", ".join(value) if isinstance(value, list) else str(value)
