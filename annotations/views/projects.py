"""A project's page, and what was done in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.pages.activity import activity_page
from annotations.pages.project import project_page
from reader.access import seat


@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """The project's front page, with its newest articles; `?before=` goes on with older ones."""
    page = project_page(seat(request.user, slug), request.GET.get("before", ""))
    return render(request, "projects/detail.html", {"page": page})


@require_safe
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    """What the members did, newest first, for members; `?before=` goes on."""
    here = seat(request.user, slug)
    here.require(here.is_member)
    page = activity_page(here, request.GET.get("before", ""))
    return render(request, "projects/activity.html", {"page": page})
