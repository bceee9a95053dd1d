"""Pages that are the same for everybody without an account: kept as they were last written."""

import gzip
from collections.abc import Callable

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.text import compress_string

Write = Callable[[], HttpResponse]


def kept_page(request: HttpRequest, stamp: str, write: Write) -> HttpResponseBase:
    """The page that somebody without an account asked for: 304 if their browser has it already,
    else as the last of them got it, else newly written.

    Args:
        stamp: an ETag that changes with whatever the page shows (`reader.build.page_stamp`).
        write: makes the page.
    """
    response = get_conditional_response(request, etag=stamp) or _kept(request, stamp, write)
    response["ETag"] = stamp
    patch_cache_control(response, no_cache=True)
    return response


def _kept(request: HttpRequest, stamp: str, write: Write) -> HttpResponseBase:
    """The page is kept compressed, as nearly every browser takes it: that saves the work of each
    visit, and most of the memory."""
    # A visitor with cookies may be shown a message of their own.
    if request.COOKIES:
        return write()
    pages = caches["pages"]
    # The page names its own address, for print.
    key = f"{request.build_absolute_uri(request.path)}-{stamp}"
    body = pages.get(key)
    if body is None:
        body = compress_string(write().content)
        pages.set(key, body)
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(gzip.decompress(body))
    response = HttpResponse(body, headers={"Content-Encoding": "gzip"})
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
