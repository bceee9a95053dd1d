"""A page of the web as a tree that is safe to work on, with what it says about itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from reader.text.normalize import storable
from reader.text.parse import tokens

_KEPT = """
    alt class colspan content datetime dir href id itemprop itemtype lang name property pubdate rel
    role rowspan src start
"""
_KEPT_ATTRIBUTES = frozenset(_KEPT.split())
"""What extractors look at."""

MOST_DATA = 1_000_000
"""Characters of JSON-LD that are looked at."""

MOST_ELEMENTS = 20
"""Headings or bylines that are looked at: elements in one another have the same words again."""

_HEAD = re.compile(r"<head[^<>]*>")
_TITLE = re.compile(r"<title[^<>]*>([^<]*)</title", re.IGNORECASE)
_DATA = re.compile(r"<script[^<>]*application/ld\+json[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page as it was read.

    `html` is its source without scripts and with few attributes, so that no parser takes long
    (see `reader.text.parse`); `tree` is that source parsed, which nobody may change. `data` are
    the sources of its JSON-LD.
    """

    html: str
    tree: HtmlElement
    data: tuple[str, ...]

    def metas(self) -> Mapping[str, str]:
        """Contents of the `<meta>` elements, by property, name or itemprop in lower case."""
        found: dict[str, str] = {}
        for meta in self.tree.iter("meta"):
            name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
            found.setdefault(name.lower(), (meta.get("content") or "").strip())
        return found

    def words(self, path: str) -> list[str]:
        """The words of the first elements at an XPath, in order, where they have any."""
        shown = (
            " ".join(element.text_content().split())
            for element in self.tree.xpath(path)[:MOST_ELEMENTS]
        )
        return [words for words in shown if words]


def read_web_page(html: str) -> WebPage | None:
    """The page with this source, or None where there is no element in it."""
    source = storable(html)
    data = _data(source)
    title = _TITLE.search(source)
    head = f"<title>{title[1]}</title>" if title else ""
    head += "".join(f'<script type="application/ld+json">{one}</script>' for one in data)
    guarded = "".join(tokens(source, _KEPT_ATTRIBUTES))
    start = _HEAD.search(guarded)
    at = start.end() if start else 0
    guarded = guarded[:at] + head + guarded[at:]
    # Bytes, because lxml refuses a str in which an encoding is declared.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return WebPage(guarded, document_fromstring(guarded.encode(), parser=parser), data)
    except ParserError:
        return None


def _data(source: str) -> tuple[str, ...]:
    found = []
    room = MOST_DATA
    for script in _DATA.finditer(source):
        end = source.find("</script", script.end())
        content = source[script.end() : end if end >= 0 else len(source)]
        room -= len(content)
        if room < 0:
            break
        found.append(content)
    return tuple(found)
