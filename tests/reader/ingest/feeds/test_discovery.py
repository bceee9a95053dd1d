from hypothesis import given, strategies as st

from reader.ingest.feeds import FoundFeed, discover

PAGE = "https://www.example.org/news/today"


def urls(html: str, url: str = PAGE) -> list[str]:
    return [feed.url for feed in discover(html.encode(), url)]


def test_declared_feeds_come_as_declared() -> None:
    page = """<html><head>
        <link rel="alternate" type="application/rss+xml" title="All &amp; more" href="/rss.xml">
        <LINK REL='Alternate' TYPE='application/atom+xml; charset=utf-8' HREF=feed.atom>
        <link rel="alternate" type="application/feed+json" href="https://other.example/f.json"/>
        <link rel="stylesheet" href="/x.css"><link rel="alternate" hreflang="de" href="/de">
        <link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">
        <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
        <!-- <link rel="alternate" type="application/rss+xml" href="/old.xml"> -->
        <script>'<link rel="alternate" type="application/rss+xml" href="/script.xml">'</script>"""
    assert discover(page.encode(), PAGE) == [
        FoundFeed("https://www.example.org/rss.xml", "All & more", "RSS", declared=True),
        FoundFeed("https://www.example.org/news/feed.atom", "", "Atom", declared=True),
        FoundFeed("https://other.example/f.json", "", "JSON Feed", declared=True),
    ]


def test_addresses_are_seen_from_the_base_of_the_page() -> None:
    page = '<base href="/blog/"><link rel="feed" href="index.xml">'
    assert urls(page) == ["https://www.example.org/blog/index.xml"]


def test_links_that_look_like_feeds_come_behind_declared_ones() -> None:
    page = """<a href="/feed/">Subscribe</a> <a href="/about">About</a> <a href="/x">RSS</a>
        <a href="/n.atom"><img alt=""></a> <a href="/prussian">history</a>
        <a href="mailto:a@b">RSS</a>
        <link rel="alternate" type="application/rss+xml" href="/feed/">
        <link rel="alternate" type="application/rss+xml" href="/comments/feed/">"""
    found = discover(page.encode(), PAGE)
    assert [
        (feed.url.removeprefix("https://www.example.org"), feed.declared) for feed in found
    ] == [
        ("/feed/", True),
        ("/comments/feed/", True),
        ("/x", False),
        ("/n.atom", False),
    ]


def test_feed_addresses_of_the_old_kind() -> None:
    page = '<a href="feed://example.org/rss">x</a><a href="feed:https://example.org/atom.xml">y</a>'
    assert urls(page) == ["http://example.org/rss", "https://example.org/atom.xml"]


def test_a_page_without_feeds_or_text_has_none() -> None:
    assert urls("<p>Nothing here") == []
    assert discover(b"%PDF-1.7", PAGE) == []
    assert discover(b"", PAGE) == []


@given(st.binary() | st.text(alphabet="<>/=\"'! -abehilnkrs:[]").map(str.encode))
def test_any_page_is_read(content: bytes) -> None:
    for feed in discover(content, PAGE):
        assert feed.url.startswith(("http://", "https://"))
