"""The ways from one list of articles to others: unread and starred ones, feeds and labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from reader.models import Subscription, User
from reader.queries.feeds import LabelGroup, by_label, shown_title
from reader.queries.lists import Chosen, Show
from reader.queries.walk import COUNTED, FeedNumbers, unread_in_feeds, walk

MOST_SHOWN = 99
"""More than so many unread articles are "99+"."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link to a list. `unread` is how many unread articles it has ("12", "99+"); empty where
    there are none, or where counting them would cost too much."""

    name: str
    path: str
    unread: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Folder:
    """A label with its feeds; `label` is None for those without one."""

    label: Way | None
    feeds: list[Way]


def ways(asked: Chosen) -> list[Way]:
    """All, unread and starred articles of the same list; nothing for readers without account."""
    if not isinstance(asked.visitor, User):
        return []
    unread = walk(
        asked.sources,
        after=None,
        limit=asked.sources.share(COUNTED),
        reader=asked.visitor,
        most=MOST_SHOWN + 1,
    )
    return [
        Way(
            name=str(show.label),
            path=_path(asked.narrowed, show),
            unread=_number(len(unread)) if show is Show.UNREAD else "",
            is_here=show is asked.show,
        )
        for show in Show
    ]


def folders(asked: Chosen) -> list[Folder]:
    """The feeds that the visitor reads, under their labels."""
    if not isinstance(asked.visitor, User):
        return []
    numbers = unread_in_feeds(asked.visitor, [one.feed_id for one in asked.subscriptions])
    return [_folder(asked, group, numbers) for group in by_label(asked.subscriptions)]


def _folder(asked: Chosen, group: LabelGroup, numbers: FeedNumbers) -> Folder:
    label = None
    if group.label:
        label = Way(
            name=group.label.name,
            path=_path({"label": str(group.label.pk)}, asked.show),
            unread=_sum(group.subscriptions, numbers),
            is_here=group.label == asked.label,
        )
    feeds = [
        Way(
            name=shown_title(one),
            path=_path({"feed": str(one.feed_id)}, asked.show),
            unread=_sum([one], numbers),
            is_here=one == asked.subscription,
        )
        for one in group.subscriptions
    ]
    return Folder(label, feeds)


def _path(narrowed: dict[str, str], show: Show) -> str:
    query = urlencode(narrowed | ({} if show is Show.ALL else {"show": show.value}))
    return f"{reverse('library')}?{query}" if query else reverse("library")


def _sum(group: Sequence[Subscription], numbers: FeedNumbers) -> str:
    counts = [numbers.unread.get(one.feed_id, 0) for one in group]
    if sum(counts) <= MOST_SHOWN and numbers.looked_at in counts:
        return f"{sum(counts)}+"
    return _number(sum(counts))


def _number(count: int) -> str:
    if count > MOST_SHOWN:
        return f"{MOST_SHOWN}+"
    return str(count) if count else ""
