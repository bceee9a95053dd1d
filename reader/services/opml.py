"""Lists of feeds as other readers write them: subscribing to all of one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from reader.ingest.details import CHECKS
from reader.ingest.opml import OpmlFeed, Unreadable, parse
from reader.models import Feed, FeedStatus, Label, Subscription, User
from reader.services.errors import Refused
from reader.services.labels import LONGEST, labels_named
from reader.services.queue import defer_polls

MOST_BYTES = 5_000_000
MOST_FEEDS = 2000
_LONGEST_TITLE = 300
_LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a list: feeds subscribed to, feeds that the person had already (their labels
    were added), labels in it; what could not be read; `sites` name a page but no feed."""

    added: int
    known: int
    labels: tuple[str, ...]
    problems: tuple[str, ...]
    sites: tuple[OpmlFeed, ...]


def import_list(user: User, content: bytes) -> Imported:
    """Subscribe to the feeds of an OPML file; its folders become labels. What the person has
    already stays as it is. The number of queries does not grow with the list.

    Raises:
        Refused: it is no such list, or too large.
    """
    if len(content) > MOST_BYTES:
        raise Refused(
            _("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 1_000_000}, "file"
        )
    try:
        parsed = parse(content)
    except Unreadable as unreadable:
        raise Refused(str(unreadable), "file") from None
    feeds, problems = _checked(parsed.feeds)
    if len(feeds) > MOST_FEEDS:
        left = len(feeds) - MOST_FEEDS
        problems.append(
            ngettext(
                "%(left)s feed was left out: %(most)s at once are the most.",
                "%(left)s feeds were left out: %(most)s at once are the most.",
                left,
            )
            % {"left": left, "most": MOST_FEEDS}
        )
        feeds = feeds[:MOST_FEEDS]
    added, labels = _subscribe(user, feeds)
    return Imported(
        added=added,
        known=len(feeds) - added,
        labels=tuple(labels),
        problems=(*parsed.problems, *problems),
        sites=parsed.sites,
    )


def _checked(listed: Sequence[OpmlFeed]) -> tuple[list[OpmlFeed], list[str]]:
    """The feeds as they can be kept, each address once, and why others cannot."""
    kept: dict[str, OpmlFeed] = {}
    problems: list[str] = []
    for one in listed:
        try:
            url = CHECKS["url"](one.url)
        except Refused as refused:
            name = one.title or one.url[:80]
            problems.append(
                _("“%(name)s” was left out. %(why)s") % {"name": name, "why": refused.message}
            )
            continue
        site = one.site_url if len(one.site_url) <= _LONGEST_ADDRESS else ""
        labels = tuple(name for label in one.labels if (name := _label(label)))
        kept[url] = replace(
            one, url=url, title=one.title[:_LONGEST_TITLE], site_url=site, labels=labels
        )
    return list(kept.values()), problems


def _label(written: str) -> str:
    """Commas separate labels in forms, so none has one."""
    return " ".join(written.replace(",", " ").split())[:LONGEST].strip()


@transaction.atomic
def _subscribe(user: User, listed: Sequence[OpmlFeed]) -> tuple[int, Mapping[str, Label]]:
    feeds = _feeds(user, listed)
    mine = {
        one.feed_id: one for one in Subscription.objects.filter(user=user, feed__in=feeds.values())
    }
    missing = [one for one in listed if feeds[one.url].pk not in mine]
    Subscription.objects.bulk_create(
        [
            Subscription(user=user, feed=feeds[one.url], title=_own_title(one, feeds[one.url]))
            for one in missing
        ],
        ignore_conflicts=True,
    )
    _poll_soon(feeds.values())
    subscribed = dict(
        Subscription.objects.filter(user=user, feed__in=feeds.values()).values_list("feed", "pk")
    )
    labels = labels_named(user, (label for one in listed for label in one.labels))
    ties = Subscription.labels.through
    ties.objects.bulk_create(
        [
            ties(subscription_id=subscribed[feeds[one.url].pk], label_id=labels[label].pk)
            for one in listed
            for label in one.labels
        ],
        ignore_conflicts=True,
    )
    return len(missing), labels


def _feeds(user: User, listed: Sequence[OpmlFeed]) -> dict[str, Feed]:
    """The feeds of the list by their addresses, made where there are none."""
    urls = [one.url for one in listed]
    known = set(Feed.objects.filter(url__in=urls).values_list("url", flat=True))
    # In order, so that two lists that come in at once do not wait for each other.
    new = sorted((one for one in listed if one.url not in known), key=lambda one: one.url)
    Feed.objects.bulk_create(
        [Feed(url=one.url, site_url=one.site_url, added_by=user) for one in new],
        ignore_conflicts=True,
    )
    return {feed.url: feed for feed in Feed.objects.filter(url__in=urls)}


def _poll_soon(feeds: Iterable[Feed]) -> None:
    """Put those into the queue that nobody has read so far."""
    unread = Feed.objects.filter(
        pk__in=[feed.pk for feed in feeds], next_poll_at=None, status=FeedStatus.ACTIVE
    )
    # In order, so that two lists that come in at once do not wait for each other.
    ids = list(unread.order_by("pk").select_for_update().values_list("pk", flat=True))
    Feed.objects.filter(pk__in=ids).update(next_poll_at=timezone.now())
    defer_polls(ids)


def _own_title(listed: OpmlFeed, feed: Feed) -> str:
    """What the person called the feed elsewhere, if that is not what it calls itself: what they
    know stays in their list."""
    return "" if listed.title == feed.title else listed.title
