import re

import pytest
from hypothesis import given

from reader.text import Document, from_html, render
from reader.text.builder import MAX_PICTURES
from tests.reader.text.strategies import html_sources


def ranges(document: Document, *types: str) -> list[tuple[str, str]]:
    """The types and words of the ranges of `types`."""
    return [(r.type, document.text[r.start : r.end]) for r in document.markup if r.type in types]


@given(html_sources)
def test_any_html_gives_a_document_that_keeps_what_it_was(html: str) -> None:
    document = from_html(html)
    assert from_html(render(document)).text == document.text


@given(html_sources)
def test_pictures_change_nothing_of_the_text(html: str) -> None:
    # The address may also stand in the text, where a broken tag or a <plaintext> shows its source.
    without = from_html(html.replace("https://a.example/", "data:,"))
    assert not any(block.type == "picture" for block in without.blocks())
    assert without.text == from_html(html).text.replace("https://a.example/", "data:,")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p></p><div> <span></span></div>", ""),
        ("just words", "just words"),
        ("  a \n\t b  ", "a b"),
        ("a<b> b </b> c", "a b c"),
        ("<p>a</p>\n\n<p>b</p>", "a\nb"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        ("a<p>b</p>c", "a\nb\nc"),
        ("<p>a<br>b<br/> c", "a\nb\nc"),
        ("<p>a<br><br>b", "a\nb"),
        ("<p><br>a<br></p>", "a"),
        ("<p>&nbsp;</p><p>a&nbsp;b</p>", "a\u00a0b"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("<dl><dt>a<dd>b</dl>", "a\nb"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a\tb\nc"),
        ("<table><tr><td><td> </table>a", "a"),
        ("<pre>\n  a\n\n\tb  \n</pre>", "  a\n\n\tb"),
        ("<h1>a</h1><script>no</script><style>no</style>b", "a\nb"),
        ("<p>a<noscript>no</noscript><template>no</template></p>", "a"),
        ("<svg><text>no</text></svg><math><mi>no</mi></math>a", "a"),
        ("<iframe>no</iframe><object>no</object><video>no</video>a", "a"),
        ("<select><option>no</select><textarea>no</textarea><input value=no>a", "a"),
        ("<head><title>no</title></head><body>a", "a"),
        ("<p hidden>no</p><p style='color: red; display : none'>no</p>a", "a"),
        ("<!-- no --><![CDATA[no]]><?no?>a", "a"),
        ("<unknown>a</unknown> <button>b</button>", "a b"),
        ("<xmp><b>a</b></xmp>", "<b>a</b>"),
        ("<p>a <q>b <q>c</q></q>", "a “b ‘c’”"),
        ("a &lt;b&gt; &amp;amp; &#x1F600;", "a <b> &amp; 😀"),
        ("&#xD800;&#0;a&#13;b", "\ufffd\ufffda b"),
        ("\ud800a\0b\r\nc", "\ufffda\ufffdb c"),
        ("\ufeffa\x1bb", "ab"),
        ("e&#x301;", "é"),
        ("<ul>a<li>b</li><ul><li>c</ul></ul>d", "a\nb\nc\nd"),
        ("<li>a</li><td>b", "a\nb"),
        ("a<figure><img><figcaption>b</figcaption></figure>", "a\nb"),
    ],
)
def test_text(html: str, text: str) -> None:
    assert from_html(html).text == text


def test_blocks() -> None:
    document = from_html(
        "<h2>Head</h2>lead<blockquote><p>quoted</p></blockquote>"
        "<ol start=4><li>one<ul><li>deep</ul><li>two</ol>"
        "<figure><img src=x><figcaption>caption</figcaption></figure><hr><pre>code</pre>"
    )
    assert [(r.type, document.text[r.start : r.end], dict(r.attrs)) for r in document.markup] == [
        ("heading", "Head", {"level": "2"}),
        ("paragraph", "lead", {}),
        ("quote", "quoted", {}),
        ("paragraph", "quoted", {}),
        ("list", "one\ndeep\ntwo", {"ordered": "1", "start": "4"}),
        ("item", "one\ndeep", {}),
        ("paragraph", "one", {}),
        ("list", "deep", {}),
        ("item", "deep", {}),
        ("item", "two", {}),
        ("figure", "caption", {}),
        ("caption", "caption", {}),
        ("rule", "", {}),
        ("pre", "code", {}),
    ]


def test_a_table_keeps_its_empty_cells_headers_and_spans() -> None:
    document = from_html(
        "<table><caption>C</caption><thead><tr><th><th>h</thead>"
        "<tr><td colspan=2 rowspan=0>a<td></table>"
    )
    assert document.text == "C\n\th\na\t"
    assert [(r.start, r.end, dict(r.attrs)) for r in document.markup if r.type == "cell"] == [
        (2, 2, {"header": "1"}),
        (3, 4, {"header": "1"}),
        (5, 6, {"colspan": "2"}),
        (7, 7, {}),
    ]


def test_inlines() -> None:
    document = from_html(
        "<p><b>bold <i>both <b>still</b></i></b> <s>gone</s> H<sub>2</sub>O<sup>3</sup>"
        " <kbd>key</kbd> <ins>new</ins></p>"
    )
    types = ("strong", "em", "deleted", "sub", "sup", "code", "inserted")
    assert ranges(document, *types) == [
        ("strong", "bold both still"),
        ("em", "both still"),
        ("deleted", "gone"),
        ("sub", "2"),
        ("sup", "3"),
        ("code", "key"),
        ("inserted", "new"),
    ]


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://a.example/?x=1&amp;y=2#z", "https://a.example/?x=1&y=2#z"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        (" \n https://a.example/a b ", "https://a.example/a%20b"),
        ("ht\ntps://a.example", "https://a.example"),
        ("/relative", None),
        ("#fragment", None),
        ("//a.example", None),
        ("javascript:alert(1)", None),
        (" java\tscript:alert(1)", None),
        ("data:text/html,x", None),
        ("https:a", None),
        ("", None),
    ],
)
def test_addresses(href: str, kept: str | None) -> None:
    document = from_html(f'<a href="{href}">words</a>')
    assert document.text == "words"
    assert [r.attrs["href"] for r in document.markup if r.type == "link"] == [kept] * bool(kept)


