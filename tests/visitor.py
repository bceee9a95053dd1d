"""Browsers without a screen: people who mark words of a served site over HTTP."""

import http.client
import time
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

CSRF = "c" * 32
"""Sent as cookie and as form field, which is all that Django compares."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the site answered."""

    status: int
    location: str
    body: bytes


class Visitor:
    """One browser with one open connection; nobody is signed in without a session key."""

    def __init__(self, port: int, session: str = "") -> None:
        cookies = {"csrftoken": CSRF} | ({"sessionid": session} if session else {})
        self._cookies = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

        self._used_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._connection.close()

    def get(self, path: str, **headers: str) -> Reply:
        """Ask for a page. Raises OSError or http.client.HTTPException if no answer came."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str], *, htmx: bool = False) -> Reply:
        """Send a form, as `get` asks for a page."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if htmx:
            headers["HX-Request"] = "true"
        body = urlencode(fields | {"csrfmiddlewaretoken": CSRF}).encode()
        return self._ask("POST", path, body, headers)

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        # The server closes a connection that was idle for two seconds; browsers cope with it, too.
        if time.monotonic() - self._used_at > 1:
            self._connection.close()
        try:
            self._connection.request(method, path, body, headers | {"Cookie": self._cookies})
            response = self._connection.getresponse()
            reply = Reply(response.status, response.getheader("Location", ""), response.read())
        except (OSError, http.client.HTTPException):
            self._connection.close()  # the next request opens another
            raise
        self._used_at = time.monotonic()
        return reply


def mark_form(id_: UUID, text: str, start: int, end: int, kind: str = "quote") -> dict[str, str]:
    """The fields that mark `text[start:end]` of a first revision; offsets in code points."""
    return {
        "id": str(id_),
        "kind": kind,
        "revision": "1",
        "start": str(start),
        "end": str(end),
        "exact": text[start:end],
    }


def is_acknowledged(reply: Reply, id_: UUID) -> bool:
    """Whether the site says, to a plain form, that the annotation is there."""
    return reply.status == 302 and reply.location == f"/annotations/{id_}/edit/"
