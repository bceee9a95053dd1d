"""What feeds say, format by format."""

from datetime import UTC, date, datetime

import pytest

from reader.ingest.feeds import Entry, ParsedFeed, Unreadable, parse

URL = "https://news.example/feeds/all.xml"


def read(source: str, content_type: str = "") -> ParsedFeed:
    return parse(source.encode(), URL, content_type)


def item(inner: str, attributes: str = "") -> Entry:
    feed = read(f'<rss version="2.0" {attributes}><channel><item>{inner}</item></channel></rss>')
    return feed.entries[0]


def atom(inner: str, attributes: str = "") -> Entry:
    feed = read(f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}>{inner}</feed>')
    return feed.entries[0]


def test_rss_2() -> None:
    feed = read("""<?xml version="1.0"?>
        <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
             xmlns:content="http://purl.org/rss/1.0/modules/content/">
        <channel>
          <title>The Harbour &amp; Coast</title> <link>/</link> <ttl>90</ttl>
          <atom:link rel="self" href="https://news.example/feed"/>
          <atom:link rel="hub" href="https://hub.example/"/>
          <language>en-GB</language> <skipHours><hour>0</hour><hour>24</hour></skipHours>
          <skipDays><day>Sunday</day></skipDays>
          <image><title>Logo</title><link>https://logo.example/</link></image>
          <item>
            <title>Mayor denies &lt;em&gt;everything&lt;/em&gt;</title>
            <link>https://news.example/1</link> <guid isPermaLink="false">n-1</guid>
            <author>ann@news.example (Ann Lee)</author>
            <pubDate>Mon, 29 Mar 2021 10:00:00 +0200</pubDate>
            <description>Short.</description>
            <content:encoded><![CDATA[<p><a href="/2">Long</a></p><script>no()</script>]]>
            </content:encoded>
          </item>
        </channel></rss>""")
    assert (feed.kind, feed.title, feed.link) == (
        "RSS 2.0",
        "The Harbour & Coast",
        "https://news.example/",
    )
    assert (feed.every_minutes, feed.skip_hours, feed.skip_days) == (90, {0}, {6})
    (entry,) = feed.entries
    assert entry.title == "Mayor denies everything"
    assert (entry.id, entry.link) == ("n-1", "https://news.example/1")
    assert (entry.author, entry.byline) == ("Ann Lee (ann@news.example)", "Ann Lee")
    assert entry.html == '<p><a href="https://news.example/2">Long</a></p>'
    assert (entry.summary_html, entry.language) == ("Short.", "en-GB")
    assert entry.published_raw == "Mon, 29 Mar 2021 10:00:00 +0200"
    assert entry.published == datetime(2021, 3, 29, 8, tzinfo=UTC)
    assert (entry.published_on, entry.precision) == (date(2021, 3, 29), "second")
    assert feed.problems == ()


def test_atom_1() -> None:
    feed = read("""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"
            xml:base="https://news.example/a/">
        <title type="html">&lt;b&gt;Coast&lt;/b&gt; &amp;amp; harbour</title>
        <link rel="self" href="me.atom"/> <link href="."/> <author><name>The desk</name></author>
        <entry xml:base="b/">
          <id>urn:1</id> <title type="text">5 &lt; 6 &lt;b&gt;</title>
          <link rel="enclosure" href="x.mp3"/> <link rel="alternate" href="one"/>
          <updated>2021-03-30T10:00:00Z</updated> <published>2021-03-29T10:00:00Z</published>
          <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A <img src="p.png"
            onerror="x()"/></p></div></content>
          <summary>Short</summary>
        </entry></feed>""")
    assert (feed.kind, feed.title, feed.link) == (
        "Atom 1.0",
        "Coast & harbour",
        "https://news.example/a/",
    )
    (entry,) = feed.entries
    assert (entry.id, entry.link) == ("urn:1", "https://news.example/a/b/one")
    assert entry.title == "5 < 6 <b>"
    assert (entry.author, entry.byline, entry.language) == ("", "The desk", "en")
    assert entry.html == '<p>A <img src="https://news.example/a/b/p.png" /></p>'
    assert (entry.dated_by, entry.updated_raw) == ("published", "2021-03-30T10:00:00Z")


