"""What is no feed, or made to harm, ends in words on the feed's page, within the limits."""

import gzip
import time
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import pytest

from reader.ingest import feed_reading, fetch as fetching
from reader.models import FeedEntry
from reader.services import polling
from tests.factories import make_user
from tests.feeds import polled, serve, subscribed
from tests.rss import item, rss

pytestmark = pytest.mark.django_db

BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in pairwise("abcdefghi"))
    + "]>"
)
LIMITS = fetching.Limits(total=5)

OUTSIDE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "application/rss+xml")
    request.end_headers()
    while True:
        request.wfile.write(b"<rss>" * 10_000)


def slow(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    while True:
        request.wfile.write(b"<")
        time.sleep(0.05)


def fifty_megabytes(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    for _ in range(50):
        request.wfile.write(b"<item/>".ljust(1_000_000))


@pytest.mark.parametrize(
    ("answer", "words"),
    [(endless, "larger than 10 MB"), (fifty_megabytes, "larger than 10 MB"), (slow, "longer than")],
)
def test_what_does_not_end_is_given_up(site, monkeypatch, answer, words):
    monkeypatch.setattr(
        polling, "fetch", lambda url, **given: fetching.fetch(url, limits=LIMITS, **given)
    )
    site.answers["/feed"] = answer
    feed = polled(subscribed(make_user(), site.address + "/feed"))
    assert words in feed.last_error


@pytest.mark.parametrize(
    ("content", "headers", "words"),
    [
        (gzip.compress(b"<rss>" * 10_000_000), {"Content_Encoding": "gzip"}, "larger than 10 MB"),
        (b"no gzip", {"Content_Encoding": "gzip"}, "cannot be unpacked"),
        (BOMB + rss([item(1, title="&i;")]).replace("&amp;i;", "&i;"), {}, "attacks"),
        (OUTSIDE + rss([item(1)]).replace("Ferry", "&a;"), {}, "attacks"),
        ("<!doctype html><html><body><p>Sign in</p></body></html>", {}, "web page"),
        (b"\x89PNG\r\n\x1a\n" + bytes(1000), {}, "no feed"),
        (b"", {}, "empty"),
        (b"\xff\xfe\x00", {}, ""),
        ("{}", {}, "JSON"),
    ],
)
def test_what_is_no_feed_is_said(site, content, headers, words):
    feed = polled(subscribed(make_user(), serve(site, content, **headers)))
    assert feed.last_error
    assert words in feed.last_error
    assert feed.failures == 1
    assert not FeedEntry.objects.exists()


def test_parsing_that_takes_too_long_is_ended(site, monkeypatch):
    monkeypatch.setattr(feed_reading, "SMALL", 10)
    monkeypatch.setattr(feed_reading, "SECONDS", 0.01)
    feed = polled(subscribed(make_user(), serve(site, rss([item(1)]))))
    assert "longer than" in feed.last_error


def test_parsing_that_takes_too_much_memory_is_ended(site, monkeypatch):
    monkeypatch.setattr(feed_reading, "SMALL", 10)
    monkeypatch.setattr(feed_reading, "COMMAND", ["-c", "raise MemoryError"])
    feed = polled(subscribed(make_user(), serve(site, rss([item(1)]))))
    assert "memory" in feed.last_error


def test_ten_hostile_megabytes_are_read_or_refused_in_time(site):
    hostile = b"<rss><channel><item>" + b"<a b='c'><p>&lt;" * 600_000
    began = time.monotonic()
    feed = polled(subscribed(make_user(), serve(site, hostile)))
    assert time.monotonic() - began < feed_reading.SECONDS * 3
    assert feed.last_polled_at
