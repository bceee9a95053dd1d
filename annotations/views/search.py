"""Searching articles and marked passages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from annotations.narrowing import NarrowForm
from annotations.pages.search import offers, search_page
from annotations.paths import search_path
from reader.models import User
from reader.queries.lists import chosen
from reader.views.searches import SaveSearchForm


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What `?q=` finds, newest first; without it, the form and what can be typed."""
    page = search_page(request.user, request.GET)
    context: dict[str, object] = {"page": page}
    if isinstance(request.user, User) and page.query:
        context["save_form"] = SaveSearchForm(user=request.user, initial={"q": page.query})
    return render(request, "search/page.html", context)


@require_safe
def narrow(request: HttpRequest) -> HttpResponse:
    """Turn the form into a search: its address has the syntax in it."""
    asked = chosen(request.user, {})
    form = NarrowForm(request.GET or None, projects=asked.projects)
    if form.is_valid():
        return redirect(search_path(form.query))
    return render(
        request,
        "search/narrow.html",
        {"form": form, "offers": offers(asked)},
        status=422 if form.errors else 200,
    )
