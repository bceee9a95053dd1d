"""What is not yet linked to a claim."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.pages.unlinked import unlinked_list
from annotations.parameters import id_from
from reader.access import seat


@require_safe
def unlinked(request: HttpRequest, slug: str) -> HttpResponse:
    """A project's allegations and denials that answer to no claim, newest first; for members."""
    here = seat(request.user, slug)
    here.require(here.is_member)
    page = unlinked_list(here, id_from(request.GET.get("before", "")))
    return render(request, "unlinked/page.html", {"page": page})
