"""From the bytes of a feed to its characters (RFC 7303, section 3, and what servers get wrong).

In this order: a byte order mark, the charset that the server states, the XML declaration, UTF-8,
a guess, windows-1252. RFC 3023's default of US-ASCII for `text/xml` is gone, as RFC 7303 has it.
Against the RFC, a server's Latin-1 is not believed for what is UTF-8 in every byte: it is the
default of many servers, and other text is never valid UTF-8 by accident.
"""

import codecs
import re

from charset_normalizer import from_bytes

from reader.ingest.charsets import web_codec

GUESSED_FROM = 20_000
"""Bytes that an encoding is guessed from; guessing takes long."""

GUESSED_BY = 50
"""Bytes outside ASCII that make guessing worth while: five accents could be of any language."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, which begins alike
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How "<?" or "<r" begin without a mark: https://www.w3.org/TR/xml/#sec-guessing-no-ext-info
_WIDE = (
    (re.compile(rb"<\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0<"), "utf-32-be"),
    (re.compile(rb"[<{]\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0[<{]\0[^\0]"), "utf-16-be"),
    (re.compile(rb"\x4c\x6f\xa7\x94"), "cp037"),
)
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?\s*([^\"';\s]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']\s*([A-Za-z0-9._:\-]+)")


def decode(content: bytes, content_type: str = "") -> str:
    """The characters of a feed; what fits no encoding becomes U+FFFD. Never raises.

    `content_type` is the server's header. A character cut in two by the end is left out.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _read(content[len(mark) :], encoding, "replace")
    for start, encoding in _WIDE:
        if start.match(content):
            return _read(content, encoding, "replace")
    for encoding in _stated(content, content_type):
        try:
            return _read(content, encoding, "strict")
        except UnicodeDecodeError:
            continue
    return _read(content, _guess(content[:GUESSED_FROM]), "replace")


def _stated(content: bytes, content_type: str) -> list[str]:
    """The encodings to try, the likeliest first."""
    charset = _CHARSET.search(content_type[:500])
    declared = _DECLARED.match(content[:1000])
    stated = [web_codec(charset[1]) if charset else None]
    stated.append(web_codec(declared[1].decode("ascii")) if declared else None)
    known = [codec for codec in stated if codec]
    if known and known[0] == "cp1252" and charset:
        known.insert(0, "utf-8")
    return [*known, "utf-8"]


def _guess(start: bytes) -> str:
    """The encoding that the text at the start looks like; windows-1252 if there is too little."""
    foreign = sum(byte >= 0x80 for byte in start)
    best = from_bytes(start).best() if foreign >= GUESSED_BY else None
    return (web_codec(best.encoding) if best else None) or "cp1252"


def _read(content: bytes, encoding: str, errors: str) -> str:
    return codecs.getincrementaldecoder(encoding)(errors).decode(content, final=False)
