"""From the address that a person knows to the feeds behind it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from reader.ingest.errors import FetchError
from reader.ingest.find_feeds import find_feeds
from tests.website import Website, website

RSS = """<rss version="2.0"><channel><title>{}</title><link>/</link><description>d</description>
<item><title>One</title><link>/one</link></item></channel></rss>"""
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>{}</title><id>urn:a</id></feed>"


@pytest.fixture
def site(settings: Settings) -> Iterator[Website]:
    settings.FETCH_ALLOW_PRIVATE = True
    with website() as site:
        yield site


def front(*links: str) -> str:
    return f"<!doctype html><html><head>{''.join(links)}</head><body><p>Hello.</p></body></html>"


def link(href: str, title: str = "", kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" href="{href}" title="{title}">'


@pytest.mark.parametrize("content_type", ["application/rss+xml", "text/plain", "text/html", ""])
def test_a_feed_is_one_whatever_it_is_called(site: Website, content_type: str) -> None:
    url = site.page("/feed", RSS.format("The Courier"), content_type)
    (found,) = find_feeds(url)
    assert (found.url, found.title, found.kind) == (url, "The Courier", "RSS 2.0")


def test_a_feed_that_has_moved_for_good_is_found_where_it_is_now(site: Website) -> None:
    site.redirect("/old", "/new", status=301)
    site.redirect("/new", "/today")
    site.page("/today", RSS.format("The Courier"), "text/xml")
    (found,) = find_feeds(site.address + "/old")
    assert found.url == site.address + "/new"


def test_the_only_feed_of_a_page_is_read_and_named_by_itself(site: Website) -> None:
    site.page("/rss", RSS.format("The Courier"), "text/xml")
    (found,) = find_feeds(site.page("/", front(link("/rss", "RSS"))))
    assert (found.url, found.title) == (site.address + "/rss", "The Courier")


def test_several_are_for_a_person_to_choose(site: Website) -> None:
    found = find_feeds(
        site.page("/", front(link("/rss", "All"), link("/sport", "Sport", "application/atom+xml")))
    )
    assert [(one.title, one.kind, one.url) for one in found] == [
        ("All", "RSS", site.address + "/rss"),
        ("Sport", "Atom", site.address + "/sport"),
    ]
    assert site.asked == ["/"]


def test_links_count_only_where_nothing_is_declared(site: Website) -> None:
    anchors = '<a href="/feed">Feed</a>'
    site.page("/feed", ATOM.format("By a link"), "application/atom+xml")
    site.page("/rss", RSS.format("Declared"), "text/xml")
    (linked,) = find_feeds(site.page("/", front() + anchors))
    assert linked.title == "By a link"
    (declared,) = find_feeds(site.page("/", front(link("/rss")) + anchors))
    assert declared.title == "Declared"


@pytest.mark.parametrize(
    ("content", "content_type", "message"),
    [
        (front(), "text/html", "names no feed. Look on the site for a link called RSS"),
        ("", "text/html", "names no feed"),
        ("", "text/xml", "the answer is empty"),
        (b"\x89PNG\r\n", "image/png", "No feed was found there"),
        ("{}", "application/json", "No feed was found there"),
    ],
)
def test_where_there_is_none_it_says_what_there_is(
    site: Website, content: str | bytes, content_type: str, message: str
) -> None:
    with pytest.raises(FetchError, match=message) as refused:
        find_feeds(site.page("/", content, content_type))
    assert refused.value.field == "url"


def test_a_page_that_names_a_broken_feed(site: Website) -> None:
    site.page("/rss", "<html>sorry</html>")
    with pytest.raises(FetchError, match=r"names one feed, http.*/rss, but it cannot be read"):
        find_feeds(site.page("/", front(link("/rss"))))
    with pytest.raises(FetchError, match="404"):
        find_feeds(site.page("/", front(link("/nowhere"))))


def test_addresses_as_people_write_them(site: Website) -> None:
    site.page("/feed", RSS.format("The Courier"))
    host = site.address.removeprefix("http://")
    assert find_feeds(f"feed:{site.address}/feed")[0].url == site.address + "/feed"
    # Without a scheme it is https, which nobody speaks here.
    for written in (f"{host}/feed", f"feed://{host}/feed"):
        with pytest.raises(FetchError, match=r"127\.0\.0\.1"):
            find_feeds(written)
    for written in ("javascript:alert(1)", "ftp://courier.example/", "two words", ""):
        with pytest.raises(FetchError):
            find_feeds(written)
