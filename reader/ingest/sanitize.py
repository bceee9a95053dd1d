"""HTML from anywhere to HTML that may be kept: the first two of the four walls against scripts.

What is dropped with its content goes first, because bleach would leave the text of a script.
Then bleach cleans by the lists below, and nh3 cleans what bleach gives by the same lists. The
renderer, which writes only what it knows, and the Content-Security-Policy stand behind both.
"""

from collections.abc import Iterator, Mapping
from html import escape

import bleach
import nh3

from reader.text.html import BLOCKS, LEAVES, PASSED_BLOCKS
from reader.text.parse import End, Start, parse

_ELEMENTS = """
    a blockquote br caption code del div em figcaption figure h1 h2 h3 h4 h5 h6 hr img ins li ol p
    pre q span strong sub sup table tbody td tfoot th thead tr ul
"""
ELEMENTS = frozenset(_ELEMENTS.split())
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": frozenset({"lang", "dir"}),
    "a": frozenset({"href"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan"}),
}
PROTOCOLS = frozenset({"http", "https", "mailto"})

MAX_DEPTH = 100
"""Elements deeper than this are left out and their content kept; browsers stop at 512, and
bleach takes quadratic time."""

_SAME = {
    "b": "strong",
    "i": "em",
    "kbd": "code",
    "listing": "pre",
    "menu": "ul",
    "s": "del",
    "samp": "code",
    "strike": "del",
    "tt": "code",
}
_STRUCTURE = BLOCKS.keys() | LEAVES.keys() | PASSED_BLOCKS
_VOID = frozenset({"br", "hr", "img"})
_NOTHING: frozenset[str] = frozenset()


def sanitize(html: str, base: str = "") -> str:
    """`html` with none but `ELEMENTS`, `ATTRIBUTES` and addresses of `PROTOCOLS` or relative ones.

    Pictures have addresses of http or https only, made absolute by `base`, and those that belong
    to no text, as icons and pixels that count visitors, go (see `reader.text.images`).

    Takes any string, and gives the same again for what it gave. Scripts, styles and other elements
    without words for readers go with their content, hidden ones too; others go and leave theirs,
    in a `<div>` where they were blocks.
    """
    cleaned = bleach.clean(
        "".join(_pieces(html, base)),
        tags=ELEMENTS,
        attributes={name: sorted(allowed) for name, allowed in ATTRIBUTES.items()},
        protocols=PROTOCOLS,
        strip=True,
        strip_comments=True,
    )
    clean = nh3.clean(
        cleaned,
        tags=set(ELEMENTS),
        attributes={name: set(allowed) for name, allowed in ATTRIBUTES.items()},
        url_schemes=set(PROTOCOLS),
        link_rel=None,
        strip_comments=True,
    )
    return clean.strip(" \t\n\f")


def _pieces(html: str, base: str) -> Iterator[str]:
    """The HTML of what `html` shows, with our names for elements, and not too deep."""
    endings: list[str] = []  # one for each open element
    depth = 0
    after_pre = False  # where parsers eat one line feed
    for event in parse(html, base):
        if isinstance(event, str):
            text = event.lstrip("\n") if after_pre else event
            after_pre = after_pre and not text
            yield escape(text, quote=False)
        elif isinstance(event, Start):
            name = _name(event)
            if not name or (depth >= MAX_DEPTH and name not in _VOID):
                parts = bool(name) and event.tag in _STRUCTURE
                endings.append("<br>" if parts else "")
                yield endings[-1]
                continue
            endings.append("" if name in _VOID else f"</{name}>")
            depth += name not in _VOID
            after_pre = name == "pre"
            yield f"<{name}{_attributes(name, event.attrs)}>"
        elif isinstance(event, End):
            ending = endings.pop()
            depth -= ending.startswith("</")
            after_pre = after_pre and not ending
            yield ending


def _name(element: Start) -> str:
    """The element to write for `element`, or "" if only its content is to stay."""
    tag = _SAME.get(element.tag, element.tag)
    if tag in ELEMENTS:
        return tag
    if tag in ("html", "body"):
        return ""
    if tag in PASSED_BLOCKS:
        return "div"
    return "span" if ATTRIBUTES["*"] & element.attrs.keys() else ""


def _attributes(name: str, attrs: Mapping[str, str]) -> str:
    kept = ATTRIBUTES["*"] | ATTRIBUTES.get(name, _NOTHING)
    return "".join(f' {key}="{escape(value)}"' for key, value in attrs.items() if key in kept)
