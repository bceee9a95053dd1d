"""Atom feeds: what RFC 4287 asks for, and what our own reader of feeds finds in them."""

from datetime import UTC, datetime

from lxml import etree

from annotations.pages.atom import AtomEntry, AtomFeed, write
from reader.ingest.feeds import parse

ATOM = "{http://www.w3.org/2005/Atom}"
MONDAY, TUESDAY = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC), datetime(2024, 5, 7, tzinfo=UTC)


def entry(number=1, **changes):
    values = {
        "id": f"urn:uuid:00000000-0000-7000-8000-00000000000{number}",
        "title": "Dye & <river>",
        "link": f"https://news.example/articles/{number}/?a=1&b=2#a-1",
        "updated": MONDAY,
        "summary": "<p>It <strong>ran</strong> &amp; ran.</p>",
    }
    return AtomEntry(**values | changes)


def feed(*entries, **changes):
    values = {
        "id": "urn:uuid:00000000-0000-7000-8000-000000000009",
        "title": "Dye · On Record",
        "link": "https://news.example/search/?q=dye&order=x",
        "self_link": "https://news.example/searches/secret.atom",
        "author": "On Record",
        "updated": TUESDAY,
        "entries": entries,
    }
    return write(AtomFeed(**values | changes), "en")


def text(root, *names):
    return root.findtext("/".join(ATOM + name for name in names))


def test_the_feed_has_what_the_standard_asks_for() -> None:
    root = etree.fromstring(feed(entry()))

    assert root.tag == f"{ATOM}feed"
    assert text(root, "id") == "urn:uuid:00000000-0000-7000-8000-000000000009"
    assert text(root, "title") == "Dye · On Record"
    assert text(root, "author", "name") == "On Record"
    assert text(root, "updated") == "2024-05-07T00:00:00+00:00"
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "https://news.example/search/?q=dye&order=x",
        "self": "https://news.example/searches/secret.atom",
    }
    (one,) = root.findall(f"{ATOM}entry")
    assert text(one, "id") == "urn:uuid:00000000-0000-7000-8000-000000000001"
    assert text(one, "title") == "Dye & <river>"
    assert text(one, "updated") == "2024-05-06T07:08:09+00:00"
    assert one.find(f"{ATOM}link").attrib == {
        "rel": "alternate",
        "href": "https://news.example/articles/1/?a=1&b=2#a-1",
    }
    summary = one.find(f"{ATOM}summary")
    assert summary.get("type") == "html"
    assert summary.text == "<p>It <strong>ran</strong> &amp; ran.</p>"
    # A moment would be made up: articles give a day at most.
    assert one.find(f"{ATOM}published") is None


def test_our_own_reader_reads_it() -> None:
    parsed = parse(feed(entry(1), entry(2, author="Ida Voss")), "https://news.example/x.atom")

    assert (parsed.title, parsed.link) == (
        "Dye · On Record",
        "https://news.example/search/?q=dye&order=x",
    )
    assert [one.id[-1] for one in parsed.entries] == ["1", "2"]
    assert parsed.entries[0].title == "Dye & <river>"
    assert "<strong>ran</strong>" in parsed.entries[0].html
    assert parsed.entries[1].author == "Ida Voss"


def test_an_empty_feed_stays_the_same() -> None:
    assert feed() == feed()
    assert text(etree.fromstring(feed()), "updated") == "2024-05-07T00:00:00+00:00"


def test_characters_that_xml_has_not_break_nothing() -> None:
    root = etree.fromstring(feed(entry(title="a\x00b\x1f\ufffe😀", summary="<p>\x0c</p>")))
    (one,) = root.findall(f"{ATOM}entry")
    assert text(one, "title") == "a\ufffdb\ufffd\ufffd😀"
