"""Reading the elements of RSS and Atom: texts, HTML, addresses, people."""

import base64
import binascii
import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from lxml.etree import _Element as Element

from reader.ingest.feeds import html
from reader.ingest.feeds.model import Person
from reader.ingest.feeds.names import canonical

MAX_LINE = 10_000
"""Code points of a title, name, address or date that are looked at."""

MAX_ARTICLE = 2_000_000
"""Code points of the longest article; what is longer is none, and left out."""

XML = "{http://www.w3.org/XML/1998/namespace}"
_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_VOID = frozenset(_VOID_NAMES.split())
_EMAIL = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8}")
_TYPES = {"": "", "text": "text", "plain": "text", "text/plain": "text", "html": "html",
          "text/html": "html", "xhtml": "xhtml", "application/xhtml+xml": "xhtml"}  # fmt: skip


class Context(NamedTuple):
    """What an element inherits: the address it is seen from, its language, and whether Atom's
    rules hold, by which texts are plain unless they say otherwise."""

    base: str
    language: str
    atom: bool

    def within(self, element: Element) -> "Context":
        """The context inside `element`."""
        base = element.get(f"{XML}base") or element.get("base")
        language = element.get(f"{XML}lang", element.get("lang"))
        return Context(
            html.web_address(base, self.base) or self.base if base else self.base,
            self.language if language is None else language.strip().replace("_", "-"),
            self.atom,
        )


def children(element: Element) -> Iterator[tuple[str, Element]]:
    """The child elements of `element` with their canonical names."""
    for child in element:
        yield canonical(str(child.tag)), child


def named(element: Element, *names: str) -> list[Element]:
    """The children called by one of `names`, those of the first name first."""
    found: dict[str, list[Element]] = {name: [] for name in names}
    for name, child in children(element):
        if name in found:
            found[name].append(child)
    return [child for group in found.values() for child in group]


def text(element: Element) -> str:
    """The text in `element`, up to `MAX_LINE`."""
    return "".join(map(str, element.itertext()))[:MAX_LINE].strip()


def first_text(element: Element, *names: str) -> str:
    """The text of the first child with a text, the names in order of preference; else ""."""
    return next((found for child in named(element, *names) if (found := text(child))), "")


def as_line(element: Element, context: Context) -> str:
    """The text of a title, on one line."""
    kind, value = _construct(element, atom=context.atom)
    value = value[:MAX_LINE]
    if kind == "html" or (kind == "either" and html.looks_like_html(value)):
        return html.plain(value)
    return html.line(value)


def as_html(element: Element, context: Context) -> str:
    """The HTML of an article or summary; see `reader.ingest.feeds.html.article`."""
    kind, value = _construct(element, atom=context.atom)
    if len(value) > MAX_ARTICLE:
        return ""
    if kind == "text" or (kind == "either" and not html.has_markup(value)):
        return html.from_text(value)
    return html.article(value, context.within(element).base)


def person(element: Element) -> Person:
    """The author that `element` names, by elements of its own or as "mail@host (Name)"."""
    name, email = first_text(element, "name", "foaf:name"), first_text(element, "email")
    return (
        Person(html.line(name), html.line(email)) if name or email else person_from(text(element))
    )


def person_from(written: str) -> Person:
    """The author that a text such as "Name <mail@host>" names."""
    written = html.plain(written) if html.looks_like_html(written) else html.line(written)
    found = _EMAIL.search(written)
    if found is None:
        return Person(written)
    name = written.replace(found[0], "", 1)
    name = re.sub(r"\(\s*\)|<\s*>|\bmailto:", "", name).strip(' \t()<>"')
    return Person(name, found[0])


def _construct(element: Element, *, atom: bool) -> tuple[str, str]:
    """Whether `element` holds "text", "html" or, in RSS, "either"; and what."""
    stated = (element.get("type") or "").strip().lower()
    mode = (element.get("mode") or "").strip().lower()
    kind = _TYPES.get(stated, "other")
    if len(element):
        inline = _inline(element)
        return "html", _without_div(inline) if atom else inline
    value = element.text or ""
    if mode == "base64" or (atom and kind == "other" and not stated.endswith(("+xml", "/xml"))):
        decoded = _base64(value)
        if decoded is None and stated.startswith(("image/", "audio/", "video/")):
            return "text", ""
        value = value if decoded is None else decoded
        return ("text" if kind == "text" else "html"), value
    if kind == "xhtml":
        return "html", escape(value, quote=False)
    if atom or kind in ("html", "text"):
        return ("html" if kind == "html" else "text"), value
    return "either", value


def _base64(value: str) -> str | None:
    try:
        return base64.b64decode("".join(value.split()), validate=True).decode()
    except (binascii.Error, ValueError):  # the latter where it is no UTF-8
        return None


def _inline(element: Element) -> str:
    """The content of `element`, which is markup, written as HTML."""
    pieces = [escape(element.text or "", quote=False)]
    for child in element:
        pieces.append(_written(child))
        pieces.append(escape(child.tail or "", quote=False))
    return "".join(pieces)


def _written(element: Element) -> str:
    name = str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()
    attributes = "".join(
        f' {str(key).rpartition("}")[2]}="{escape(str(value))}"'
        for key, value in element.attrib.items()
    )
    if name in _VOID:
        return f"<{name}{attributes} />"
    return f"<{name}{attributes}>{_inline(element)}</{name}>"


def _without_div(inline: str) -> str:
    """XHTML in Atom stands in one <div> that is not part of it (RFC 4287, section 3.1.1.3)."""
    stripped = inline.strip()
    opening = re.match(r"<div(?:\s[^>]*)?>", stripped)
    if opening is None or not stripped.endswith("</div>"):
        return inline
    inner = stripped[opening.end() : -len("</div>")]
    depth = 0
    for tag in re.finditer(r"<(/?)div\b[^>]*?(/?)>", inner):
        depth += -1 if tag[1] else not tag[2]
        if depth < 0:
            return inline
    return inner