def test_rdf() -> None:
    feed = read("""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
            xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
            xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
        <channel rdf:about="https://news.example/"><title>Coast</title>
          <link>https://news.example/</link> <sy:updatePeriod>daily</sy:updatePeriod>
          <sy:updateFrequency>4</sy:updateFrequency></channel>
        <item rdf:about="https://news.example/1"><title>One</title><dc:creator>Ann</dc:creator>
          <dc:creator>Bo</dc:creator><dc:date>2021-03-29</dc:date></item></rdf:RDF>""")
    assert (feed.kind, feed.title, feed.every_minutes) == ("RSS 1.0", "Coast", 360)
    (entry,) = feed.entries
    assert (entry.id, entry.link, entry.byline) == (
        "https://news.example/1",
        "https://news.example/1",
        "Ann, Bo",
    )
    assert (entry.published_on, entry.precision) == (date(2021, 3, 29), "day")


def test_json_feed() -> None:
    feed = read("""{"version": "https://jsonfeed.org/version/1.1", "title": "Coast",
        "home_page_url": "/", "feed_url": "https://news.example/f.json", "expired": true,
        "language": "en", "authors": [{"name": "The desk"}], "hubs": [{"type": "WebSub",
        "url": "https://hub.example/"}], "next_url": "?page=2",
        "items": [{"id": 7, "url": "/7", "title": "Seven", "content_html": "<p>a<a href='b'>",
        "summary": "1 < 2", "date_published": "2021-03-29T10:00:00+02:00"},
        {"id": "https://news.example/8", "content_text": "One\\n\\ntwo & three",
        "author": {"name": "Bo"}}, "not an item"]}""")
    assert (feed.kind, feed.title, feed.link) == (
        "JSON Feed 1.1",
        "Coast",
        "https://news.example/",
    )
    assert feed.expired
    first, second = feed.entries
    assert (first.id, first.link, first.byline) == ("7", "https://news.example/7", "The desk")
    assert (first.html, first.summary_html) == (
        '<p>a<a href="https://news.example/b">',
        "1 &lt; 2",
    )
    assert (second.link, second.byline, second.author) == ("https://news.example/8", "Bo", "Bo")
    assert second.html == "<p>One</p><p>two &amp; three</p>"


def test_cdf() -> None:
    feed = read("""<CHANNEL HREF="https://news.example/" LASTMOD="2021-03-29"><TITLE>Coast</TITLE>
        <ITEM HREF="/1" LASTMOD="2021-03-28"><TITLE>One</TITLE><ABSTRACT>Short</ABSTRACT></ITEM>
        </CHANNEL>""")
    assert (feed.kind, feed.title, feed.link, feed.updated_raw) == (
        "CDF",
        "Coast",
        "https://news.example/",
        "2021-03-29",
    )
    (entry,) = feed.entries
    assert (entry.link, entry.title, entry.html) == ("https://news.example/1", "One", "Short")
    assert (entry.published_raw, entry.dated_by) == ("2021-03-28", "updated")


def test_a_namespace_that_nobody_knows() -> None:
    feed = read('<rss xmlns="urn:mine"><channel><item><title>a</title></item></channel></rss>')
    assert [entry.title for entry in feed.entries] == ["a"]


@pytest.mark.parametrize(
    ("inner", "link"),
    [
        ("<guid>https://news.example/1</guid>", "https://news.example/1"),
        ("<guid>/1</guid>", "https://news.example/1"),
        ('<guid isPermaLink="false">https://news.example/1</guid>', ""),
        ("<guid>n-1</guid>", ""),
        ("<link>https://a.example/</link><guid>https://b.example/</guid>", "https://a.example/"),
        ("<link>javascript:alert(1)</link>", ""),
        ('<link href="https://a.example/1"/>', "https://a.example/1"),
        ("<enclosure url='https://a.example/x.mp3'/>", ""),
    ],
)
def test_an_items_link(inner: str, link: str) -> None:
    assert item(inner).link == link


@pytest.mark.parametrize(
    ("inner", "title"),
    [
        ("<title>2 &gt; 1 &amp;lt; 3</title>", "2 > 1 < 3"),
        ("<title>AT&T &nbsp; &copy;</title>", "AT&T ©"),
        ("<title><![CDATA[<b>Bold</b>  claim]]></title>", "Bold claim"),
        ("<title>The &lt;vector&gt; of C++</title>", "The <vector> of C++"),
        ("<title>a<b>b</b>c</title>", "abc"),
        ("<title/><dc:title>From Dublin</dc:title>", "From Dublin"),
        ("<media:group><media:title>Video</media:title></media:group><title>Own</title>", "Own"),
    ],
)
def test_an_items_title(inner: str, title: str) -> None:
    assert item(inner).title == title


def test_descriptions_of_media_do_not_stand_in_for_the_article() -> None:
    media = 'xmlns:media="http://search.yahoo.com/mrss/"'
    caption = "<media:content><media:description>A caption</media:description></media:content>"
    assert item(f"{caption}<description>Words</description>", media).html == "Words"
    group = "<media:group><media:description>Words</media:description></media:group>"
    assert item(group, media).html == "Words"