def test_a_link_goes_around_blocks_and_links_do_not_nest() -> None:
    document = from_html(
        '<a href="https://a.example"><h2>a</h2><table><tr><td><a href="https://b.example">b</a>'
        "</table>c</a>"
    )
    assert ranges(document, "link") == [("link", "a\nb\nc")]


def test_language_and_direction() -> None:
    document = from_html(
        "<html lang=en dir=ltr><p dir=RTL lang=he>a<div lang=fr><p>b<ul dir=rtl><li>c</ul></div>"
        '<p>d <span lang="ar" dir="rtl">e</span> <span lang="x y">f</span>'
    )
    assert [
        (document.text[r.start : r.end], dict(r.attrs)) for r in document.markup if r.attrs
    ] == [
        ("a", {"lang": "he", "dir": "rtl"}),
        ("b", {"lang": "fr"}),
        ("c", {"lang": "fr", "dir": "rtl"}),
        ("e", {"lang": "ar", "dir": "rtl"}),
    ]


def test_a_page_from_right_to_left_says_so_on_each_paragraph() -> None:
    document = from_html("<html dir=rtl><body><p>a<p>b")
    assert [dict(r.attrs) for r in document.markup] == [{"dir": "rtl"}] * 2


def test_offsets_follow_when_the_text_is_composed() -> None:
    document = from_html("<p>e\u0301<b>e\u0301</b> <i>x</i></p><p>o<b>\u0308</b>y")
    assert document.text == "éé x\nöy"
    assert ranges(document, "strong", "em", "paragraph") == [
        ("paragraph", "éé x"),
        ("paragraph", "öy"),
        ("strong", "é"),
        ("em", "x"),
    ]


def test_html_nested_10000_levels_deep() -> None:
    for element in ("div", "blockquote", "b", "span", "ul><li", "table><tr><td", "font color=red"):
        assert from_html(f"<{element}>" * 10_000 + "deep").text == "deep"
    assert from_html("<div>" * 10_000 + "a<p>b" + "</div>" * 10_000 + "c").text == "a\nb\nc"


A, B = '<img src="https://a.example/a.jpg">', '<img src="https://a.example/b.jpg">'


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        (f"{A}<p>one", "a paragraph:one"),
        (f"<p>one</p>{A}{B}<p>two", "paragraph:one a b paragraph:two"),
        (f"<p>one {A} two</p><p>three", "paragraph:one-two a paragraph:three"),
        (f"<p>{A}one</p>", "a paragraph:one"),
        (f"<p>one</p>{A}", "paragraph:one a"),
        (f"<ul><li>one</ul>{A}", "list:one item:one a"),
        (f"<ul><li>one<li>{A}<li>two</ul>", "list:one-two item:one item:two a paragraph:two"),
        (f"<p>one</p>{A}<hr><p>two", "paragraph:one a rule: paragraph:two"),
        (f"<p>one</p><hr>{A}<p>two", "paragraph:one rule: a paragraph:two"),
        (f"<blockquote>{A}<p>one</blockquote>", "quote:one a paragraph:one"),
        (f"<blockquote><p>one</blockquote>{A}<p>two", "quote:one paragraph:one a paragraph:two"),
        (
            f"<p>one</p><figure>{A}{B}<figcaption>two</figure>{B}<p>three",
            "paragraph:one figure:two a b caption:two paragraph:three",
        ),
        (
            f"<figure><figcaption>one</figcaption>{A}<p>two{B}</p></figure>",
            "figure:one-two a b caption:one paragraph:two",
        ),
        (f"<figure>{A}</figure><figure>{B}</figure><p>one", "a b paragraph:one"),
        (f"{A}{A}<p>one</p>{A}", "a paragraph:one"),
        (A, ""),
    ],
)
def test_where_pictures_stand(html: str, blocks: str) -> None:
    document = from_html(html)
    words = re.sub(r"\s", "-", document.text)
    assert blocks == " ".join(
        block.attrs["src"][-5]
        if block.type == "picture"
        else f"{block.type}:{words[block.start : block.end]}"
        for block in document.blocks()
    )


def test_a_document_has_a_limit_of_pictures() -> None:
    html = "".join(f"<img src=https://a.example/{n}><p>{n}" for n in range(MAX_PICTURES + 5))
    document = from_html(html)
    assert sum(block.type == "picture" for block in document.blocks()) == MAX_PICTURES
    assert document.text.endswith(f"\n{MAX_PICTURES + 4}")
