"""The feeds of other readers' test suites, read as they expect it, where they say so."""

from collections import Counter
from functools import cache

import pytest

from reader.ingest.feeds import ParsedFeed, Unreadable, parse
from tests.reader.ingest.feeds.stated import FEEDS, Stated, all_stated, content_of, met, rows

pytestmark = pytest.mark.skipif(not FEEDS.is_dir(), reason="../shared/data/feeds is not here")

OTHERWISE = {
    ("gofeed/testdata/translator/rss/feed_links_-_rdf_channel_links.xml", "link"): (
        "of several links it takes the last; the first is what others take"
    ),
    ("gofeed/testdata/translator/rss/feed_item_links_-_rss_channel_item_links.xml", "link"): (
        "of several links it takes the last; the first is what others take"
    ),
    ("rss-parser/test/input/itunes-keywords.rss", "author"): (
        "it expects both <author> and <dc:creator>, which name the same"
    ),
    ("rss-parser/test/input/reddit-home.rss", "content"): (
        "its XML parser moves the words between elements before them"
    ),
}
"""What is read otherwise than a suite expects, and why."""

NO_FEEDS = frozenset({"html", "opml", "json-expected", "other:opensearchdescription"})


@cache
def read(path: str) -> ParsedFeed | None:
    try:
        return parse(*content_of(path))
    except Unreadable as error:
        assert str(error)
        return None


def test_every_feed_is_read_and_nothing_else_is_taken_for_one() -> None:
    unread = {row["path"]: row["format"] for row in rows() if read(row["path"]) is None}
    feeds = {path: kind for path, kind in unread.items() if kind not in NO_FEEDS}
    assert feeds == {
        "feedvalidator/testcases/rss11/.htaccess": "other",
        "listparser/tests/files/unknown-namespace.xml": "other:namespac",
    }
    assert [row["path"] for row in rows() if row["format"] == "html" and read(row["path"])] == []


def test_feeds_are_read_as_their_suites_expect(capsys: pytest.CaptureFixture[str]) -> None:
    share: dict[str, Counter[bool]] = {}
    missed: list[Stated] = []
    for stated in all_stated():
        feed = read(stated.path)
        fits = feed is not None and met(feed, stated)
        share.setdefault(stated.suite, Counter())[fits] += 1
        if not fits:
            missed.append(stated)
    with capsys.disabled():
        for suite, counted in share.items():
            print(f"\n{suite}: {counted[True]} of {counted.total()} expectations met", end="")
        for (path, field), reason in OTHERWISE.items():
            number = sum((one.path, one.field) == (path, field) for one in missed)
            print(f"\n  otherwise ({number}): {path}, {field}: {reason}", end="")
    assert {(one.path, one.field) for one in missed} == OTHERWISE.keys()
    assert sum(counted.total() for counted in share.values()) > 900
