import re
import unicodedata

import pytest
from hypothesis import given, settings

from reader.text import Document, Range, Shown, Span, from_html, from_plain, render
from tests.reader.text.parsed import parsed, words
from tests.reader.text.strategies import documents_and_spans

ALWAYS = {"lang", "dir"}
ELEMENTS = {
    *("p", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "hr", "br"),
    *("table", "caption", "tbody", "tr", "td", "th", "figure", "figcaption"),
    *("a", "em", "strong", "code", "sub", "sup", "del", "ins", "span", "mark", "img"),
}
REF = {"class", "id", "data-k", "data-n", "aria-label"}
ATTRS = {
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "a": {"href", "rel"} | REF,
    "span": {"role"} | REF,
    "mark": {"data-a", "data-k", "data-start", "data-end"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
}


@given(documents_and_spans())
@settings(max_examples=600)
def test_the_text_and_each_annotation_come_back_whole(case: tuple[Document, list[Span]]) -> None:
    document, spans = case
    pictures = [block.attrs["src"] for block in document.blocks() if block.type == "picture"]
    paths = {source: f"/pictures/{n}" for n, source in enumerate(pictures) if n % 3}
    shown = {source: Shown(path, 640, 480) for source, path in paths.items()}
    result = parsed(render(document, spans, shown))
    assert result.text == document.text
    assert [a["src"] for name, a in result.elements if name == "img"] == list(paths.values())
    for span in spans:
        assert result.marks[span.number] == words(document, span.start, span.end)
    assert not result.trouble
    assert sorted(a["id"] for _, a in result.elements if a.get("class") == "ref") == sorted(
        span.anchor for span in spans
    )
    for name, attrs in result.elements:
        assert name in ELEMENTS
        assert set(attrs) <= ALWAYS | ATTRS.get(name, set())
    said = " ".join(
        attrs.get(name) or "" for _, attrs in result.elements for name in ("data-start", "data-end")
    )
    for span in spans:
        for edge in ("start", "end"):
            spoken = len(re.findall(rf"\b{edge} {span.number}\b", said))
            assert spoken == bool(words(document, span.start, span.end))


def test_a_reference_stands_right_before_the_first_word_of_its_span() -> None:
    document = from_html("<p>One.</p><ul><li>Two</li></ul>")
    html = render(
        document, [Span(4, 8, 1, "quote", "a1", "#c1", "Quote 1", end_label="end of quote 1")]
    )
    assert html == (
        "<p>One.</p>\n"
        '<ul><li><a class="ref" id="a1" data-k="quote" data-n="1" href="#c1" aria-label="Quote 1">'
        '</a><mark data-a="1" data-k="quote" data-end="end of quote 1">Two</mark></li></ul>'
    )


def test_overlapping_annotations_give_flat_marks_with_all_numbers_and_kinds() -> None:
    document = from_plain("abcdef")
    spans = [
        Span(0, 4, 17, "quote", end_label="end of quote 17"),
        Span(2, 6, 3, "allegation", end_label="end of allegation 3"),
        Span(2, 6, 4, "quote", end_label="end of quote 4"),
    ]
    assert render(document, spans) == (
        '<p><mark data-a="17" data-k="quote">ab</mark>'
        '<mark data-a="3 4 17" data-k="allegation quote" data-end="end of quote 17">cd</mark>'
        '<mark data-a="3 4" data-k="allegation quote" '
        'data-end="end of allegation 3, end of quote 4">ef</mark></p>'
    )
    assert render(document, [spans[:1], spans[1:]]) == render(document, spans)


def test_pieces_of_one_annotation_share_its_number_and_where_they_overlap_name_it_once() -> None:
    html = render(from_plain("abcdef"), [Span(0, 4, 5, "denial"), Span(2, 6, 5, "denial")])
    assert re.findall(r'data-a="([^"]*)"', html) == ["5", "5", "5"]


def test_within_a_link_the_reference_is_no_link() -> None:
    document = from_html('<p><a href="https://a.example/">abcd</a></p>')
    first, inside = Span(0, 2, 1, "quote", "a1", "#c1"), Span(2, 4, 2, "quote", "a2", "#c2")
    html = render(document, [first, inside])
    assert html.index('<a class="ref" id="a1"') < html.index('<a href="https')
    assert '<span class="ref" id="a2" data-k="quote" data-n="2" role="img"></span>' in html


def test_a_span_without_words_has_a_reference_and_no_mark() -> None:
    document = from_html("<p>One.</p><p>Two.</p>")
    html = render(document, [Span(4, 5, 1, "quote", "a1", "#c1"), Span(9, 9, 2, "quote", "a2")])
    assert "<mark" not in html
    assert "<p>One.<a" in html
    assert 'Two.<span class="ref" id="a2"' in html
    assert 'id="a1"' in render(from_plain(""), [Span(0, 0, 1, "quote", "a1", "#c")])


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 5), (3, 2), (5, 5)])
def test_a_span_out_of_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="out of a text of 4"):
        render(from_plain("abcd"), [Span(start, end, 1, "quote")])


def test_a_kind_that_is_no_word_is_refused() -> None:
    with pytest.raises(ValueError, match="no kind"):
        render(from_plain("abcd"), [Span(0, 1, 1, 'quote" onclick="x')])


def test_an_address_that_is_no_page_is_refused() -> None:
    with pytest.raises(ValueError, match="leads out"):
        render(from_plain("abcd"), [Span(0, 1, 1, "quote", "a", "javascript:alert(1)")])


