"""Entries whose text is taken from their pages, fetched one after the other.

Of each feed one entry at most stands in the queue; the job goes on from it to the others that wait,
the newest first, and hands over to a further one after a while. What failed is tried again after
the feed's next poll.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.dates import UNKNOWN
from reader.ingest.address import fetch_article
from reader.ingest.errors import ExtractError, FetchError, NotAllowed
from reader.ingest.feeds import Entry, read_date
from reader.ingest.incoming import Incoming
from reader.ingest.listed import FROM_FEED, Listed, feed_article
from reader.ingest.outlet import host_of
from reader.ingest.pipeline import store
from reader.ingest.urlkey import url_key
from reader.models import Article, EntryStatus, FeedEntry
from reader.services.entries import become_stored
from reader.services.errors import Refused
from reader.services.queue import defer_page

TRIES = 3

PAUSE = timedelta(seconds=2)
"""Between two pages of a site."""

IN_VAIN = 2
"""Pages in a row of a site that does not answer; the others wait for the feed's next poll."""

TURN = timedelta(seconds=20)
"""After so long, a job lets others have its place."""

FATAL_ATTEMPTS = 3
"""Workers that may end while they read a page; then it is given up."""


@dataclass(frozen=True, slots=True)
class Page:
    """What came of a fetch: an article, or why there is none."""

    incoming: Incoming | None
    error: str = ""
    is_final: bool = False
    """Whether it is not worth another try."""
    is_site_down: bool = False
    """Whether that may be so of the site's other pages too."""


def fetch_pages(
    entry_id: int, attempts: int = 0, is_over: Callable[[], bool] = lambda: False
) -> None:
    """Fetch the page of an entry, and those that wait in its feed behind it.

    Args:
        attempts: how often a worker has ended while it did this.
        is_over: whether the worker is to end.
    """
    ends = time.monotonic() + TURN.total_seconds()
    entry = FeedEntry.objects.filter(pk=entry_id).first()
    if entry is not None and entry.status != EntryStatus.WAITING:
        entry = _behind(entry)
    in_vain = 0
    while entry is not None and in_vain < IN_VAIN:
        in_vain = 0 if fetch_page(entry.pk, attempts) else in_vain + 1
        attempts = 0
        entry = _behind(entry)
        if entry is not None and (is_over() or time.monotonic() > ends):
            defer_page(entry, PAUSE)
            return
        if entry is not None:
            time.sleep(PAUSE.total_seconds())


def _behind(entry: FeedEntry) -> FeedEntry | None:
    waiting = FeedEntry.objects.filter(
        feed=entry.feed_id, status=EntryStatus.WAITING, pk__lt=entry.pk
    )
    return waiting.order_by("-pk").first()


def fetch_page(entry_id: int, attempts: int = 0) -> bool:
    """Fetch the page of an entry that waits for it, and record what came of it. False if the site
    did not answer.

    Args:
        attempts: how often a worker has ended while it did this.
    """
    entry = (
        FeedEntry.objects.select_related("feed__publication")
        .filter(pk=entry_id, status=EntryStatus.WAITING)
        .first()
    )
    if entry is None:
        return True
    if attempts >= FATAL_ATTEMPTS:
        page = Page(None, _("Reading this page ended the program several times."), is_final=True)
    else:
        page = _fetch(entry)
    _record(entry, page)
    return not page.is_site_down


@transaction.atomic
def try_again(entry: FeedEntry) -> bool:
    """Have the page of an entry fetched that was given up. False where there is nothing to try:
    it is no longer so, or the entry has no page."""
    again = (
        FeedEntry.objects.select_for_update()
        .filter(pk=entry.pk, status=EntryStatus.FAILED)
        .exclude(link="")
        .first()
    )
    if again is None:
        return False
    again.status, again.tries, again.error = EntryStatus.WAITING, 0, ""
    again.save(update_fields=["status", "tries", "error"])
    defer_page(again)
    return True


def _fetch(entry: FeedEntry) -> Page:
    try:
        incoming, _html = fetch_article(entry.link)
        return Page(_as_listed(incoming, entry))
    except (ExtractError, NotAllowed) as error:
        return Page(None, error.message, is_final=True)
    except FetchError as error:
        is_down = error.status in (0, 429) or error.status >= 500
        return Page(None, error.message, is_site_down=is_down)
    except Refused as refused:
        return Page(None, refused.message)


def _as_listed(incoming: Incoming, entry: FeedEntry) -> Incoming:
    """The article of a page with what the feed knows better.

    Raises:
        ExtractError: the page is no article's own.
    """
    details, said = incoming.details, _listed(entry)
    outlet = entry.feed.publication.name if entry.feed.publication else ""
    is_own = host_of(entry.link) == host_of(entry.feed.site_url or entry.feed.url)
    url = _address(details.url, entry)
    details = replace(
        details,
        url=url,
        title=(incoming.title_derived and entry.title) or details.title,
        publication=(outlet if is_own else details.publication) or outlet,
        published=said.published(timezone.now())
        if details.published == UNKNOWN
        else details.published,
    )
    return replace(
        incoming,
        details=details,
        title_derived=incoming.title_derived and not entry.title,
        revises=entry.article_id,
    )


def _address(found: str, entry: FeedEntry) -> str:
    """The article's address: the feed's for it, or where that led on another site.

    On the same site redirects lead to pages of many articles too: to sign in, to agree.

    Raises:
        ExtractError: it led where another article of the feed has led already.
    """
    if host_of(found) == host_of(entry.link):
        return entry.link
    others = FeedEntry.objects.filter(feed=entry.feed_id, article__url_key=url_key(found))
    if others.exclude(pk=entry.pk).exists():
        raise ExtractError(
            _("Its address leads to the same page as another article's: %(url)s") % {"url": found}
        )
    return found


@transaction.atomic
def _record(before: FeedEntry, page: Page) -> None:
    entry = (
        FeedEntry.objects.select_for_update()
        .filter(pk=before.pk, status=EntryStatus.WAITING, sha256=before.sha256, tries=before.tries)
        .first()
    )
    if entry is None:
        return
    entry.feed = before.feed
    entry.tries += 1
    if page.incoming:
        _store(entry, page.incoming)
    else:
        _do_without(entry, page)
    entry.save()


def _do_without(entry: FeedEntry, page: Page) -> None:
    """Wait for another try, or take the feed's text, or give up."""
    if not page.is_final and entry.tries < TRIES:
        entry.error = page.error
        return
    if entry.article_id:
        become_stored(entry, entry.article_id)
    else:
        try:
            _store(entry, _feeds_own(entry))
        except Refused:
            entry.status = EntryStatus.FAILED
    entry.error = page.error


def _store(entry: FeedEntry, incoming: Incoming) -> None:
    outcome = store(incoming, None)
    become_stored(entry, outcome.article_id)
    stored = Article.objects.filter(pk=outcome.article_id)
    entry.listed_at = stored.values_list("listed_at", flat=True).get()


def _feeds_own(entry: FeedEntry) -> Incoming:
    """Raises `Refused` where the feed gave no text."""
    outlet = entry.feed.publication.name if entry.feed.publication else ""
    return feed_article(_listed(entry), FROM_FEED, outlet, timezone.now())


def _listed(entry: FeedEntry) -> Listed:
    """What the feed said of an entry, as far as it is kept."""
    said = Entry(
        link=entry.link,
        title=entry.title,
        published_raw=entry.published_raw,
        stated=read_date(entry.published_raw),
        html=entry.html,
    )
    return Listed(said, entry.key, entry.sha256)
