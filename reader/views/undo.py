"""What a person did last about feeds and may undo: kept in their session until they do it, or do
something else that can be undone."""

import secrets
from typing import Any

from django.http import HttpRequest

_KEPT = "undo_feeds"


def offer_undo(request: HttpRequest, kind: str, name: str, **what: Any) -> str:
    """Remember what was done, in values that JSON has.

    Args:
        kind: what is to be undone, for who undoes it.
        name: what it was done to, for people.

    Returns:
        A key that the next page takes as `?undo=`, so that only that page offers it.
    """
    key = secrets.token_urlsafe(8)
    request.session[_KEPT] = {"key": key, "kind": kind, "name": name, **what}
    return key


def offered_undo(request: HttpRequest) -> dict[str, Any] | None:
    """What the page at this address offers to undo."""
    asked = request.GET.get("undo", "")
    kept: dict[str, Any] | None = request.session.get(_KEPT) if asked else None
    return kept if kept and kept["key"] == asked else None


def take_undo(request: HttpRequest, key: str) -> dict[str, Any] | None:
    """What is to be undone, once."""
    kept: dict[str, Any] | None = request.session.get(_KEPT)
    if not kept or kept["key"] != key:
        return None
    del request.session[_KEPT]
    return kept
