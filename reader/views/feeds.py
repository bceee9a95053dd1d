"""The feeds that a person reads, and subscribing to more."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reader.accounts import signed_in
from reader.ingest.feeds import FoundFeed
from reader.ingest.find_feeds import find_feeds
from reader.models import Subscription, User
from reader.queries.feeds import by_label, labels_of, subscriptions
from reader.queries.walk import unread_in_feeds
from reader.services.errors import Refused
from reader.services.feeds import Ended, resubscribe, subscribe
from reader.services.labels import DeletedLabel, add_labels, restore_label
from reader.views.feed_forms import AddFeedForm
from reader.views.undo import take_undo

_BOOKMARKLET = "javascript:void(location.href='{}?url='+encodeURIComponent(location.href))"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    """What the person reads, and a form for more.

    An address in the query only fills in the form. A posted one is fetched while they wait: a
    single feed behind it is subscribed to, of several they choose.
    """
    user = signed_in(request)
    if request.method != "POST":
        typed = {name: request.GET.get(name, "") for name in ("url", "labels")}
        return _page(request, user, AddFeedForm(initial=typed))
    form = AddFeedForm(request.POST)
    if not form.is_valid():
        return _page(request, user, form)
    try:
        found = find_feeds(form.cleaned_data["url"])
        if len(found) > 1:
            return _choice(request, form, found)
        subscription = subscribe(user, found[0].url)
    except Refused as refused:
        form.add_error("url", refused.message)
        return _page(request, user, form)
    add_labels(subscription, form.cleaned_data["labels"])
    name = subscription.title or subscription.feed.title or found[0].title or found[0].url
    messages.success(request, _("You read “%(feed)s” from now on.") % {"feed": name})
    return redirect("feed", subscription.feed_id)


@login_required
@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Bring back the subscription or label that the person removed last."""
    user, done = signed_in(request), take_undo(request, key)
    if done is None:
        messages.error(request, _("That can no longer be undone."))
    elif done["kind"] == "label":
        restore_label(user, DeletedLabel(done["name"], tuple(done["subscriptions"])))
        messages.success(request, _("The label “%(name)s” is back.") % {"name": done["name"]})
        return redirect("labels")
    else:
        try:
            resubscribe(user, Ended(done["feed"], done["title"], tuple(done["labels"])))
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("You read “%(name)s” again.") % {"name": done["name"]})
            return redirect("feed", done["feed"])
    return redirect("feeds")


@dataclass(frozen=True, slots=True)
class Line:
    """A feed in the list; `unread` of its newest articles, or more, where so many are counted."""

    subscription: Subscription
    unread: int
    is_more: bool


def _page(request: HttpRequest, user: User, form: AddFeedForm) -> HttpResponse:
    here = request.build_absolute_uri(reverse("feeds"))
    mine = subscriptions(user)
    numbers = unread_in_feeds(user, [one.feed_id for one in mine])
    lines = {
        one.pk: Line(one, count, is_more=count >= numbers.looked_at)
        for one in mine
        for count in (numbers.unread.get(one.feed_id, 0),)
    }
    return render(
        request,
        "feeds/list.html",
        {
            "form": form,
            "groups": [
                (group.label, [lines[one.pk] for one in group.subscriptions])
                for group in by_label(mine)
            ],
            "labels": labels_of(user),
            "bookmarklet": _BOOKMARKLET.format(here),
        },
    )


def _choice(request: HttpRequest, form: AddFeedForm, found: Sequence[FoundFeed]) -> HttpResponse:
    typed = {"url": form["url"].value(), "labels": form["labels"].value()}
    return render(request, "feeds/choose.html", {"found": found, **typed})
