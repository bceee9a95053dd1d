"""Searches that people keep: the list, a new one, names, and the addresses to follow them by."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.access import SearchSeat, search_seat
from reader.accounts import signed_in
from reader.models import User
from reader.queries.saved_searches import listed_searches, projects_to_save_in
from reader.services import saved_searches
from reader.services.errors import Refused


class SaveSearchForm(forms.Form):
    """A search to keep: what is searched for, under which name, and for whom."""

    q = forms.CharField(
        label=gettext_lazy("Search for"), max_length=saved_searches.LONGEST_QUERY, strip=True
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=saved_searches.LONGEST_NAME)
    project = forms.ChoiceField(label=gettext_lazy("For whom"), required=False)

    def __init__(
        self, data: Any = None, *, user: User, initial: dict[str, Any] | None = None
    ) -> None:
        # The form that narrows a search stands on the same page.
        super().__init__(data, initial=initial, auto_id="save_%s")
        self._projects = {one.slug: one for one in projects_to_save_in(user)}
        self.fields["project"].choices = [  # type: ignore[attr-defined]
            ("", _("Only me")),
            *(
                (slug, _("Members of “%(name)s”") % {"name": one.name})
                for slug, one in self._projects.items()
            ),
        ]

    def save(self, user: User) -> None:
        """Keep what was typed.

        Raises:
            Refused: see the service.
        """
        data = self.cleaned_data
        saved_searches.save(user, data["name"], data["q"], self._projects.get(data["project"]))


@login_required
@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """The visitor's searches, and those of their projects."""
    return _list(request)


def _list(
    request: HttpRequest, refused: Refused | None = None, about: int | None = None
) -> HttpResponse:
    """The list, after a name that was refused too: `about` says of which search."""
    user = signed_in(request)
    context = {
        "listed": listed_searches(user),
        "host": f"{request.scheme}://{request.get_host()}",
        "refused": refused,
        "about": about,
        "typed": request.POST.get("name", ""),
    }
    return render(request, "search/saved.html", context, status=422 if refused else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_search(request: HttpRequest) -> HttpResponse:
    """Keep a search."""
    user = signed_in(request)
    form = SaveSearchForm(request.POST or None, user=user, initial={"q": request.GET.get("q", "")})
    if request.method == "POST" and form.is_valid():
        try:
            form.save(user)
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        else:
            messages.success(request, _("“%(name)s” is kept.") % form.cleaned_data)
            return redirect("searches")
    return render(request, "search/save.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def rename_search(request: HttpRequest, search_id: int) -> HttpResponse:
    """Give a search another name."""
    search = _to_change(request, search_id).search
    try:
        saved_searches.rename(search, request.POST.get("name", ""))
    except Refused as refused:
        return _list(request, refused, search_id)
    messages.success(request, _("It is called “%(name)s” now.") % {"name": search.name})
    return redirect("searches")


@require_POST
def delete_search(request: HttpRequest, search_id: int) -> HttpResponse:
    """Take a search off the lists, and offer to undo that."""
    search = _to_change(request, search_id).search
    saved_searches.delete(search)
    undo = reverse("restore_search", args=[search.pk])
    messages.success(request, _("“%(name)s” is deleted.") % {"name": search.name}, extra_tags=undo)
    return redirect("searches")


@require_POST
def restore_search(request: HttpRequest, search_id: int) -> HttpResponse:
    """Undo a deletion."""
    search = _to_change(request, search_id).search
    saved_searches.restore(search)
    messages.success(request, _("“%(name)s” is back.") % {"name": search.name})
    return redirect("searches")


@require_POST
def follow_search(request: HttpRequest, search_id: int) -> HttpResponse:
    """Make an address for the visitor's feed of a search; an earlier one answers no more."""
    place = search_seat(request.user, search_id)
    saved_searches.follow(place.search, place.user)
    messages.success(request, _("“%(name)s” has a new feed address.") % {"name": place.search.name})
    return redirect(f"{reverse('searches')}#search-{search_id}")


@require_POST
def unfollow_search(request: HttpRequest, search_id: int) -> HttpResponse:
    """Revoke the address of the visitor's feed."""
    place = search_seat(request.user, search_id)
    saved_searches.stop_following(place.search, place.user)
    messages.success(request, _("The feed address is revoked: nothing answers there any more."))
    return redirect(f"{reverse('searches')}#search-{search_id}")


def _to_change(request: HttpRequest, search_id: int) -> SearchSeat:
    place = search_seat(request.user, search_id)
    if not place.may_change:
        raise Http404
    return place