def test_words_that_look_like_markup_stay_words() -> None:
    document = from_plain('<script>alert("1")</script> & <b>')
    html = render(document, [Span(0, 8, 1, "quote", '"><b>', "#c", '"<', '"<')])
    assert "<script" not in html
    assert "<b" not in html
    assert parsed(html).text == document.text


def test_crossing_inlines_are_closed_and_opened_again() -> None:
    document = Document("abcdef", (Range("em", 0, 4), Range("strong", 2, 6)))
    assert render(document) == "<em>ab<strong>cd</strong></em><strong>ef</strong>"


def test_an_inline_goes_on_in_the_next_block() -> None:
    document = from_html("<em><p>a<p>b</em>c")
    assert render(document) == "<p><em>a</em></p>\n<p><em>b</em>c</p>"


def test_a_line_break_is_never_in_a_mark() -> None:
    document = from_html("<p>one<br>two</p>")
    assert document.text == "one\ntwo"
    mark = '<mark data-a="1" data-k="quote">'
    html = render(document, [Span(0, 7, 1, "quote")])
    assert html == f"<p>{mark}one</mark><br>\n{mark}two</mark></p>"


def test_a_pre_keeps_its_lines_and_a_parser_eats_only_the_line_feed_we_add() -> None:
    document = from_html("<pre>\n\n  a\n\tb</pre>")
    assert document.text == "  a\n\tb"
    assert render(document) == "<pre>\n  a\n\tb</pre>"


def test_a_table_keeps_its_tabs_and_line_feeds_between_cells_and_rows() -> None:
    document = from_html(
        "<table><caption>C</caption><tr><th>a<th><td>c<tr><td colspan=2>d<p>e</table>"
    )
    assert document.text == "C\na\t\tc\nd\ne"
    assert render(document) == (
        "<table><caption>C</caption>\n<tbody><tr><th>a</th>\t<th></th>\t<td>c</td></tr>\n"
        '<tr><td colspan="2"><p>d</p>\n<p>e</p></td></tr></tbody></table>'
    )


def test_direction_is_left_to_the_browser_only_where_a_text_needs_it() -> None:
    assert render(from_plain("plain")) == "<p>plain</p>"
    mixed = from_html('<p>a</p><p dir="rtl" lang="he">שלום</p><p><span lang="ar">سلام</span></p>')
    assert render(mixed) == (
        '<p dir="auto">a</p>\n<p lang="he" dir="rtl">שלום</p>\n'
        '<p dir="auto"><span lang="ar">سلام</span></p>'
    )


def test_500_spans_over_one_another() -> None:
    document = from_plain("\n\n".join(["word " * 40] * 30))
    length = len(document.text)
    spans = [Span(i, length - i, i + 1, "quote", end_label=f"end {i + 1}") for i in range(500)]
    result = parsed(render(document, spans))
    assert result.text == document.text
    assert all(result.marks[s.number] == words(document, s.start, s.end) for s in spans)


def test_5000_spans_at_most_20_deep_in_a_megabyte() -> None:
    document = from_plain("\n\n".join(["Ünï 👩‍👩‍👧 words & <more> " * 20] * 2000))
    length = len(document.text)
    step = length // 5000
    spans = [Span(i * step, min(length, (i + 20) * step), i + 1, "quote") for i in range(5000)]
    html = render(document, spans)
    result = parsed(html)
    assert result.text == document.text
    assert max(len(numbers.split()) for numbers in re.findall(r'data-a="([^"]*)"', html)) <= 20
    for span in spans[::97]:
        assert result.marks[span.number] == words(document, span.start, span.end)


def test_deep_nesting_stays_far_from_what_browsers_cut_off() -> None:
    layers = "<blockquote><ul><li><table><tr><td>"
    document = from_html(
        layers * 2000 + "deep" + "<b><i><span lang=de><a href=https://x.y>" * 50 + "er"
    )
    result = parsed(render(document, [Span(0, len(document.text), 1, "quote")]))
    assert result.text == document.text == "deeper"
    assert result.depth < 200


def test_text_is_in_form_c_also_across_elements() -> None:
    document = from_html("<p>caf<b>e</b>\u0301 n<em>\u0303o</em> <b>ᄒ</b>ᅡ<i>ᆫ x</i></p>")
    assert document.text == unicodedata.normalize("NFC", document.text) == "café ño 한 x"
    assert parsed(render(document)).text == document.text


def test_a_picture_is_shown_from_our_own_address_only() -> None:
    document = from_html(
        '<p>One.</p><figure><img src="https://a.example/1.jpg" alt="A &quot;boat&quot; &amp; rope">'
        '<figcaption>Two.</figcaption></figure><img src="https://a.example/2.jpg"><p>Three.</p>'
    )
    one = Shown("/pictures/1.webp?a&b", 640, 480)
    image = (
        '<img src="/pictures/1.webp?a&amp;b" alt="A &quot;boat&quot; &amp; rope" width="640" '
        'height="480" loading="lazy" decoding="async">'
    )
    assert render(document, (), {"https://a.example/1.jpg": one}) == (
        f"<p>One.</p>\n<figure>{image}<figcaption>Two.</figcaption></figure>\n<p>Three.</p>"
    )
    assert render(document) == (
        "<p>One.</p>\n<figure><figcaption>Two.</figcaption></figure>\n<p>Three.</p>"
    )
    assert render(document, (), {"https://a.example/2.jpg": Shown("/2", 10, 20)}) == (
        "<p>One.</p>\n<figure><figcaption>Two.</figcaption></figure>\n<figure>"
        '<img src="/2" alt="" width="10" height="20" loading="lazy" decoding="async"></figure>'
        "<p>Three.</p>"
    )
