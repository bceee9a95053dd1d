"""The library: where everybody comes in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.pages.library import library_page


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Articles newest first. `?show=` takes all, unread or starred ones; `?feed=`, `?label=`,
    `?project=` and `?publication=` narrow them, `?before=` goes on."""
    page = library_page(request.user, request.GET.dict())
    return render(request, "library/page.html", {"page": page})
