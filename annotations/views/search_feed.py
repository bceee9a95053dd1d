"""Saved searches as feeds: no account is needed, the address is the key."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.pages.search_feed import atom_of
from reader.access import followed_search

_AN_HOUR = 3600


@require_safe
def search_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What the search behind this token finds now, as Atom.

    There is an ETag but no Last-Modified: that a denial was deleted, or another article read, has
    no moment in the feed, and an allegation must not stay without its answer for that.
    """
    feed = followed_search(token)
    written = atom_of(feed, request.build_absolute_uri, request.build_absolute_uri(request.path))
    if written is None:
        response = HttpResponse(
            _("The search is too broad to be answered in time. Ask again later, or narrow it."),
            content_type="text/plain; charset=utf-8",
            status=503,
            headers={"Retry-After": str(_AN_HOUR)},
        )
    else:
        etag = f'"{hashlib.sha256(written).hexdigest()[:32]}"'
        fresh = HttpResponse(written, content_type="application/atom+xml; charset=utf-8")
        fresh["ETag"] = etag
        response = get_conditional_response(request, etag=etag, response=fresh) or fresh
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
