"""Adding an article by its address."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reader.accounts import signed_in
from reader.ingest.address import fetch_article
from reader.ingest.hold import hold
from reader.queries.articles import annotated_projects
from reader.services.errors import Refused
from reader.views.article_forms import AS_HTML, AddressForm, ArticleForm, typed
from reader.views.articles import add_page, chosen_project, preview_page, project_named

_BOOKMARKLET = "javascript:void(location.href='{}?url='+encodeURIComponent(location.href))"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_address(request: HttpRequest) -> HttpResponse:
    """Fetch an article and show what it will look like; from there on it is as if pasted.

    An address in the query only fills in the form: nothing is fetched unless somebody asks.
    """
    user = signed_in(request)
    projects = annotated_projects(user)
    if request.method != "POST":
        chosen = chosen_project(user, request.GET.get("project", ""))
        initial = {"url": request.GET.get("url", ""), "project": chosen}
        return _page(request, AddressForm(projects, initial=initial))
    form = AddressForm(projects, request.POST)
    if not form.is_valid():
        return _page(request, form)
    slug = form.cleaned_data["project"]
    try:
        incoming, html = fetch_article(form.cleaned_data["url"])
    except Refused as refused:
        form.add_error("url", refused.message)
        return _page(request, form, paste=True)
    shown = typed(incoming.details) | {
        "title": "" if incoming.title_derived else incoming.details.title,
        "text": html,
        "read_as": AS_HTML,
        "project": slug,
        "fetched": hold(user, incoming, html),
    }
    found = ArticleForm(user, projects, shown)
    if not found.is_valid():
        return add_page(request, found)
    return preview_page(request, found, project_named(slug, projects, user))


def _page(request: HttpRequest, form: AddressForm, *, paste: bool = False) -> HttpResponse:
    here = request.build_absolute_uri(reverse("add_address"))
    return render(
        request,
        "articles/address.html",
        {"form": form, "paste": paste, "bookmarklet": _BOOKMARKLET.format(here)},
    )
