"""What an HTML page says about itself: only what it states for machines, and its headline.

The head is read by patterns, because HTML parsers take quadratic time on hostile pages (see
`reader.text.parse`).
"""

import re
from html import unescape

from reader.ingest.details import CHECKS, check_date
from reader.services.errors import Refused
from reader.text import Document

HEAD = 200_000
"""Code points in which a page's own details are looked for."""

_NAMES = {
    "og:site_name": "publication",
    "author": "byline",
    "article:published_time": "published_on",
}
# No pattern reads across a "<", so that each character is looked at a few times only.
_TAG = re.compile(
    r"<(?P<name>html|meta|link)\s(?P<attributes>(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*+)>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"([a-z]{1,20})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE
)
_TITLE = re.compile(r"<title[^<>]*>([^<]*)</title", re.IGNORECASE)
_BEGIN = re.compile(
    r"\s*<(?:!doctype\s+html\b|!--|(?:html|head|body|meta|article|main|section|header|div|p|h[1-6]"
    r"|ul|ol|blockquote|figure|table|a|b|br|em|i|img|span|strong)[\s/>])",
    re.IGNORECASE,
)


def looks_like_html(text: str) -> bool:
    """Whether pasted or piped text is HTML: it begins with an element of HTML, or says so."""
    return bool(_BEGIN.match(text))


def page_details(html: str, document: Document) -> dict[str, str]:
    """The details that a page states, for `check_details`; what is missing or wrong is left out.

    Args:
        document: the text of the page. Its only heading of level 1 is the title, else the
            `<title>` is.
    """
    head = _without_comments(html[:HEAD])
    title = _TITLE.search(head)
    found = {"title": _headline(document) or (unescape(title[1]) if title else "")}
    for tag in _TAG.finditer(head):
        name = tag["name"].lower()
        attributes = _attributes(tag["attributes"])
        if name == "html":
            found.setdefault("language", attributes.get("lang", ""))
        elif name == "link" and attributes.get("rel", "").lower() == "canonical":
            found.setdefault("url", attributes.get("href", ""))
        elif name == "meta":
            stated = attributes.get("property") or attributes.get("name") or ""
            if detail := _NAMES.get(stated.lower()):
                found.setdefault(detail, attributes.get("content", ""))
    return {name: value.strip() for name, value in found.items() if _is_good(name, value)}


def _headline(document: Document) -> str:
    headings = [
        block
        for block in document.blocks()
        if block.type == "heading" and block.attrs.get("level") == "1"
    ]
    return document.text[headings[0].start : headings[0].end] if len(headings) == 1 else ""


def _attributes(written: str) -> dict[str, str]:
    return {
        match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(written)
    }


def _without_comments(html: str) -> str:
    pieces = []
    position = 0
    while (start := html.find("<!--", position)) >= 0:
        pieces.append(html[position:start])
        end = html.find("-->", start + 4)
        position = end + 3 if end >= 0 else len(html)
    return "".join([*pieces, html[position:]])


def _is_good(name: str, value: str) -> bool:
    try:
        if name == "published_on":
            check_date(value)
        else:
            CHECKS[name](value)
    except Refused:
        return False
    return True
