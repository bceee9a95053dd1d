"""Fetched articles that wait until the person who fetched them has seen and saved them.

They wait in the cache, so that what is kept as received never comes from a form.
"""

import secrets
from dataclasses import dataclass

from django.core.cache import cache

from reader.dates import GivenDate
from reader.ingest.incoming import Incoming
from reader.models import User

KEPT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Held:
    """What a revision keeps of a fetch, with the HTML and date that the person was shown."""

    html: str
    published: GivenDate
    extractor: str
    raw: bytes | None


def hold(user: User, incoming: Incoming, html: str) -> str:
    """Keep a fetched article for a day. Returns a token, good for `user` only."""
    token = secrets.token_urlsafe(16)
    held = Held(html, incoming.details.published, incoming.extractor, incoming.raw)
    cache.set(_key(user, token), held, KEPT_SECONDS)
    return token


def held(user: User, token: str) -> Held | None:
    """What `hold` kept, unless it is gone."""
    found = cache.get(_key(user, token)) if token.isascii() and len(token) <= 30 else None
    return found if isinstance(found, Held) else None


def _key(user: User, token: str) -> str:
    return f"fetched:{user.pk}:{token}"
