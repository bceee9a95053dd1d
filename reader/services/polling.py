"""Asking a feed what is new, and recording what came of it.

What takes long, the network and the parsing, comes first and in no transaction. Then one
transaction records all: entries, articles, the answer's marks, and when to ask next.
"""

import hashlib
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.ingest import schedule
from reader.ingest.errors import FetchError
from reader.ingest.feed_reading import read_feed
from reader.ingest.feeds import ParsedFeed, Unreadable
from reader.ingest.fetch import ANY_TYPE, Fetched, fetch
from reader.ingest.listed import fitting
from reader.ingest.outlet import host_of, outlet_name
from reader.models import Feed, FeedStatus
from reader.services.entries import Plan, carry_out, plan
from reader.services.feed_moves import move
from reader.services.publications import publication_called
from reader.services.queue import defer_first_page

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
)
_RANDOM = random.SystemRandom()
_GONE = 410
_COME_LATER = frozenset({429, 503})
_HABIT = 10
"""Articles by which the pace of a feed is judged."""

FATAL_ATTEMPTS = 3
"""Workers that may end while they poll a feed; then it is left alone for a while."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands at a feed's address. `parsed` is None where it is what was there before."""

    fetched: Fetched
    parsed: ParsedFeed | None = None
    sha256: str = ""
    problems: list[str] = field(default_factory=list)


def poll(feed_id: int, attempts: int = 0) -> None:
    """Ask a feed that is due, and record the outcome. One that is not due is left alone.

    Args:
        attempts: how often a worker has ended while it did this.
    """
    feed = Feed.objects.filter(
        pk=feed_id, status=FeedStatus.ACTIVE, next_poll_at__lte=timezone.now()
    ).first()
    if feed is None:
        return
    if attempts >= FATAL_ATTEMPTS:
        _record_failure(feed, _("Reading this feed ended the program several times."))
        return
    try:
        answer = _ask(feed)
        found = _plan(feed, answer)
        _record_success(feed, answer, found)
    except (FetchError, Unreadable) as error:
        _record_failure(feed, str(error), error if isinstance(error, FetchError) else None)
    except Exception:
        # Else it would be tried every minute, with the same fault.
        _record_failure(feed, _("This feed met a fault of the program, which has been logged."))
        raise


def _ask(feed: Feed) -> Answer:
    """Fetch and read a feed.

    Raises:
        FetchError, Unreadable: there is nothing that could be read.
    """
    headers = {"Accept": _ACCEPT}
    if feed.sha256 and feed.etag:
        headers["If-None-Match"] = feed.etag
    if feed.sha256 and feed.last_modified:
        headers["If-Modified-Since"] = feed.last_modified
    fetched = fetch(feed.url, accept=ANY_TYPE, headers=headers)
    digest = hashlib.sha256(fetched.content).hexdigest()
    if fetched.status == 304 or digest == feed.sha256:
        return Answer(fetched, None, feed.sha256)
    parsed = read_feed(fetched.content, fetched.url, fetched.headers.get("Content-Type", ""))
    if parsed.moved_to in ("", feed.url, fetched.url, fetched.permanent_url):
        return Answer(fetched, parsed, digest)
    return _follow(Answer(fetched, parsed, digest), parsed.moved_to)


def _follow(answer: Answer, to: str) -> Answer:
    """The feed at the address that it says it has moved to, if there is one."""
    try:
        moved = fetch(to, accept=ANY_TYPE, headers={"Accept": _ACCEPT})
        parsed = read_feed(moved.content, moved.url, moved.headers.get("Content-Type", ""))
    except (FetchError, Unreadable) as error:
        answer.problems.append(
            _("The feed says that it has moved to %(url)s, but: %(why)s")
            % {"url": to, "why": error}
        )
        return answer
    return Answer(moved, parsed, hashlib.sha256(moved.content).hexdigest())


