"""The site's addresses, and a view that does nothing: what Django and the server cost alone."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(request: HttpRequest) -> HttpResponse:
    """The limit: all middleware, no query, no template."""
    return HttpResponse("")


urlpatterns = [
    path("empty/", empty, name="empty"),
    path("", include("reader.urls")),
]
