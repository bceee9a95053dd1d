"""What people do with an article besides reading it: mark it as read or unread, star it, stop in
its middle; and mark whole lists as read."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from reader.access import article_seen
from reader.accounts import signed_in
from reader.queries.lists import NARROWING, chosen
from reader.queries.reading import articles_of, states
from reader.requests import HtmxRequest
from reader.services import reading
from reader.services.errors import Refused
from reader.views.back import there


@require_POST
def article_state(request: HtmxRequest, article_id: UUID) -> HttpResponse:
    """Mark an article as read or unread (`read=1`, `read=0`), star it or take the star away
    (`starred=1`, `starred=0`). The answer is the buttons as they are then; after a plain form, the
    page that they stood on."""
    person, article = signed_in(request), article_seen(request.user, article_id)
    if "read" in request.POST:
        reading.set_read(person, article, request.POST["read"] == "1")
    if "starred" in request.POST:
        reading.set_starred(person, article, request.POST["starred"] == "1")
    if not request.htmx:
        return redirect(there(request, reverse("library")))
    context = {
        "article_id": article_id,
        "state": states(person, [article])[article_id],
        "back": request.POST.get("next", ""),
    }
    return render(request, "reading/_state.html", context)


@require_POST
def article_position(request: HtmxRequest, article_id: UUID) -> HttpResponse:
    """Remember where the person stopped: `position` is a code point of the newest text, and 0
    puts the article away. A script that sends it as the page goes gets an empty answer."""
    person, article = signed_in(request), article_seen(request.user, article_id)
    try:
        position = int(request.POST.get("position", ""))
    except ValueError:
        return HttpResponse(status=422)
    reading.keep_position(person, article, position)
    if "next" not in request.POST:  # the script keeps it while somebody reads
        return HttpResponse(status=204)
    return redirect(there(request, reverse("library")))


@require_POST
def read_all(request: HtmxRequest) -> HttpResponse:
    """Mark everything of a list as read that stood there when its page was made (`until`); the
    next page offers to undo it. The list is named as in the library's address."""
    person = signed_in(request)
    asked = chosen(person, request.POST.dict())
    if any(request.POST.get(name, "") != asked.narrowed.get(name, "") for name in NARROWING):
        messages.error(request, _("Nothing is marked: this list is not there any more."))
        return redirect("library")
    until = min(_moment(request.POST.get("until", "")), timezone.now())
    if asked.narrowed:
        marked = reading.mark_read(person, articles_of(asked.sources), until)
    else:
        marked = reading.mark_everything_read(person, until)
    if marked.count is None:
        said = _("Everything is marked as read.")
    else:
        said = ngettext(
            "%(n)d article is marked as read.", "%(n)d articles are marked as read.", marked.count
        ) % {"n": marked.count}
    # A message with an address has a button that undoes what it says.
    undo = reverse("undo_read_all", kwargs={"undo": marked.undo}) if marked.count != 0 else ""
    messages.success(request, said, extra_tags=undo)
    return redirect(there(request, reverse("library")))


@require_POST
def undo_read_all(request: HtmxRequest, undo: str) -> HttpResponse:
    """Take back what `read_all` did."""
    try:
        reading.undo_marking(signed_in(request), undo)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("They are unread again."))
    return redirect(there(request, reverse("library")))


def _moment(text: str) -> datetime:
    """When the page was made; now, where it does not say so in ISO 8601 with its zone."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    return moment if moment and moment.tzinfo else timezone.now()
