"""Lists of feeds in and out."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reader.accounts import signed_in
from reader.ingest.opml import OpmlFeed, write
from reader.queries.feeds import subscribed_list
from reader.services.errors import Refused
from reader.services.opml import MOST_BYTES, import_list
from reader.views.feed_forms import OpmlForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_feeds(request: HttpRequest) -> HttpResponse:
    """Subscribe to all feeds of a file, and say what came of it."""
    if request.method != "POST":
        return render(request, "feeds/import.html", {"form": OpmlForm()})
    form = OpmlForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            # One byte more tells a file that is too large, without reading all of it.
            imported = import_list(signed_in(request), form.upload.read(MOST_BYTES + 1))
        except Refused as refused:
            form.add_error("file", refused.message)
        else:
            context = {"imported": imported, "sites": _to_try(imported.sites)}
            return render(request, "feeds/imported.html", context)
    return render(request, "feeds/import.html", {"form": form})


@login_required
@require_safe
def export_feeds(request: HttpRequest) -> HttpResponse:
    """The person's feeds as a file that other readers take."""
    user = signed_in(request)
    title = _("Feeds of %(person)s") % {"person": user}
    return HttpResponse(
        write(subscribed_list(user), title),
        content_type="application/xml",
        headers={"Content-Disposition": 'attachment; filename="feeds.opml"'},
    )


def _to_try(sites: Sequence[OpmlFeed]) -> list[tuple[str, str]]:
    """Names of sites, each with the address of the form that looks for a feed there."""
    return [
        (
            site.title or site.site_url,
            f"{reverse('feeds')}?"
            + urlencode({"url": site.site_url, "labels": ", ".join(site.labels)}),
        )
        for site in sites
    ]
