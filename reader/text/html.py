"""HTML to a document: which element becomes which markup, and what goes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reader.text.builder import Builder
from reader.text.document import Document
from reader.text.markup import allowed
from reader.text.parse import Start, parse

BLOCKS: Mapping[str, str] = {
    "blockquote": "quote",
    "ul": "list",
    "menu": "list",
    "ol": "list",
    "li": "item",
    "table": "table",
    "tr": "row",
    "td": "cell",
    "th": "cell",
    "figure": "figure",
    "figcaption": "caption",
    "caption": "caption",
}
"""Elements that become blocks with other blocks in them."""

LEAVES: Mapping[str, str] = {
    "p": "paragraph",
    "pre": "pre",
    "listing": "pre",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
}
"""Elements that become blocks of words."""

INLINES: Mapping[str, str] = {
    "a": "link",
    "em": "em",
    "i": "em",
    "strong": "strong",
    "b": "strong",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
    "sub": "sub",
    "sup": "sup",
    "del": "deleted",
    "s": "deleted",
    "strike": "deleted",
    "ins": "inserted",
}
"""Elements that mark words."""

_PASSED_BLOCKS = """
    html body address article aside center dd details dir div dl dt fieldset footer form header
    hgroup legend main nav search section summary thead tbody tfoot
"""
PASSED_BLOCKS = frozenset(_PASSED_BLOCKS.split())
"""Elements that only part their content from what stands around them."""

_BLOCK_ATTRS = {
    "ol": ("start",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan"),
}
_QUOTATION_MARKS = ("“", "”"), ("‘", "’")
_URL_NOISE = re.compile(r"[\t\n\r]|^[\x00-\x20]+|[\x00-\x20]+$")
_URL_SPACE = re.compile(r"[\x00-\x20\x7f]")


@dataclass(slots=True)
class _Reader:
    """Tells the builder what each element means."""

    builder: Builder
    quotes: int = 0

    def start(self, tag: str, attrs: Mapping[str, str]) -> None:
        """An element begins."""
        language = _language(tag, attrs)
        if tag in BLOCKS:
            self.builder.open_block(BLOCKS[tag], _block_attrs(tag, attrs) | language)
        elif tag in LEAVES:
            self.builder.open_leaf(LEAVES[tag], _block_attrs(tag, attrs), language)
        elif tag in PASSED_BLOCKS:
            self.builder.open_leaf("", {}, language)
        elif tag == "br":
            self.builder.line_break()
        elif tag == "hr":
            self.builder.rule()
        elif tag == "img":
            self.builder.picture({name: attrs[name] for name in ("src", "alt") if name in attrs})
        elif tag == "q":
            self.builder.text(_QUOTATION_MARKS[self.quotes % 2][0])
            self.quotes += 1
        elif tag in INLINES:
            self.builder.open_inline(INLINES[tag], _inline_attrs(tag, attrs) | language)
        else:
            self.builder.open_inline("lang", language)

    def end(self, tag: str) -> None:
        """The element that began last of those still open ends."""
        if tag in BLOCKS:
            self.builder.close_block()
        elif tag in LEAVES or tag in PASSED_BLOCKS:
            self.builder.close_leaf()
        elif tag == "q":
            self.quotes -= 1
            self.builder.text(_QUOTATION_MARKS[self.quotes % 2][1])
        elif tag not in ("br", "hr", "img"):
            self.builder.close_inline()


def from_html(html: str, base: str = "") -> Document:
    """The document that `html`, a fragment or a page, shows: NFC, LF, white space collapsed.

    Takes any string. What no reader sees (scripts, styles, hidden elements, media, form fields)
    goes; unknown elements go and leave their text. Blocks are parted by one LF, cells by a tab,
    `<br>` is an LF. Links keep http, https and mailto addresses only, and relative ones go.
    Pictures (see `content_image`) change nothing of the text: one amid words comes after their
    block. `base` is the address that those of pictures are relative to.
    """
    reader = _Reader(Builder())
    for event in parse(html, base):
        if isinstance(event, str):
            reader.builder.text(event)
        elif isinstance(event, Start):
            reader.start(event.tag, event.attrs)
        else:
            reader.end(event.tag)
    return reader.builder.finish()


def safe_href(url: str) -> str:
    """`url` as a browser would follow it, or "" unless it is an http, https or mailto address."""
    url = _URL_SPACE.sub(_percent, _URL_NOISE.sub("", url))
    return url if allowed("link", "href", url) else ""


def _percent(match: re.Match[str]) -> str:
    return f"%{ord(match.group()):02X}"


def _language(tag: str, attrs: Mapping[str, str]) -> dict[str, str]:
    kept = {}
    for name in ("lang", "dir"):
        value = attrs.get(name, "").strip().lower() if name == "dir" else attrs.get(name, "")
        if value and allowed("", name, value):
            kept[name] = value
    if tag in ("html", "body"):
        return {"dir": "rtl"} if kept.get("dir") == "rtl" else {}
    return kept


def _block_attrs(tag: str, attrs: Mapping[str, str]) -> dict[str, str]:
    kept: dict[str, str] = {}
    if tag[0] == "h":
        return {"level": tag[1]}
    if tag == "ol":
        kept["ordered"] = "1"
    if tag == "th":
        kept["header"] = "1"
    for name in _BLOCK_ATTRS.get(tag, ()):
        value = attrs.get(name, "").strip()
        if value not in ("", "1") and allowed(BLOCKS[tag], name, value):
            kept[name] = value
    return kept


def _inline_attrs(tag: str, attrs: Mapping[str, str]) -> dict[str, str]:
    return {"href": safe_href(attrs.get("href", ""))} if tag == "a" else {}
