"""Undoing what a person did last about feeds. What it takes is kept in their session until they do
it, or something else that can be undone: an address could not hold hundreds of feeds."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

_KEPT = "undo_feeds"


def offer_undo(request: HttpRequest, said: str, kind: str, **what: Any) -> None:
    """Remember what was done, in values that JSON has, and say so on the next page, with a button
    that undoes it.

    Args:
        said: what was done, for people.
        kind: what is to be undone, for who undoes it.
    """
    key = secrets.token_urlsafe(8)
    request.session[_KEPT] = {"key": key, "kind": kind, **what}
    messages.success(request, said, extra_tags=reverse("undo_feeds", args=[key]))


def take_undo(request: HttpRequest, key: str) -> dict[str, Any] | None:
    """What is to be undone, once."""
    kept: dict[str, Any] | None = request.session.get(_KEPT)
    if not kept or kept["key"] != key:
        return None
    del request.session[_KEPT]
    return kept
