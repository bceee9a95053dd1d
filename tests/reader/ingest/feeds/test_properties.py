"""Whatever the bytes: what could be read, or the one documented error."""

import json
import socket

import pytest
from hypothesis import given, strategies as st

from reader.ingest.feeds import ParsedFeed, Unreadable, parse
from reader.ingest.feeds.balance import balance
from reader.ingest.feeds.html import article
from reader.ingest.feeds.source import prepare
from reader.ingest.sanitize import sanitize

URL = "https://news.example/feed"

ELEMENTS = """
    rss channel item title link guid description pubDate feed entry id content summary author name
    updated rdf:RDF content:encoded media:group atom:link b br
"""
TEXTS = """
    &amp; &nbsp; &nope; & < > <![CDATA[ ]]> <!-- --> <? ?> &#x0; &#150; <script> 2021-03-29 http://
    //[ {
"""
KEYS = "version title items id url content_html authors author name hubs"
names = st.sampled_from(ELEMENTS.split())
attributes = st.sampled_from(
    [
        "",
        ' type="html"',
        " type='xhtml'",
        ' href="/x"',
        ' xml:base="y/"',
        ' mode="base64"',
        " a=b",
        ' xmlns="http://www.w3.org/2005/Atom"',
        ' isPermaLink="false"',
        " /",
        ' "',
    ]
)
texts = st.text(max_size=20) | st.sampled_from(TEXTS.split())
tags = st.builds("<{}{}>".format, names, attributes) | st.builds("</{}>".format, names)
soup = st.lists(tags | texts).map("".join)
feeds = soup.map(lambda inner: f"<rss><channel>{inner}")


def read(content: bytes, content_type: str = "") -> ParsedFeed | None:
    try:
        return parse(content, URL, content_type)
    except Unreadable as error:
        assert str(error).endswith(".")
        return None


@given(st.binary(), st.text())
def test_any_bytes(content: bytes, content_type: str) -> None:
    read(content, content_type)


@given(soup | feeds, st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-32-be"]))
def test_any_soup_of_tags(source: str, encoding: str) -> None:
    feed = read(source.encode(encoding, "replace"))
    for entry in feed.entries if feed else ():
        assert "\n" not in entry.title + entry.byline + entry.published_raw
        assert entry.published is None or entry.published.utcoffset() is not None


@given(st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(KEYS.split()),
        inner,
    ),
))  # fmt: skip
def test_any_json(value: object) -> None:
    read(json.dumps({"version": "https://jsonfeed.org/version/1", "items": [value]}).encode())
    read(json.dumps(value).encode())


@given(soup)
def test_balanced_xml_closes_what_it_opens(source: str) -> None:
    try:
        prepared = prepare(source)
    except Unreadable:
        return
    once = balance(prepared).source
    assert balance(once) == (once, [])


@given(soup | st.text(alphabet="<>/=\"'! -abehimgscriptonld:;&#"))
def test_html_of_feeds_is_harmless_behind_the_sanitiser(source: str) -> None:
    clean = sanitize(article(source, URL)).lower()
    for never in ("<script", "<iframe", "<style", "javascript:", " onload", " onerror"):
        assert never not in clean


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    external = (
        b'<!DOCTYPE rss PUBLIC "-//x" "http://127.0.0.1:9/x.dtd" ['
        b'<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p;]>'
        b'<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>'
        b'<rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel><title>T</title><item>'
        b'<title><xi:include href="file:///etc/hostname" parse="text"/></title></item>'
        b"</channel></rss>"
    )
    feed = parse(external, URL)
    assert feed.title == "T"
    assert feed.entries[0].title == ""
