import json
import re
from pathlib import Path

import pytest
from hypothesis import given

from reader.ingest.files import decode_html
from reader.ingest.incoming import page_text
from reader.ingest.sanitize import ATTRIBUTES, ELEMENTS, sanitize
from reader.text import from_html
from tests.reader.text.parsed import parsed
from tests.reader.text.strategies import html_sources

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"


@given(html_sources)
def test_only_what_is_listed_comes_out_and_it_comes_out_the_same_again(html: str) -> None:
    clean = sanitize(html)
    assert sanitize(clean) == clean
    for name, attrs in parsed(clean).elements:
        assert name in ELEMENTS
        assert set(attrs) <= ATTRIBUTES["*"] | ATTRIBUTES.get(name, frozenset())
    kept, shown = from_html(clean).text, from_html(html).text
    assert words_of(kept) == words_of(shown)
    # What may not stand in a table, parsers move before it, where it may not stand either; written
    # out and read again, a `<q>` around both ends earlier.
    assert kept == shown or "<table" in html


def words_of(text: str) -> str:
    """The text without white space and the marks that a `<q>` gives."""
    return re.sub(r"[\s“”]", "", text)


_QUOTED = "<img src=\"https://a.example/'onerror='a()\">"


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("", ""),
        ("words & <words", "words &amp;"),
        ("<p onclick=a() class=b style='color:red' id=c>d</p>", "<p>d</p>"),
        ("a<script>b</script><style>c</style><noscript>d</noscript><template>e</template>", "a"),
        ("<SCRIPT >a</SCRIPT >b<scr<script>ipt>c", "bipt&gt;c"),
        ("<b>a</b> <i>b</i> <s>c</s>", "<strong>a</strong> <em>b</em> <del>c</del>"),
        ("<section>a</section><article>b</article>", "<div>a</div><div>b</div>"),
        (
            "<blink>a</blink> <font lang=de>b</font> <abbr lang=de>c</abbr>",
            'a b <span lang="de">c</span>',
        ),
        (
            '<a href="https://a.example/?b=1&c=2">d</a>',
            '<a href="https://a.example/?b=1&amp;c=2">d</a>',
        ),
        ('<a href="/b#c" target=_blank ping=d>e</a>', '<a href="/b#c">e</a>'),
        ('<a href="javascript:b()">a</a>', "<a>a</a>"),
        ('<a href="&#106;avascript:b()">a</a>', "<a>a</a>"),
        ('<a href="java\nscript:b()">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,b">a</a>', "<a>a</a>"),
        ("<img src=a onerror=b()>c", "c"),
        (
            '<img src="https://a.example/?a=1&b=2" alt="&quot;><script>" width=640 id=a srcset=b>',
            '<img src="https://a.example/?a=1&amp;b=2" alt="&quot;&gt;&lt;script&gt;" width="640">',
        ),
        ("<img src='https://a.example/&quot; onerror=&quot;a()' onload=b()>c", "c"),
        ("<img src=\"https://a.example/'onerror='a()\">", _QUOTED),
        ('<img src="javascript:a()" srcset="data:image/png;base64,AA== 900w">b', "b"),
        ('<img src="mailto:a@a.example">b', "b"),
        ("<svg><image href=https://a.example/1.jpg /></svg>b", "b"),
        (
            '<picture><source srcset="https://a.example/2.jpg 900w"><img src=a></picture>',
            '<img src="https://a.example/2.jpg">',
        ),
        ("<video poster=https://a.example/1.jpg><img src=https://a.example/1.jpg></video>b", "b"),
        ("<svg><p>a</p></svg><math>b</math>c", "c"),
        (
            "<table><tr><td colspan=2 width=5>a",
            '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>',
        ),
        ("<!-- a --><!doctype html>b", "b"),
        ("<pre>\n\n a\n</pre>", "<pre> a\n</pre>"),
        ("<p hidden>a</p>b", "b"),
    ],
)
def test_sanitize(html: str, clean: str) -> None:
    assert sanitize(html) == clean


def test_pictures_have_addresses_made_absolute() -> None:
    base = "https://a.example/news/"
    assert sanitize("<img src=1.jpg>", base) == '<img src="https://a.example/news/1.jpg">'
    assert sanitize("<img src=javascript:a()>", base) == ""


def test_deep_and_wide_html_is_cleaned() -> None:
    deep = sanitize("<div>" * 10_000 + "a<p>b</p>c" + "</div>" * 10_000)
    assert from_html(deep).text == "a\nb\nc"
    assert parsed(deep).depth < 120
    assert from_html(sanitize("<b>" * 10_000 + "deep")).text == "deep"
    assert from_html(sanitize("<ul><li>" * 3000 + "deep")).text == "deep"
    many = "".join(f"<b id={i}><p>a" for i in range(1000))
    assert len(sanitize(many)) < 100_000


def test_a_deep_formatting_element_in_each_paragraph_is_not_multiplied() -> None:
    assert len(sanitize("<b><i><u><s><tt>" * 200 + "<p>a" * 2000)) < 500_000


def attacks() -> list[str]:
    path = DATA / "xss" / "payloads.jsonl"
    if not path.exists():
        pytest.skip("the attack strings are not here")
    found = [json.loads(line)["payload"] for line in path.read_text("utf-8").splitlines()]
    return found + json.loads((DATA / "nasty" / "blns.json").read_text("utf-8"))


def test_attacks_leave_nothing_that_is_not_listed() -> None:
    for attack in attacks():
        clean = sanitize(attack)
        assert sanitize(clean) == clean
        for name, attrs in parsed(clean).elements:
            assert name in ELEMENTS
            assert set(attrs) <= ATTRIBUTES["*"] | ATTRIBUTES.get(name, frozenset())
            href = attrs.get("href") or ""
            assert not re.match(
                r"[\x00-\x20]*(?:javascript|data|vbscript|file):", href, re.IGNORECASE
            )
            assert name != "img" or re.match("https?://", attrs["src"] or "", re.IGNORECASE)


def test_real_pages_keep_their_documents() -> None:
    pages = sorted((DATA / "extraction" / "pages").glob("*.html"))
    if not pages:
        pytest.skip("the pages are not here")
    for page in pages:
        html = decode_html(page.read_bytes())
        clean = sanitize(html)
        assert sanitize(clean) == clean
        document, direct = from_html(clean), from_html(html)
        assert document.text == direct.text
        assert list(document.blocks()) == list(direct.blocks())


def test_an_address_given_with_the_html_leads_to_its_pictures() -> None:
    html = "<p>Words.</p><figure><img src=/1.jpg></figure>"
    for url, found in (("https://a.example/news/1", ["https://a.example/1.jpg"]), ("", [])):
        blocks = page_text(html, url).blocks()
        assert [block.attrs["src"] for block in blocks if block.type == "picture"] == found
