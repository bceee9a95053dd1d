"""Which build of the site this is: browsers that keep a page must ask again after an update."""

import hashlib
from functools import cache

from django.conf import settings
from django.utils.translation import get_language

_WHAT_PAGES_ARE_MADE_OF = ("templates", "static", "annotations", "reader")
_SUFFIXES = frozenset({".html", ".css", ".js", ".py"})


@cache
def fingerprint() -> str:
    """Changes with the version, with any template, style, script or module, and with what pages
    say about the site. The same in all processes that serve the same files."""
    newest = max(
        path.stat().st_mtime_ns
        for folder in _WHAT_PAGES_ARE_MADE_OF
        for path in (settings.BASE_DIR / folder).rglob("*")
        if path.suffix in _SUFFIXES
    )
    parts = (settings.VERSION, settings.SITE_NAME, settings.SITE_CONTACT, newest)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def page_stamp(*parts: object) -> str:
    """An ETag for a page of which these parts say in which state it is; the build and the language
    are part of it, too. It is a weak one (RFC 9110, section 8.8.1), since the page goes out
    compressed or not."""
    return f'W/"{"-".join(map(str, [fingerprint(), get_language(), *parts]))}"'