def test_plain_text_is_no_html() -> None:
    assert item("<description>5 &lt; 6\n\nand so on</description>").html == (
        "<p>5 &lt; 6</p><p>and so on</p>"
    )
    assert atom('<entry><content type="text">&lt;b></content></entry>').html == "&lt;b&gt;"


def test_updated_stands_in_for_published_and_says_so() -> None:
    entry = atom("<entry><updated>2021-03-29T10:00:00Z</updated></entry>")
    assert (entry.published_raw, entry.dated_by) == ("2021-03-29T10:00:00Z", "updated")


def test_an_ambiguous_date_keeps_its_words() -> None:
    entry = item("<pubDate>Mon, 29 Mar 2021 10:00:00 IST</pubDate>")
    assert (entry.published_raw, entry.published) == ("Mon, 29 Mar 2021 10:00:00 IST", None)
    assert (entry.published_on, entry.precision) == (date(2021, 3, 29), "day")


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        ("<rss><channel><title>Ærø</title></channel></rss>".encode(), ""),
        ("<rss><channel><title>Ærø</title></channel></rss>".encode(), "text/xml"),
        ("<rss><channel><title>Ærø</title></channel></rss>".encode(), "text/xml; charset=latin1"),
        ("<rss><channel><title>Ærø</title></channel></rss>".encode("cp1252"), "text/xml"),
        (
            '<?xml version="1.0" encoding="utf-8"?>'
            "<rss><channel><title>Ærø</title></channel></rss>".encode("cp1252"),
            'application/rss+xml; charset="ISO-8859-1"',
        ),
        ("<rss><channel><title>Ærø</title></channel></rss>".encode("utf-16"), ""),
        ("<rss><channel><title>Ærø</title></channel></rss>".encode("utf-16-be"), ""),
        (b"\xef\xbb\xbf<rss><channel><title>\xc3\x86r\xc3\xb8</title></channel></rss>", ""),
        (b"<rss><channel><title>&AElig;r&#xF8;</title></channel></rss>", "text/xml; charset=no"),
    ],
)
def test_encodings(content: bytes, content_type: str) -> None:
    assert parse(content, URL, content_type).title == "Ærø"


def test_windows_quotes_in_the_guise_of_control_characters() -> None:
    assert item("<title>&#147;Yes&#148;, \x93no\x94</title>").title == "“Yes”, “no”"


def test_entities_that_a_document_defines() -> None:
    doctype = '<!DOCTYPE rss [<!ENTITY paper "The C&#248;ast"> <!ENTITY raw "a<b">]>'
    feed = read(f"{doctype}<rss><channel><title>&paper; &raw;</title></channel></rss>")
    assert feed.title == "The Cøast a<b"


@pytest.mark.parametrize(
    ("source", "titles"),
    [
        ("<item><title>a</item><item><title>b</title></item></channel></rss>", ["a", "b"]),
        (
            "<item><title>a <b>x</title></item><item><title>b & c</title></item></channel></rss>",
            ["a x", "b & c"],
        ),
        ("<item><title>a</title></item><item><title>b</title></item>", ["a", "b"]),
    ],
)
def test_broken_xml_is_read_on(source: str, titles: list[str]) -> None:
    feed = read(f"<rss><channel><title>T</title>{source}")
    assert [entry.title for entry in feed.entries] == titles
    assert feed.title == "T"
    assert len(feed.problems) == 1


@pytest.mark.parametrize(
    "end", ["<item><title>b", "<item><title>b</title>", "<item><description><![CDATA[half a"]
)
def test_an_entry_that_is_cut_off_is_left_out(end: str) -> None:
    feed = read(f"<rss><channel><item><title>a</title></item>{end}")
    assert [entry.title for entry in feed.entries] == ["a"]
    assert "cut off" in feed.problems[-1]


def test_what_a_server_wrote_before_the_feed_by_mistake() -> None:
    feed = read("<br />\n<b>Warning</b>: x\n<?xml version='1.0'?><rss><channel><title>T</title>")
    assert feed.title == "T"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"hello", "no feed"),
        (b"<!doctype html><html><head><title>x</title></head></html>", "web page"),
        (b"<html><body><rss></rss></body></html>", "web page"),
        (b"<opml version='2.0'/>", "OPML"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no feed"),
        (b'{"a": 1}', "no JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": {}}', "no JSON Feed"),
        (b"[1, 2]", "no JSON Feed"),
        (b'{"version": ', "can't be read"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "no feed"),
    ],
)
def test_what_is_no_feed_says_so(content: bytes, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        parse(content, URL)
