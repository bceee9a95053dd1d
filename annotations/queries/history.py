"""What the database kept of an annotation's earlier states. Four queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from annotations.models import Annotation, Attribution, ClaimLink, Fragment
from reader.models import User


@dataclass(frozen=True, slots=True)
class Event:
    """A row as it was before (or, for an insert, after) a change.

    `by` is a user's id; `by_command` says that no page of the site made the change. `at` is the
    moment its transaction began: events of one save have the same.
    """

    table: str
    label: str
    at: datetime
    by: int | None
    by_command: bool
    row: Any


def events(annotation: Annotation) -> list[Event]:
    """Everything that was changed, oldest first."""
    tables: list[tuple[str, Any, dict[str, Any]]] = [
        ("annotation", Annotation, {"pgh_obj_id": annotation.pk}),
        ("attribution", Attribution, {"annotation_id": annotation.pk}),
        ("link", ClaimLink, {"annotation_id": annotation.pk}),
        ("fragment", Fragment, {"anchor_id__in": annotation.anchors.values("pk")}),
    ]
    found = [
        Event(name, row.pgh_label, row.pgh_created_at, user_of(row), row.pgh_context is None, row)
        for name, model, condition in tables
        for row in _rows(model, condition)
    ]
    return sorted(found, key=lambda event: (event.at, event.row.pgh_id))


def people(ids: Iterable[int | None]) -> dict[int, str]:
    """Names of users; those that are gone are missing."""
    wanted = [one for one in ids if one is not None]
    return {user.pk: user.get_full_name() for user in User.objects.filter(pk__in=wanted)}


def _rows(model: Any, condition: dict[str, Any]) -> Any:
    return model.pgh_event_model.objects.filter(**condition).select_related("pgh_context")


def user_of(row: Any) -> int | None:
    """The id of the person who made a change, from its event with the context it was made in."""
    return row.pgh_context.metadata.get("user") if row.pgh_context else None
