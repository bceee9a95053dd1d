"""Broken XML to XML: every element closed where it must be at the latest.

XML parsers that recover from errors take any end tag for the end of the element that is open, so
that one forgotten </b> puts each later entry of a feed inside the one before.
"""

import re
from collections import Counter
from typing import NamedTuple

MAX_DEPTH = 256
"""Elements within each other at which the reading ends, as in libxml2."""

_PIECE = re.compile(
    r"<!\[CDATA\[(?s:.*?)\]\]>"
    r"|(?P<open><!\[CDATA\[)"
    r"|<(?P<end>/?)(?P<name>[A-Za-z_][\w:.\-]*)"
    r"(?P<attrs>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>"
    r"|<"
)
_ATTR = re.compile(r"([A-Za-z_][\w:.\-]*)\s*=\s*(\"[^\"<]*\"|'[^'<]*')")


class Balanced(NamedTuple):
    """XML with an end for each start. `open` are the elements, the outermost first, in which the
    source broke off."""

    source: str
    open: list[str]


def balance(source: str) -> Balanced:
    """`source`, which `prepare` gave, with its elements closed in order and its "<" that begin no
    tag as text. What comes behind the root element is left out."""
    pieces: list[str] = []
    stack: list[str] = []
    depth: Counter[str] = Counter()
    position = 0
    for match in _PIECE.finditer(source):
        pieces.append(source[position : match.start()])
        position = match.end()
        name = match["name"]
        if match["open"]:  # with no end: what follows was cut off
            return Balanced("".join(pieces) + _ends(stack), stack)
        if not name:
            pieces.append(match[0] if len(match[0]) > 1 else "&lt;")
        elif match["end"]:
            if depth[name]:
                while stack[-1] != name:
                    pieces.append(_end(stack, depth))
                pieces.append(_end(stack, depth))
                if not stack:
                    return Balanced("".join(pieces), [])
        elif match["attrs"].endswith("/"):
            pieces.append(f"<{name}{_attributes(match['attrs'])}/>")
        else:
            if len(stack) == MAX_DEPTH:
                break
            stack.append(name)
            depth[name] += 1
            pieces.append(f"<{name}{_attributes(match['attrs'])}>")
    else:
        pieces.append(source[position:])
    return Balanced("".join(pieces) + _ends(stack), stack)


def _attributes(written: str) -> str:
    """The attributes that XML can read, each once."""
    found: dict[str, str] = {}
    for match in _ATTR.finditer(written):
        found.setdefault(match[1], match[2])
    return "".join(f" {name}={value}" for name, value in found.items())


def _end(stack: list[str], depth: Counter[str]) -> str:
    name = stack.pop()
    depth[name] -= 1
    return f"</{name}>"


def _ends(stack: list[str]) -> str:
    return "".join(f"</{name}>" for name in reversed(stack))
