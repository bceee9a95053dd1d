"""Which addresses are one article's, and which are two articles'."""

import pytest

from reader.ingest.urlkey import url_key

BASE = "https://courier.example/2025/03/mussel-beds"

SAME = [
    "http://courier.example/2025/03/mussel-beds",
    "HTTPS://Courier.Example/2025/03/mussel-beds",
    "https://www.courier.example/2025/03/mussel-beds",
    "https://m.courier.example/2025/03/mussel-beds",
    "https://amp.courier.example/2025/03/mussel-beds",
    "https://www.m.courier.example/2025/03/mussel-beds",
    "https://courier.example./2025/03/mussel-beds",
    "https://courier.example:443/2025/03/mussel-beds",
    "http://courier.example:80/2025/03/mussel-beds",
    "https://courier.example/2025/03/mussel-beds/",
    "https://courier.example/2025/03/mussel-beds#comments",
    "https://courier.example/2025/03/mussel-beds?utm_source=x&utm_medium=y",
    "https://courier.example/2025/03/mussel-beds?fbclid=1&gclid=2&UTM_Campaign=3",
    "https://courier.example/2025/03/mussel-beds?",
    "https://courier.example/2025/03/mussel-beds/amp",
    "https://courier.example/2025/03/mussel-beds/amp/",
    "https://courier.example/2025/03/mussel-beds.amp",
    "https://courier.example/2025/03/mussel-beds?amp=1",
    "https://courier.example/2025/03/mussel-beds?outputType=amp",
    "https://courier.example/2025/03/mussel%2Dbeds",
    "  https://courier.example/2025/03/mussel-beds\n",
]


@pytest.mark.parametrize("url", SAME)
def test_one_article(url: str) -> None:
    assert url_key(url) == url_key(BASE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BASE, "https://courier.example/2025/03/mussel-bed"),
        (BASE, "https://courier.example/2025/03/Mussel-Beds"),
        (BASE, "https://news.courier.example/2025/03/mussel-beds"),
        (BASE, "https://courier.example:8080/2025/03/mussel-beds"),
        (BASE, f"{BASE}?page=2"),
        (f"{BASE}?id=1", f"{BASE}?id=2"),
        (f"{BASE}?id=1", f"{BASE}?id="),
        (f"{BASE}?a=1&b=2", f"{BASE}?b=2&a=1"),
        (f"{BASE}#!/story/1", f"{BASE}#!/story/2"),
        (f"{BASE}?amp=2", BASE),
        ("https://wiki.example/wiki/amp", "https://wiki.example/wiki"),
        ("https://m.co.uk/a", "https://amp.co.uk/a"),
        ("https://m.com/a", "https://amp.com/a"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/?q=a%26b", "https://example.org/?q=a&b"),
        ("https://example.org/?utm=1", "https://example.org/?utm=2"),
    ],
)
def test_two_articles(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://bücher.example/straße", "https://xn--bcher-kva.example/stra%C3%9Fe"),
        ("https://courier.example/a.amp.html", "https://courier.example/a.html"),
        (f"{BASE}?id=7&utm_source=x", f"{BASE}?utm_medium=y&id=7"),
        ("https://courier.example/", "https://www.courier.example"),
        ("https://example.org/caf%c3%a9", "https://example.org/caf%C3%A9"),
    ],
)
def test_one_address_written_in_two_ways(one: str, other: str) -> None:
    assert url_key(one) == url_key(other)


def test_keys_are_digests_and_nothing_has_none() -> None:
    assert url_key("") == ""
    assert len(url_key(BASE)) == 64


@pytest.mark.parametrize("url", ["http://[::1", "http://example.org:99999/"])
def test_no_address(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        url_key(url)
