"""One feed: what it brings, how it is doing, and how the person reads it."""

from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader import dates
from reader.accounts import signed_in
from reader.feed_access import entry_seen, feed_seen, may_set_delivery, own_subscription
from reader.models import Feed, FeedStatus, Subscription
from reader.queries.feeds import entries_of, labels_of, shown_title, subscription_of
from reader.queries.status import workers_alive
from reader.services.entry_pages import try_again
from reader.services.feeds import refresh, rename, set_delivery, subscribe, unsubscribe
from reader.services.labels import set_labels
from reader.views.feed_forms import DeliveryForm, SubscriptionForm
from reader.views.undo import offer_undo

_WATCHED = timedelta(minutes=1)
"""How long a page waits for articles to arrive."""

_STOP_POLLING = 286
"""The status that ends an `every` of htmx (https://htmx.org/docs/#polling)."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: HttpRequest, feed_id: int) -> HttpResponse:
    """A feed; posted, the person's own title and labels for it."""
    found = feed_seen(request.user, feed_id)
    mine = subscription_of(signed_in(request), found)
    if request.method != "POST":
        return _page(request, found, mine, _mine_form(mine))
    mine = own_subscription(request.user, feed_id)
    form = SubscriptionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, mine, form)
    rename(mine, form.cleaned_data["title"])
    set_labels(mine, form.cleaned_data["labels"])
    messages.success(request, _("Saved."))
    return redirect("feed", feed_id)


@login_required
@require_safe
def arrivals(request: HttpRequest, feed_id: int) -> HttpResponse:
    """The part of the page that changes while articles arrive; htmx asks until they have, or for
    a minute after `since` (seconds of the epoch)."""
    found = feed_seen(request.user, feed_id)
    mine = subscription_of(signed_in(request), found)
    context = _arrivals(found, may_wait=_is_recent(request.GET.get("since", "")))
    context["title"] = shown_title(mine) if mine else str(found)
    status = 200 if context["live"] else _STOP_POLLING
    return render(request, "feeds/_arrived.html", context, status=status)


@login_required
@require_POST
def set_feed_delivery(request: HttpRequest, feed_id: int) -> HttpResponse:
    """Choose where the text of the feed's articles is taken from, for everybody."""
    found = feed_seen(request.user, feed_id)
    if not may_set_delivery(request.user, found):
        messages.error(request, _("Subscribe first: those who read a feed decide about it."))
        return redirect("feed", feed_id)
    form = DeliveryForm(request.POST)
    if form.is_valid():
        set_delivery(found, form.cleaned_data["delivery"])
        messages.success(request, _("Saved. It holds from the next articles on."))
        return redirect("feed", feed_id)
    mine = subscription_of(signed_in(request), found)
    return _page(request, found, mine, _mine_form(mine), form)


@login_required
@require_POST
def refresh_feed(request: HttpRequest, feed_id: int) -> HttpResponse:
    """Have the feed asked now."""
    if refresh(feed_seen(request.user, feed_id)):
        messages.success(request, _("The feed is asked for new articles."))
    else:
        messages.info(request, _("It was asked less than a minute ago. Try again a little later."))
    return redirect("feed", feed_id)


@login_required
@require_POST
def subscribe_here(request: HttpRequest, feed_id: int) -> HttpResponse:
    """Read a feed that somebody else brought in."""
    found = feed_seen(request.user, feed_id)
    subscribe(signed_in(request), found.url)
    messages.success(request, _("You read “%(feed)s” from now on.") % {"feed": found})
    return redirect("feed", feed_id)


@login_required
@require_POST
def unsubscribe_here(request: HttpRequest, feed_id: int) -> HttpResponse:
    """Stop reading a feed, and offer to undo that."""
    mine = own_subscription(request.user, feed_id)
    name, ended = shown_title(mine), unsubscribe(mine)
    offer_undo(
        request,
        _("You no longer read “%(name)s”.") % {"name": name},
        "subscription",
        name=name,
        feed=ended.feed_id,
        title=ended.title,
        labels=list(ended.label_ids),
    )
    return redirect("feeds")


@login_required
@require_POST
def retry_entry(request: HttpRequest, feed_id: int, entry_id: int) -> HttpResponse:
    """Try again to fetch an article that was given up."""
    if try_again(entry_seen(request.user, feed_id, entry_id)):
        messages.success(request, _("The article is tried again."))
    else:
        messages.info(request, _("There is nothing to try again: look below."))
    return redirect("feed", feed_id)


def _page(
    request: HttpRequest,
    found: Feed,
    mine: Subscription | None,
    form: SubscriptionForm | None,
    delivery: DeliveryForm | None = None,
) -> HttpResponse:
    user = signed_in(request)
    if delivery is None and may_set_delivery(user, found):
        delivery = DeliveryForm(initial={"delivery": found.delivery})
    context = _arrivals(found, may_wait=True) | {
        "title": shown_title(mine) if mine else str(found),
        "subscription": mine,
        "form": form,
        "delivery_form": delivery,
        "labels": labels_of(user),
        "since": int(timezone.now().timestamp()),
    }
    return render(request, "feeds/feed.html", context)


def _mine_form(mine: Subscription | None) -> SubscriptionForm | None:
    if mine is None:
        return None
    labels = ", ".join(label.name for label in mine.labels.all())
    return SubscriptionForm(initial={"title": mine.title, "labels": labels})


def _is_recent(since: str) -> bool:
    """Whether that moment, in seconds of the epoch, is less than `_WATCHED` ago."""
    try:
        began = datetime.fromtimestamp(int(since), UTC)
    except (ValueError, OverflowError, OSError):
        return False
    return timedelta(0) <= timezone.now() - began < _WATCHED


def _arrivals(found: Feed, *, may_wait: bool) -> dict[str, object]:
    """What is there of a feed; `live` while more is on its way, `late` where that takes longer
    than anybody watches."""
    entries = entries_of(found)
    # What was tried in vain waits for the feed's next poll, and nobody waits for that.
    is_fetching = any(one.tries == 0 for one in entries.waiting)
    expected = found.status == FeedStatus.ACTIVE and (found.is_due or is_fetching)
    return {
        "feed": found,
        "entries": entries,
        "stored": [
            (one, dates.show(one.article.published_on, one.article.published_precision))
            for one in entries.stored
            if one.article
        ],
        "live": expected and may_wait,
        "no_worker": expected and not workers_alive(),
        "late": expected and not may_wait,
    }