def _plan(feed: Feed, answer: Answer) -> Plan | None:
    if answer.parsed is None:
        return None
    return plan(feed, answer.parsed, _outlet(feed, answer.parsed), timezone.now())


def _outlet(feed: Feed, parsed: ParsedFeed) -> str:
    if feed.publication:
        return feed.publication.name
    return fitting("publication", outlet_name(parsed.title, parsed.link or feed.url))


@transaction.atomic
def _record_success(feed: Feed, answer: Answer, found: Plan | None) -> None:
    current = _unchanged_since(feed)
    if current is None:
        return
    now = timezone.now()
    current.last_polled_at = current.last_success_at = now
    current.failures, current.last_error = 0, ""
    if answer.parsed and found:
        _describe(current, answer.parsed, found.publication)
        over = [_("The feed says that it has ended.")] if answer.parsed.expired else []
        current.problems = [*over, *answer.parsed.problems, *answer.problems, *found.problems]
        _remember(current, answer)
        carry_out(found)
    current.next_poll_at = schedule.after_success(
        now, _pace(current, now), _wishes(current, answer), _RANDOM.random()
    )
    current.save()
    current = move(current, answer.fetched.permanent_url)
    defer_first_page(current)


@transaction.atomic
def _record_failure(feed: Feed, message: str, error: FetchError | None = None) -> None:
    current = _unchanged_since(feed)
    if current is None:
        return
    now = timezone.now()
    current.last_polled_at = now
    current.failures += 1
    current.last_error = message
    if error and error.status == _GONE:
        current.status, current.next_poll_at = FeedStatus.GONE, None
    else:
        asked = error.retry_after if error and error.status in _COME_LATER else ""
        current.next_poll_at = schedule.after_failure(
            now, current.failures, schedule.retry_after(asked, now), _RANDOM.random()
        )
    current.save()


def _unchanged_since(feed: Feed) -> Feed | None:
    """The feed's row, locked, if nobody else has recorded a poll since it was read, or ended the
    last subscription."""
    return (
        Feed.objects.select_for_update()
        .filter(
            pk=feed.pk,
            last_polled_at=feed.last_polled_at,
            status=FeedStatus.ACTIVE,
            next_poll_at__isnull=False,
        )
        .first()
    )


def _describe(feed: Feed, parsed: ParsedFeed, outlet: str) -> None:
    feed.title = fitting("title", parsed.title)[:300].rstrip()
    feed.site_url = fitting("url", parsed.link)
    feed.wishes = {
        "minutes": parsed.every_minutes or 0,
        "skip_hours": sorted(parsed.skip_hours),
        "skip_days": sorted(parsed.skip_days),
    }
    if feed.publication is None and outlet:
        feed.publication = publication_called(outlet, host_of(feed.site_url or feed.url))


def _remember(feed: Feed, answer: Answer) -> None:
    """What tells next time whether there is anything new."""
    headers = answer.fetched.headers
    feed.sha256 = answer.sha256
    feed.etag = _header(headers.get("ETag", ""), 500)
    feed.last_modified = _header(headers.get("Last-Modified", ""), 100)


def _header(value: str, longest: int) -> str:
    """A header that can be sent back; half of one would be another."""
    return value if value.isprintable() and len(value) <= longest else ""


def _pace(feed: Feed, now: datetime) -> timedelta:
    newest = feed.entries.filter(article__isnull=False).order_by("-listed_at", "-article")
    return schedule.pace(
        [at for at in newest.values_list("listed_at", flat=True)[:_HABIT] if at], now
    )


def _wishes(feed: Feed, answer: Answer) -> schedule.Wishes:
    """What the feed asked for when it was last read, and what came with this answer."""
    fresh = schedule.fresh_for(answer.fetched.headers.get("Cache-Control", ""))
    said = feed.wishes
    return schedule.Wishes(
        max(fresh, timedelta(minutes=said.get("minutes", 0))),
        frozenset(said.get("skip_hours", ())),
        frozenset(said.get("skip_days", ())),
    )
