"""A picture as an answer; who may have it is decided before."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from reader.ingest.pictures import path_of
from reader.models import Picture

_YEAR = 365 * 24 * 60 * 60


def picture_response(request: HttpRequest, picture: Picture) -> HttpResponseBase:
    """The file of a stored picture. It never changes, so that a browser asks once; no cache on
    the way may keep it, because a page can be withdrawn.

    Raises:
        Http404: the file is lost (`manage.py fetch_pictures` brings it back).
    """
    etag = f'"{picture.sha256}"'
    unchanged: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    response = unchanged or _file(picture)
    response["ETag"] = etag
    response["Cache-Control"] = f"private, max-age={_YEAR}, immutable"
    return response


def _file(picture: Picture) -> HttpResponseBase:
    try:
        file = path_of(picture.sha256).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, content_type="image/webp")
