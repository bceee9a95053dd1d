"""What htmx gets back: the same fragments that the whole page includes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from annotations.access import annotation_seen
from annotations.pages.editor import editor_page
from annotations.pages.reading import reading_page
from annotations.paths import article_path
from reader.access import Seat
from reader.models import Article, Project, uuid7
from reader.requests import HtmxRequest


def updated(
    request: HtmxRequest,
    seat: Seat,
    article: Article,
    *,
    edit: UUID | None = None,
    undo: UUID | None = None,
    said: str = "",
) -> HttpResponse:
    """Text, cards, summary and counts as they are now, and the editor: open on `edit`, or closed.

    Args:
        undo: an annotation whose deletion is offered to be undone.
        said: a sentence for the status line.
    """
    context = {
        "page": reading_page(seat, article),
        "new_id": uuid7(),
        "editor": editor_page(annotation_seen(request.user, edit)) if edit else None,
        "undo": undo,
        "said": said,
        "oob": True,
    }
    return render(request, "marking/_update.html", context)


def problem(
    request: HtmxRequest, message: str, project: Project, article_id: UUID, status: int = 422
) -> HttpResponse:
    """Say why nothing was saved: in the page's status line, or on the reading page after a
    plain form."""
    if request.htmx:
        response = render(request, "marking/_problem.html", {"message": message}, status=status)
        response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML"
        return response
    messages.error(request, message)
    return redirect(article_path(project, article_id))
