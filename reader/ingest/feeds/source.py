"""The source of an XML feed, made so that an XML parser has nothing left to decide.

No document type declaration stays, so that no parser ever expands, nests or fetches an entity:
references are replaced here by single characters, by HTML's names, or by the text that the
document itself gives a name. What XML forbids, and comments and processing instructions, go.
All in one pass, in time linear in the source.
"""

import re
from html.entities import html5

from reader.ingest.files import Unreadable

MAX_VALUE = 200
"""Code points of the longest text that a document may give to a name."""

MAX_EXPANDED = 1_000_000
"""Code points that those texts may add to a document in all."""

DOCTYPE_WITHIN = 20_000
"""Code points from the start in which a document type declaration must end."""

_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
_PROLOG = re.compile(r"(?:[^<]|<\?(?s:.*?)\?>|<!--(?s:.*?)-->)*+")
_DOCTYPE = re.compile(
    r"<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*+"
    r"(?:\[(?P<inner>(?:[^\]\"'<]|\"[^\"]*\"|'[^']*'|<!--(?s:.*?)-->|<(?!!--))*+)\]\s*)?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"<!ENTITY\s+(?P<name>[A-Za-z_][\w.\-]*)\s+(?P<value>\"[^\"]*\"|'[^']*')\s*>")
_ANY_ENTITY = re.compile(r"<!ENTITY\s+(?P<name>[A-Za-z_][\w.\-]*)\s")
_STARTS = re.compile(r"\s*<(?:[?!]|(?:\w+:)?(?:rss|feed|rdf|opml)\b)", re.IGNORECASE)
_JUNK = re.compile(
    r"(?:(?!<html|<!doctype html)(?s:.))*?(?=<\?xml\s|<(?:rss|feed|rdf:rdf|opml)[\s>])",
    re.IGNORECASE,
)
_PIECE = re.compile(
    r"(?P<cdata><!\[CDATA\[(?s:.*?\]\]>|.*))"
    r"|<!--(?s:.*?-->|.*)"
    r"|<\?(?s:.*?\?>|.*)"
    r"|&(?!(?:amp|lt|gt|quot|apos);)(?:#(?P<ref>[0-9]{1,8}|[xX][0-9a-fA-F]{1,7});|(?P<name>[A-Za-z_][\w.\-]{0,40});)?"
)
_C1 = {n: bytes([n]).decode("cp1252", "ignore") for n in range(0x80, 0xA0)}


def prepare(source: str) -> str:
    """`source` without declarations, entities, and what a server wrote before it by mistake; on
    the same lines as before.

    Raises `Unreadable` where the document makes use of names that it defines by other names or
    by files elsewhere, or that blow it up: feeds don't, attacks do.
    """
    source = repaired(legal(source))
    junk = None if _STARTS.match(source) else _JUNK.match(source, 0, DOCTYPE_WITHIN)
    start = _PROLOG.match(source, junk.end() if junk else 0, DOCTYPE_WITHIN)
    begin = start.end() if start else 0
    names: dict[str, str | None] = {}
    expanded = 0
    if source[begin : begin + 9].upper() == "<!DOCTYPE":
        doctype = _DOCTYPE.match(source, begin, begin + DOCTYPE_WITHIN)
        if doctype is None:
            raise Unreadable("The feed's document type declaration has no end, or is too long.")
        begin = doctype.end()
        names = _names(doctype["inner"] or "")

    def piece(match: re.Match[str]) -> str:
        nonlocal expanded
        if match["cdata"]:
            return match["cdata"]
        if not match[0].startswith("&"):
            return "\n" * match[0].count("\n")
        if match["ref"]:
            return _character(match["ref"])
        name = match["name"]
        if not name:
            return "&amp;"
        if name in names:
            value = names[name]
            expanded += len(value or "")
            if value is None or expanded > MAX_EXPANDED:
                raise Unreadable(
                    f"The feed uses “&{name};”, which it defines by other entities, by a file"
                    " elsewhere, or too often. That is how attacks are made, so it was not read."
                )
            return value
        character = html5.get(f"{name};")
        return f"&amp;{name};" if character is None else _escaped(character)

    return "\n" * source.count("\n", 0, begin) + _PIECE.sub(piece, source[begin:])


def legal(text: str) -> str:
    """`text` without the characters that XML forbids."""
    return _ILLEGAL.sub("", text)


def repaired(text: str) -> str:
    """`text` with characters of windows-1252 in place of the control characters they were
    taken for."""
    return text.translate(_C1)


def _names(inner: str) -> dict[str, str | None]:
    """The texts that a document gives to names; None for those that are not plain text."""
    names: dict[str, str | None] = {match["name"]: None for match in _ANY_ENTITY.finditer(inner)}
    for match in _ENTITY.finditer(inner):
        value = _PIECE.sub(_plain_piece, match["value"][1:-1])
        if len(value) <= MAX_VALUE and "\0" not in value and "%" not in value:
            names[match["name"]] = value.replace("<", "&lt;")
    return names


def _plain_piece(match: re.Match[str]) -> str:
    if match["ref"]:
        return _character(match["ref"])
    return "\0"


def _character(ref: str) -> str:
    code = int(ref[1:], 16) if ref[0] in "xX" else int(ref)
    if code in _C1:
        return _C1[code]
    if code > 0x10FFFF or _ILLEGAL.match(chr(code)):
        return ""
    return _escaped(chr(code))


def _escaped(text: str) -> str:
    return "".join(f"&#{ord(char)};" if char in "&<>\"'" else char for char in text)
