"""A project's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.pages.project import project_page
from reader.access import seat


@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """What the project is about and its articles, newest first; `?before=` goes on."""
    page = project_page(seat(request.user, slug), request.GET.get("before", ""))
    return render(request, "projects/detail.html", {"page": page})
