"""Lists of feeds in and out."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from reader.ingest.opml import OpmlFeed, ParsedOpml, Unreadable, parse, write
from tests.reader.ingest.feeds.stated import FEEDS

SUITE = FEEDS / "listparser" / "tests" / "files"


def read(body: str) -> ParsedOpml:
    return parse(f'<opml version="2.0"><head><title>L</title></head><body>{body}'.encode())


def whole(body: str) -> ParsedOpml:
    return parse(f'<opml version="2.0"><body>{body}</body></opml>'.encode())


def test_folders_and_categories_are_labels() -> None:
    found = whole("""
        <outline text="News"><outline text=" Asia "><outline text="The Coast" type="rss"
          xmlUrl="https://coast.example/feed" htmlUrl="https://coast.example/"/></outline></outline>
        <outline title="Tea" xmlUrl="https://tea.example/feed" category="drinks,/hot/News"/>
        <outline text="Politics"><outline text="Again" xmlUrl="https://coast.example/feed"/>
        </outline>""")
    assert found.feeds == (
        OpmlFeed(
            "https://coast.example/feed",
            "The Coast",
            "https://coast.example/",
            ("News", "Asia", "Politics"),
        ),
        OpmlFeed("https://tea.example/feed", "Tea", "", ("drinks", "hot", "News")),
    )
    assert found.problems == ()


def test_what_is_broken_gives_what_can_be_read_and_says_so() -> None:
    found = read("""<outline text="A & B" xmlUrl="https://a.example/?x=1&y=2"/>
        <outline text="File" type="rss" xmlUrl="file:///etc/passwd"/>
        <outline text="Nothing" type="rss"/>
        <outline text="Folder"><outline text="C" xmlUrl="feed://c.example/rss"/>
        <outline text="cut off" xmlUrl="https://d.exam""")
    assert [feed.url for feed in found.feeds] == [
        "https://a.example/?x=1&y=2",
        "http://c.example/rss",
    ]
    assert found.feeds[0].title == "A & B"
    assert found.feeds[1].labels == ("Folder",)
    assert found.title == "L"
    broken, file, nothing = found.problems
    assert "line 5" in broken
    assert "“File”" in file
    assert "“Nothing”" in nothing


def test_a_feed_left_open_is_no_folder() -> None:
    found = whole("""<outline text="F"><outline text="A" xmlUrl="https://a.example/">
        <outline text="B" xmlUrl="https://b.example/"></outline></outline>
        <outline text="C" xmlUrl="https://c.example/"/>""")
    assert [(feed.title, feed.labels) for feed in found.feeds] == [
        ("A", ("F",)),
        ("B", ("F",)),
        ("C", ("F",)),
    ]


def test_pages_and_other_lists_stand_apart() -> None:
    found = whole("""<outline text="Page" htmlUrl="https://p.example/"/>
        <outline text="More" type="include" url="https://m.example/list"/>
        <outline text="Links" type="link" url="https://m.example/x.opml"/>""")
    assert found.feeds == ()
    assert found.sites == (OpmlFeed("", "Page", "https://p.example/"),)
    assert [one.url for one in found.lists] == [
        "https://m.example/list",
        "https://m.example/x.opml",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no OPML"),
        (b"plain words", "no OPML"),
        (b"<html><body>x</body></html>", "web page"),
        (b"<rss><channel/></rss>", "a feed, not a list"),
        (b"<opml>" + b" " * 10_000_001, "10 MB is the most"),
        (b'<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml>&a;</opml>', "attacks"),
        (b'<!DOCTYPE o [<!ENTITY a "b"><!ENTITY c "&a;">]><opml t="&c;"/>', "attacks"),
    ],
)
def test_what_is_no_list_says_so(content: bytes, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        parse(content)


words = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x1FFFF, exclude_categories=["C", "Z"])
)
paths = st.text(alphabet="abc/?&=#<>\"'é", max_size=12)
feeds = st.builds(
    OpmlFeed,
    url=paths.map("https://a.example/{}".format),
    title=words,
    site_url=st.just("") | paths.map("https://b.example/{}".format),
    labels=st.lists(words.filter(bool), max_size=3, unique=True).map(tuple),
)


@given(st.lists(feeds, max_size=8, unique_by=lambda feed: feed.url), words)
def test_what_is_written_is_read_back(listed: list[OpmlFeed], title: str) -> None:
    found = parse(write(listed, title))
    assert found.problems == ()
    assert found.title == title
    by_url = {feed.url: feed for feed in found.feeds}
    assert by_url.keys() == {feed.url for feed in listed}
    for feed in listed:
        again = by_url[feed.url]
        assert (again.title, again.site_url) == (feed.title, feed.site_url)
        assert set(again.labels) == set(feed.labels)


@given(st.binary() | st.text(alphabet="<>/=\"' outlinexmUrbdy&;!-[").map(str.encode))
def test_any_bytes(content: bytes) -> None:
    try:
        parse(content)
    except Unreadable as error:
        assert str(error).endswith(".")


@pytest.mark.skipif(not SUITE.is_dir(), reason="../shared/data/feeds is not here")
@pytest.mark.parametrize("path", sorted(SUITE.rglob("*.xml")), ids=lambda path: path.stem)
def test_lists_are_read_as_listparser_expects(path: Path) -> None:
    content = path.read_bytes()
    if path.stem == "unknown-namespace":
        with pytest.raises(Unreadable):
            parse(content)
        return
    result = in_its_words(parse(content))
    for written in re.findall(r"Eval:\s+(.+)", content.decode()):
        if not re.search(r"bozo|version|created|modified|author|categories", written):
            assert eval(written, {"__builtins__": {"len": len}}, {"result": result}), written


def in_its_words(found: ParsedOpml) -> dict[str, object]:
    return {
        "feeds": [
            {"url": feed.url, "title": feed.title, "tags": list(feed.labels)}
            for feed in found.feeds
        ],
        "lists": [{"url": one.url, "title": one.title} for one in found.lists],
        "opportunities": [{"url": one.site_url, "title": one.title} for one in found.sites],
        "meta": {
            "title": found.title,
        },
    }


@pytest.mark.skipif(not FEEDS.is_dir(), reason="../shared/data/feeds is not here")
@pytest.mark.parametrize("name", ["category", "directory"])
def test_lists_are_read_as_feedsmith_expects(name: str) -> None:
    folder = FEEDS / "feedsmith" / "src" / "opml" / "references"
    expected = json.loads((folder / f"{name}.json").read_text())
    found = parse((folder / f"{name}.opml").read_bytes())
    head = expected["head"]
    assert found.title == head["title"]
    included = [
        one for one in expected["body"]["outlines"] if one.get("type") in ("link", "include")
    ]
    assert [one.url for one in found.lists] == [
        one["url"] for one in included if one["url"].endswith(".opml")
    ]
