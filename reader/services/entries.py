"""What a feed lists becomes entries, and entries become articles.

First a plan, which reads and prepares and takes its time; then `carry_out`, in the transaction
that records the poll.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from reader.ingest.feeds import ParsedFeed
from reader.ingest.incoming import Incoming
from reader.ingest.listed import FROM_FEED, Listed, feed_article, listed, words_digest
from reader.ingest.pipeline import Result, store_all
from reader.ingest.urlkey import url_key
from reader.models import Article, Delivery, EntryStatus, Feed, FeedEntry
from reader.services.errors import Refused
from reader.text import word_count

MOST = 500
"""Entries that are looked at, the newest of a feed: some list all that there ever was."""

MUCH_LONGER = 1.5
"""Times the words of a text that came from a feed: so long, another feed's text takes its place."""

_DETAILS = ("title", "link", "published_raw")
_CHANGING = (*_DETAILS, "sha256", "html", "status", "tries", "error", "article", "listed_at")


class There(NamedTuple):
    """The newest text of an article that is there already."""

    article_id: UUID
    extractor: str
    words: int

    @property
    def is_from_feed(self) -> bool:
        """Whether no page was read for it."""
        return self.extractor.startswith(FROM_FEED)


@dataclass(slots=True)
class Plan:
    """What a poll will write: new entries, changed ones, and the texts of some of them."""

    feed: Feed
    kind: str
    publication: str
    now: datetime
    new: list[FeedEntry] = field(default_factory=list)
    changed: list[FeedEntry] = field(default_factory=list)
    texts: list[tuple[FeedEntry, Incoming]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def add(self, one: Listed, there: There | None) -> None:
        """An entry that the feed lists for the first time."""
        row = FeedEntry(feed=self.feed, key=one.key, sha256=one.sha256)
        self.new.append(row)
        _describe(row, one)
        if self.feed.delivery == Delivery.PAGE and row.link:
            if there and not there.is_from_feed:
                self._keep(row, there)
            else:
                _wait(row, one)
            return
        incoming = self._text(row, one)
        if incoming and there and not _replaces(incoming, there):
            self._keep(row, there)
        elif incoming:
            self.texts.append((row, incoming))

    def look_at(self, row: FeedEntry, one: Listed, there: There | None, owns: bool) -> None:
        """An entry that is known; only what changed is written.

        Args:
            there: its article, if it has one.
            owns: whether that article's newest text is what this entry brought last.
        """
        is_described = _describe(row, one)
        if row.sha256 != one.sha256:
            row.sha256 = one.sha256
            self._follow(row, one, there, owns)
        elif not is_described:
            return
        self.changed.append(row)

    def _follow(self, row: FeedEntry, one: Listed, there: There | None, owns: bool) -> None:
        if row.status != EntryStatus.STORED:
            _wait(row, one)
        elif there and there.is_from_feed:
            incoming = self._text(FeedEntry(link=""), one, there.article_id)
            if incoming and (owns or _replaces(incoming, there)):
                self.texts.append((row, incoming))
        elif there and self.feed.delivery == Delivery.PAGE:
            _wait(row, one)
        # Without an article it was erased, and stays so.

    def _text(self, row: FeedEntry, one: Listed, revises: UUID | None = None) -> Incoming | None:
        """The feed's text; without one, the entry waits for its page, or has failed."""
        try:
            return feed_article(one, self.kind, self.publication, self.now, revises)
        except Refused as refused:
            if row.link:
                _wait(row, one)
            else:
                row.status, row.error = EntryStatus.FAILED, refused.message
        return None

    def _keep(self, row: FeedEntry, there: There) -> None:
        row.status, row.article_id = EntryStatus.STORED, there.article_id


def plan(feed: Feed, parsed: ParsedFeed, publication: str, now: datetime) -> Plan:
    """What the content of a feed changes. Reads, but writes nothing."""
    found = Plan(feed, parsed.kind, publication, now)
    ones = listed(parsed.entries)
    if len(ones) > MOST:
        found.problems.append(
            _("The feed lists %(number)s articles; only the newest %(most)s are taken.")
            % {"number": len(ones), "most": MOST}
        )
        ones = _newest(ones)
    known = {row.key: row for row in feed.entries.filter(key__in=[one.key for one in ones])}
    by_address = _at_addresses([one.link for one in ones if one.key not in known])
    changed = [
        row.article_id
        for one in ones
        if (row := known.get(one.key)) and row.article_id and row.sha256 != one.sha256
    ]
    newest, brought = _newest_texts(changed)
    # The oldest first: of articles with one date, that which came last stands first.
    for one in reversed(ones):
        row = known.get(one.key)
        if row is None:
            found.add(one, by_address.get(url_key(one.link)))
        else:
            there = newest.get(row.article_id) if row.article_id else None
            owns = there is not None and brought.get(there.article_id) == row.sha256
            found.look_at(row, one, there, owns)
    return found


def carry_out(plan: Plan) -> list[UUID]:
    """Write what was planned, in the caller's transaction. Returns the articles that have a new
    text."""
    outcomes = store_all([incoming for _row, incoming in plan.texts], None)
    for (row, _incoming), outcome in zip(plan.texts, outcomes, strict=True):
        become_stored(row, outcome.article_id)
    rows = [(row, row.article_id) for row in (*plan.new, *plan.changed) if row.article_id]
    stored = Article.objects.filter(pk__in=[article_id for _row, article_id in rows])
    moments = dict(stored.values_list("pk", "listed_at"))
    for row, article_id in rows:
        row.listed_at = moments.get(article_id)
    FeedEntry.objects.bulk_create(plan.new)
    FeedEntry.objects.bulk_update(plan.changed, _CHANGING)
    written = {Result.IMPORTED, Result.REVISED}
    return [outcome.article_id for outcome in outcomes if outcome.result in written]


def become_stored(row: FeedEntry, article_id: UUID) -> None:
    """The entry has an article; not saved."""
    row.status, row.article_id = EntryStatus.STORED, article_id
    row.html = row.error = ""


def _describe(row: FeedEntry, one: Listed) -> bool:
    """Take over what the feed says of an entry. Whether anything is different now."""
    said = {name: getattr(one, name) for name in _DETAILS}
    if all(getattr(row, name) == value for name, value in said.items()):
        return False
    for name, value in said.items():
        setattr(row, name, value)
    return True


def _wait(row: FeedEntry, one: Listed) -> None:
    row.status, row.html, row.tries, row.error = EntryStatus.WAITING, one.html, 0, ""


def _replaces(incoming: Incoming, there: There) -> bool:
    return there.is_from_feed and word_count(incoming.document.text) > there.words * MUCH_LONGER


def _newest(ones: list[Listed]) -> list[Listed]:
    """The newest `MOST`, newest first; in the feed's order where it does not date them all."""
    moments = [one.entry.published for one in ones]
    if all(moments):
        first = datetime.min.replace(tzinfo=UTC)
        ones = sorted(ones, key=lambda one: one.entry.published or first, reverse=True)
    return ones[:MOST]


def _at_addresses(links: Sequence[str]) -> dict[str, There]:
    """The articles of the library at these addresses, by the keys of these."""
    keys = {url_key(link) for link in links if link}
    found = (
        Article.objects.filter(scope=None, url_key__in=keys)
        .exclude(url_key="")
        .values_list("url_key", "pk", "current_revision__extractor", "current_revision__word_count")
    )
    return {key: There(pk, extractor, words) for key, pk, extractor, words in found}


def _newest_texts(
    article_ids: Sequence[UUID],
) -> tuple[dict[UUID, There], dict[UUID, str]]:
    """The newest texts of articles, and the digests of those that came from feeds."""
    articles = (
        Article.objects.filter(pk__in=article_ids, scope=None)
        .select_related("current_revision")
        .defer("current_revision__text", "current_revision__markup")
    )
    newest: dict[UUID, There] = {}
    brought: dict[UUID, str] = {}
    for article in articles:
        revision = article.newest
        newest[article.pk] = There(article.pk, revision.extractor, revision.word_count)
        if newest[article.pk].is_from_feed and revision.received:
            brought[article.pk] = words_digest(revision.received.decode(errors="replace"))
    return newest, brought
