"""Feeds made to take a reader's time, memory or secrets."""

import subprocess
import sys
import textwrap
from itertools import pairwise

import pytest

from reader.ingest.feeds import MAX_BYTES, Unreadable, parse
from reader.ingest.feeds.xml import MAX_ENTRIES

URL = "https://news.example/feed"
SIZE = 1_000_000


def rss(inner: str) -> bytes:
    return f'<rss version="2.0"><channel><title>T</title>{inner}</channel></rss>'.encode()


def test_a_bomb_of_entities_is_refused_where_it_would_go_off() -> None:
    names = "abcdefghij"
    lines = [f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names)]
    doctype = f'<!DOCTYPE rss [<!ENTITY a "lol">{"".join(lines)}]>'.encode()
    with pytest.raises(Unreadable, match="attacks"):
        parse(doctype + rss("<item><title>&j;</title></item>"), URL)
    assert parse(doctype + rss(""), URL).title == "T"


def test_one_long_entity_used_often_is_refused() -> None:
    doctype = f'<!DOCTYPE rss [<!ENTITY a "{"x" * 190}">]>'.encode()
    with pytest.raises(Unreadable, match="attacks"):
        parse(doctype + rss("&a;" * 10_000), URL)


@pytest.mark.parametrize("where", ["file:///etc/hostname", "http://127.0.0.1:9/x", "x.dtd"])
def test_an_external_entity_is_refused(where: str) -> None:
    doctype = f'<!DOCTYPE rss [<!ENTITY a SYSTEM "{where}">]>'.encode()
    with pytest.raises(Unreadable, match="file elsewhere"):
        parse(doctype + rss("<item><title>&a;</title></item>"), URL)


def test_a_feed_of_50_mb_is_refused_unread() -> None:
    with pytest.raises(Unreadable, match=r"50\.0 MB; 10 MB is the most"):
        parse(b"<" * 50_000_000, URL)
    assert MAX_BYTES == 10_000_000


def test_endless_entries_end() -> None:
    feed = parse(rss("<item><title>x</title></item>" * (MAX_ENTRIES + 10)), URL)
    assert len(feed.entries) == MAX_ENTRIES
    assert feed.problems == ("Only the first 5,000 entries were read.",)


def test_elements_without_end_end() -> None:
    feed = parse(rss("<item><title>x</title></item>" + "<a/>" * 400_000), URL)
    assert len(feed.entries) == 1
    assert "too long" in feed.problems[0]


def test_more_than_an_article_is_none() -> None:
    (entry,) = parse(
        rss(f"<item><description>{'x ' * 1_500_000}</description></item>"), URL
    ).entries
    assert entry.html == ""


@pytest.mark.parametrize("content", [b"[" * 5_000_000, b'{"items":' + b"[" * 5_000_000])
def test_deep_json_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable, match="JSON"):
        parse(content, URL)


HTML = "'<item><description><![CDATA[' + {} + ']]></description></item>'"
CASES = {
    "nested": "'<x>' * (SIZE // 3)",
    "nested items": "'<item>' * (SIZE // 6)",
    "namespaces": "''.join(f'<x{i}:a xmlns:x{i}=\"u{i}\"/>' for i in range(SIZE // 30))",
    "namespaces on one": "'<a ' + ' '.join(f'xmlns:x{i}=\"u\"' for i in range(SIZE // 12)) + '/>'",
    "attributes": "'<a ' + ' '.join(f'a{i}=\"1\"' for i in range(SIZE // 10)) + '/>'",
    "open tags": "'<' * SIZE",
    "ampersands": "'&' * SIZE",
    "open cdata": "'<![CDATA[' * (SIZE // 9)",
    "open comments": "'<!--' * (SIZE // 4)",
    "open instructions": "'<?' * (SIZE // 2)",
    "wrong ends": "'<a><b></a></b>' * (SIZE // 14)",
    "authors": "'<item>' + '<author>a</author>' * (SIZE // 18) + '</item>'",
    "author": "'<item><author>' + 'a.' * (SIZE // 2) + '@</author></item>'",
    "date": "'<item><pubDate>' + '1 ' * (SIZE // 2) + '</pubDate></item>'",
    "title": "'<item><title><![CDATA[' + '<b' * (SIZE // 2) + ']]></title></item>'",
    "html tags": HTML.format("'<b>' * (SIZE // 3)"),
    "html open": HTML.format("'<a ' * (SIZE // 3)"),
    "html quotes": HTML.format("'<a =\"' * (SIZE // 5)"),
    "html comments": HTML.format("'<!-- ' * (SIZE // 5)"),
}
LIMITED = """
    import resource, sys, time
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
    from reader.ingest.feeds import parse, Unreadable
    SIZE = {size}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    content = ('<rss version="2.0"><channel>' + {case} + '</channel></rss>').encode()
    start = time.process_time()
    try:
        parse(content, "https://news.example/feed")
    except Unreadable:
        pass
    print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_time_and_memory_stay_bounded(case: str) -> None:
    """A megabyte of each: seconds where a quadratic reader takes hours, and no more memory
    than some hundred bytes for each byte of the feed."""
    code = textwrap.dedent(LIMITED.format(size=SIZE, case=case))
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    seconds, kilobytes = map(float, run.stdout.split())
    assert seconds < 10
    assert kilobytes < 200_000
