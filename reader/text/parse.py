"""HTML, however hostile, to a plain sequence of starts, texts and ends.

Two steps. `tokens` rewrites the source tag by tag: each tag comes out as we write it, with only
the attributes we read. Then a real HTML5 parser (lexbor) builds the tree, so that we read what
browsers show. The first step is what keeps the second linear: HTML parsers take quadratic time
and memory on elements with thousands of attributes, on deep nesting, and on formatting elements
left open, which they open again in each paragraph (110 kB of HTML made a tree of 11 GB).
"""

import html
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from reader.text.images import ATTRIBUTES as IMAGE_ATTRIBUTES, content_image
from reader.text.normalize import storable

_DROPPED = """
    applet area audio base basefont bgsound canvas datalist dialog embed frame frameset head iframe
    input link map meta meter noembed noframes noscript object optgroup option param plaintext
    progress script select source style template textarea title track video x-math x-svg
"""
DROPPED = frozenset(_DROPPED.split())
"""Elements that go with all they contain: no words, or none that belong to an article."""

MAX_SOURCES = 20
"""Elements of a `<picture>` that are looked at."""

MAX_TAGS = 40_000
"""Of later tags only the line ends they stand for are kept: no article has as many."""

_UNPARSED = frozenset(
    {"iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title"}
)
_UNWRITTEN = frozenset({"frame", "frameset", "plaintext"})
_LINE_NAMES = "article blockquote br dd div dt h1 h2 h3 h4 h5 h6 li p pre section td th tr"
_LINES = frozenset(_LINE_NAMES.split())
_FOREIGN = frozenset({"svg", "math"})
_FORMATTING_NAMES = "b big code em font i nobr s small strike strong tt u"
_FORMATTING = frozenset(_FORMATTING_NAMES.split())
_ATTRS_READ = frozenset({"href", "lang", "dir", "start", "colspan", "rowspan"})
_IMAGES = frozenset({"image", "img", "source"})
_TOKEN = re.compile(
    r"<!--(?:-?>|(?s:.*?)(?:--!?>|\Z))"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)"
    r"(?P<attrs>(?:[^>\"'=]|=\s*+\"[^\"]*\"|=\s*+'[^']*'|[\"'=])*+)(?:>|\Z)"
    r"|<[!?/][^>]*+(?:>|\Z)"
)
_ATTR = re.compile(
    r"(?P<name>[^\s/>=][^\s/>=]*+)"
    r"(?:\s*+=\s*+(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>]*+)))?"
)
_UNSHOWN = re.compile("[\x01-\x08\x0b-\x1f\x7f\ufeff]")
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)


class Start(NamedTuple):
    """An element begins. `tag` and the names in `attrs` are in lower case, values decoded."""

    tag: str
    attrs: Mapping[str, str]


class End(NamedTuple):
    """The element of the matching `Start` ends."""

    tag: str


def parse(source: str, base: str = "") -> Iterator[Start | str | End]:
    """Starts, texts and ends of what `source` shows, in order and properly nested.

    Of pictures come those that `content_image` finds, as `<img>` with the attributes that it
    gives; `base` is what their addresses are relative to. What is hidden (`hidden`,
    `display: none`) or in `DROPPED` is left out whole, comments and control characters too.
    Never raises on a string, never recurses, and takes time linear in it (see `MAX_TAGS`).
    """
    node: LexborNode | None = LexborHTMLParser(
        "<!doctype html>" + "".join(tokens(storable(source)))
    ).root
    above: list[LexborNode] = []
    while node is not None:
        tag = node.tag or ""
        child = None
        if node.is_text_node:
            yield _shown(node.text_content or "")
        elif node.is_element_node and tag not in DROPPED:
            attrs: Mapping[str, str] | None = _attributes(node)
            if attrs is not None and tag == "img":
                attrs = content_image(attrs, _sources(node), base)
            if attrs is not None:
                yield Start(tag, attrs)
                child = node.child
                if child is None:
                    yield End(tag)
        if child is not None:
            above.append(node)
            node = child
            continue
        while node.next is None and above:
            node = above.pop()
            yield End(node.tag or "")
        node = node.next if above or node.next is not None else None


def _attributes(node: LexborNode) -> dict[str, str] | None:
    """An element's attributes, or None if it is hidden."""
    attrs = {name: value or "" for name, value in node.attributes.items()}
    return None if "hidden" in attrs else attrs


def _sources(image: LexborNode) -> Iterator[str]:
    """The versions named beside an image in a `<picture>`."""
    holder = image.parent
    if holder is not None and holder.tag == "picture":
        for one in islice(holder.iter(), MAX_SOURCES):
            if one.tag == "source":
                yield one.attributes.get("data-srcset") or one.attributes.get("srcset") or ""


def _shown(text: str) -> str:
    """`text` with LF line ends, without the characters that browsers show nothing for."""
    if not _UNSHOWN.search(text):
        return text
    return _UNSHOWN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", " "))


def tokens(source: str, keep: frozenset[str] = _ATTRS_READ) -> Iterator[str]:
    """The pieces of an HTML source equal to `source` for our purposes, and cheap to parse.

    Args:
        keep: attributes that the tags still have, images some of their own besides; formatting
            elements have none.
    """
    position = count = 0
    while (match := _TOKEN.search(source, position)) is not None:
        yield source[position : match.start()]
        position = match.end()
        name = (match["name"] or "").lower()
        if not name:
            continue
        count += 1
        if name in _UNPARSED:
            if not match["end"]:
                position = _end_of_unparsed(source, position, name)
        elif name == "xmp" and not match["end"]:
            end = _end_of_unparsed(source, position, name)
            inner = source[position:end].rpartition("</")[0]
            yield f"<pre>{html.escape(inner)}</pre>"
            position = end
        elif count > MAX_TAGS:
            yield "<br>" if name in _LINES else ""
        elif name not in _UNWRITTEN:
            yield _tag(name, match["attrs"], keep, ending=bool(match["end"]))
    yield source[position:]


def _end_of_unparsed(source: str, position: int, name: str) -> int:
    """Where the element `name`, whose content is no markup, is over."""
    match = re.compile(rf"</{name}(?=[\s/>])[^>]*+(?:>|\Z)", re.IGNORECASE).search(source, position)
    return match.end() if match else len(source)


def _tag(name: str, attrs: str, keep: frozenset[str], *, ending: bool) -> str:
    if name in _FOREIGN:
        name = f"x-{name}"  # so that HTML's own rules, the ones above, hold within it
    if ending:
        return f"</{name}>"
    if name in _FORMATTING or not attrs:
        return f"<{name}>"
    if name in _IMAGES:
        keep |= IMAGE_ATTRIBUTES
    kept: dict[str, str] = {}
    for match in _ATTR.finditer(attrs):
        key = match["name"].lower()
        value = match["double"] or match["single"] or match["bare"] or ""
        if key in keep:
            kept.setdefault(key, value.replace('"', "&quot;"))
        elif key == "hidden" or (key == "style" and _HIDING.search(value)):
            kept["hidden"] = ""
    written = "".join(f' {key}="{value}"' for key, value in kept.items())
    return f"<{name}{written}>"
