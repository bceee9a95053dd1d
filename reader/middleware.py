"""What happens around every view."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation

from reader.access import MovedProject
from reader.models import User
from reader.services.preferences import language_of, time_zone_of


class Preferences:
    """Shows pages in a signed-in person's language, and times in their time zone.

    Requests without a session are left alone: their pages are the same for everybody, and may be
    kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        person = request.user
        if not isinstance(person, User):
            return self.get_response(request)
        with (
            translation.override(language_of(person)),
            timezone.override(time_zone_of(person)),
        ):
            return self.get_response(request)


class GZip(GZipMiddleware):
    """Compresses what goes out, but for pictures, which are compressed: a browser is then told how
    long they are, and their ETag stays strong."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith("image/"):
            return response
        return super().process_response(request, response)


class OnlyByForm:
    """Says in words that a page cannot be opened by its address: what undoes or deletes stands in
    the browser's address line where a form was refused, and Django's answer to going there again
    is an empty page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        page = render(request, "405.html", status=response.status_code)
        page["Allow"] = response["Allow"]
        return page


class MovedProjects:
    """Sends an address with a project's former slug to the same page under its present one.

    Views name the slug `slug` in their addresses. The redirect is permanent (301, and 308 for a
    form), but a browser must ask again: a project may be renamed back, and two remembered
    redirects would lead in a circle.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer `MovedProject`; leave every other error to Django."""
        match = request.resolver_match
        if not isinstance(error, MovedProject) or match is None:
            return None
        path = reverse(match.view_name, kwargs=match.kwargs | {"slug": error.new})
        query = request.META.get("QUERY_STRING", "")
        response = redirect(
            f"{path}?{query}" if query else path,
            permanent=True,
            preserve_request=request.method not in {"GET", "HEAD"},
        )
        response["Cache-Control"] = "no-cache"
        return response
