"""Texts, HTML, documents and spans as nobody would write them, for the property tests."""

from random import Random

from hypothesis import strategies as st

from reader.text import Document, Span, from_html, from_plain

_PIECES = [
    *("word", "two words", " ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\u00a0", "\f", "\v"),
    *("\u2028", "\0", "\ud800", "\udc00", "\ufeff", "\uffff", "\x85", "\x1f"),
    *("👩‍👩‍👧", "🏳️‍🌈", "👍🏽", "🇩🇪", "e\u0301", "\u0301", "a\u0323\u0307", "ᄒ", "ᅡ", "ᆫ"),
    *("שלום", "العربية", "\u202e", "\u200b", "\u00ad", "中文。", "“quoted”"),
    *("<", ">", "&", "&amp;", "&lt;", "]]>", "<!--", "-->", '"', "'", "`"),
]
_ENTITIES = [
    *("&#xD800;", "&#0;", "&#13;", "&#x80;", "&nbsp;", "&#x301;", "&notit;", "&amp;", "&#10;"),
]
_ELEMENTS = [
    *("p", "div", "h1", "h3", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "pre", "br", "hr"),
    *("table", "caption", "thead", "tbody", "tr", "td", "th", "figure", "figcaption", "section"),
    *("a", "em", "strong", "b", "i", "code", "sub", "sup", "del", "ins", "q", "span", "font"),
    *("nobr", "small", "ruby", "rt", "center", "details", "form", "button", "select", "option"),
    *("script", "style", "template", "svg", "math", "title", "textarea", "xmp", "iframe"),
    *("img", "picture", "source", "image"),
]
_ATTRS = [
    *("", "", "", ' dir="rtl"', ' lang="ar"', ' href="https://a.example/?x=1&y=2"'),
    *(" href='//b.example'", ' href="javascript:alert(1)"', " onclick=alert(1)", " hidden"),
    *(' style="display: none"', ' colspan="2"', ' start="7"', ' class="x>y"'),
    *(' src="https://a.example/1.jpg" alt="A & B"', ' srcset="https://a.example/2.jpg 800w"'),
]
_BROKEN_ATTRS = [' a="', " =x", " x='", "/"]
_KINDS = (
    ["words"] * 6
    + ["p", "p", "em", "a", "b", "br", "q", "tag", "div", "pre", "ul", "ol", "table", "blockquote"]
    + ["figure", "figcaption", "h2", "span", "hr", "sub", "img", "img", "img"]
)

texts = st.lists(st.sampled_from(_PIECES), max_size=30).map("".join) | st.text(max_size=60)
_words = st.sampled_from(_PIECES + _ENTITIES) | texts


def _joined(parts: st.SearchStrategy[str], least: int = 0, most: int = 4) -> st.SearchStrategy[str]:
    return st.lists(parts, min_size=least, max_size=most).map("".join)


def _element(names: str, inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda name, attrs, content: f"<{name}{attrs}>{content}</{name}>",
        st.sampled_from(names.split()),
        st.sampled_from(_ATTRS),
        inside,
    )


def image(number: int) -> str:
    """An `<img>` as pages have them, with one address for each number."""
    address = f"https://a.example/{number}.jpg"
    return (
        f'<img src="{address}" alt="A &quot;picture&quot; & <more>" width="640">',
        f'<img src="data:image/gif;base64,R0lGOD" data-src="{address}">',
        f'<picture><source srcset="{address} 800w"><img src="/no.jpg"></picture>',
        f'<img srcset="https://a.example/s.jpg 50w, {address} 1200w" onerror="no()">',
        f'<img src="{address}" width="16" height="16">',
    )[number % 5]


_images = st.integers(0, 60).map(image)

# What people write: lists of items, tables of rows of cells, blocks in blocks.
_inline = st.deferred(
    lambda: (
        _words
        | _element("a b em i code sub del q span", _joined(_inline))
        | st.just("<br>")
        | _images
    )
)
_leaf = _element("p h2 pre div figcaption", _joined(_inline, 1))
_list = _element("ul ol", _joined(_element("li", st.deferred(lambda: _content)), 1))
_row = _element("tr", _joined(_element("td th", st.deferred(lambda: _content)), 1))
_table = _element(
    "table", st.builds("{}{}".format, _element("caption p", _inline), _joined(_row, 1))
)
_holder = _element("blockquote figure section", st.deferred(lambda: _content))
_block = _leaf | _list | _table | _holder | st.just("<hr>") | _images
_content = _joined(_inline | _block)

# What nobody means: tags in any order.
_any_tag = st.builds(
    lambda end, name, attrs: f"</{name}>" if end else f"<{name}{attrs}>",
    st.booleans(),
    st.sampled_from(_ELEMENTS),
    st.sampled_from(_ATTRS + _BROKEN_ATTRS),
)
_soup = _joined(_any_tag | _words | _images, 1, 40)


def random_page(random: Random, depth: int = 4) -> str:
    """A page of some hundred words, larger than what hypothesis likes to draw."""

    def content(level: int) -> str:
        return "".join(piece(level) for _ in range(random.randint(1, 4)))

    def piece(level: int) -> str:
        kind = random.choice(_KINDS) if level else "words"
        attrs = random.choice(_ATTRS)
        if kind == "words":
            return "".join(random.choices([*_PIECES, *_ENTITIES], k=random.randint(1, 8)))
        if kind == "img":
            return image(random.randint(0, 60))
        if kind == "tag":
            return f"<{random.choice(['', '/'])}{random.choice(_ELEMENTS)}{random.choice(_ATTRS)}>"
        if kind in ("ul", "ol"):
            inside = "".join(f"<li>{content(level - 1)}</li>" for _ in range(random.randint(1, 3)))
        elif kind == "table":
            cells = [f"<{random.choice(['td', 'th'])}{attrs}>" for _ in range(3)]
            inside = "<tr>".join("".join(c + content(level - 1) for c in cells) for _ in range(3))
        else:
            inside = content(level - 1)
        return f"<{kind}{attrs}>{inside}</{kind}>"

    return "".join(piece(depth) for _ in range(8))


html_sources = (
    _joined(_block, 1, 6)
    | _soup
    | st.integers(0, 10**9).map(lambda seed: random_page(Random(seed)))
)
documents = html_sources.map(from_html) | texts.map(from_plain)


@st.composite
def documents_and_spans(draw: st.DrawFn) -> tuple[Document, list[Span]]:
    """A document and spans over it, with some that are empty and some of everything."""
    document = draw(documents)
    position = st.integers(0, len(document.text))
    pairs = st.tuples(position, position).map(sorted) | st.just([0, len(document.text)])
    kinds = st.sampled_from(["quote", "allegation", "denial"])
    spans = [
        Span(
            start,
            end,
            number,
            draw(kinds),
            f"a{number}",
            "#card",
            "Begin & <",
            f"start {number}",
            f"end {number}",
        )
        for number, (start, end) in enumerate(draw(st.lists(pairs, max_size=12)), start=1)
    ]
    return document, draw(st.permutations(spans))
