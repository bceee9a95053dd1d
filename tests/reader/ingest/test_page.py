"""What pages say about themselves."""

import pytest

from reader.ingest.incoming import page_text
from reader.ingest.page import looks_like_html, page_details

PAGE = """<!doctype html>
<html lang="fr">
<!-- <link rel="canonical" href="https://courier.example/draft"> -->
<head><title>Le bac &amp; la vase | Courrier</title>
<link href='https://courier.example/bac' rel='canonical'>
<meta property="article:published_time" content="2025-03-14T08:30:00+01:00">
<meta name=author content="Ada Lune"><meta property="og:site_name" content="Courrier &gt; Mer">
</head><body><h1>Le bac</h1><p>Rien.</p></body></html>"""


def test_everything_stated() -> None:
    assert page_details(PAGE, page_text(PAGE)) == {
        "title": "Le bac",
        "url": "https://courier.example/bac",
        "language": "fr",
        "published_on": "2025-03-14T08:30:00+01:00",
        "byline": "Ada Lune",
        "publication": "Courrier > Mer",
    }


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>One</title><p>x</p>", "One"),
        ("<title>One</title><h1>A</h1><h1>B</h1>", "One"),
        ("<h1>A <em>b</em></h1><p>x</p>", "A b"),
        ("<p>x</p>", ""),
    ],
)
def test_title(html: str, title: str) -> None:
    assert page_details(html, page_text(html))["title"] == title


def test_what_is_wrong_is_left_out() -> None:
    html = (
        '<html lang="not a language!"><link rel="canonical" href="/relative">'
        '<meta property="article:published_time" content="last week"><p>x</p>'
    )
    assert page_details(html, page_text(html)) == {"title": ""}


@pytest.mark.parametrize("piece", ["<!--", "<meta ", '<meta a="', "<link a='", "<title>", "a='"])
def test_hostile_heads_say_nothing(piece: str) -> None:
    html = piece * (1_000_000 // len(piece)) + "<title>One</title>"
    assert page_details(html, page_text("<p>x</p>")) == {"title": ""}


@pytest.mark.parametrize("text", [PAGE, " <p>One.", "<P>ONE", "<a href='x'>", "<!-- x --><p>"])
def test_looks_like_html(text: str) -> None:
    assert looks_like_html(text)


@pytest.mark.parametrize("text", ["", "One <b>two</b>", "<3 ferries", "<quote> he said", "a < b"])
def test_looks_like_text(text: str) -> None:
    assert not looks_like_html(text)
