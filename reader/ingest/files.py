"""Files as people have them: bytes to text, with the date and title that a text file states."""

import codecs
import re
from dataclasses import dataclass
from datetime import date

from reader.ingest.charsets import web_codec
from reader.text import from_plain, sentences
from reader.text.normalize import nfc, storable

MAX_BYTES = 2_000_000
"""The largest file that is read; an article of this size has some 300,000 words."""

TITLE_LENGTH = 80
"""About how many code points a title made from the text has at most."""

_MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "a rich text document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x1f\x8b": "a compressed file",
    b"\x7fELF": "a program",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_DATE_LINE = re.compile(r"\s*date[ \t]+(\d{4}-\d\d-\d\d)(?=\s|\Z)", re.ASCII)
_HEADLINE = re.compile(r"(\S[^\n]{2,119})\n[ \t]*\n\s*\S")
_CLOSED = re.compile(r"[.!?…:;,\"'”’»]\s*\Z")
_META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)


class Unreadable(ValueError):
    """A file that cannot be an article, feed or list of feeds; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class PlainText:
    """What a plain text file says.

    `text` is in NFC with LF line ends, without space around it and without a leading date.
    `lead_cut` is the number of code points before it, so that offsets into the file (NFC, LF,
    no byte order mark) less `lead_cut` are offsets into `text`. `title_derived` tells that
    `title` is the first sentence and no headline of the file.
    """

    text: str
    title: str
    title_derived: bool
    published_on: date | None
    lead_cut: int


def read_plain(content: bytes) -> PlainText:
    """The article in a plain text file.

    A leading `date YYYY-MM-DD` becomes `published_on`, unless there is no such day. A short
    first line without closing punctuation and with a blank line below is the title; it stays
    in the text. Raises `Unreadable`.
    """
    whole = nfc(storable(read_text(content)))
    published_on, rest = _leading_date(whole)
    text = rest.lstrip()
    lead_cut = len(whole) - len(text)
    text = text.rstrip()
    if not text:
        raise Unreadable("There is no text in the file.")
    headline = _HEADLINE.match(text)
    if headline is not None and not _CLOSED.search(headline[1]):
        return PlainText(text, " ".join(headline[1].split()), False, published_on, lead_cut)
    return PlainText(text, derive_title(text), True, published_on, lead_cut)


def derive_title(text: str) -> str:
    """The first sentence of `text`, cut behind a word and ended by “…” where it is long.

    Empty only for a text without words.
    """
    start = text[: 20 * TITLE_LENGTH].lstrip()
    bounds = sentences(start, from_plain(start).leaves())
    title = " ".join(start[slice(*bounds[0])].split()) if bounds else ""
    if len(title) <= TITLE_LENGTH:
        return title
    head = title[: TITLE_LENGTH + 1]
    cut = head.rpartition(" ")[0] if " " in head[TITLE_LENGTH // 2 :] else head[:TITLE_LENGTH]
    return cut.rstrip(" ,;:–—-([{“„‘\"'") + "…"


def read_text(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with a byte order mark, or windows-1252.

    Raises `Unreadable` for a file that is too large, holds NUL, or is no text.
    """
    _check(content)
    text = _by_mark(content)
    if text is None:
        if b"\0" in content:
            raise Unreadable("The file contains NUL characters, so it is no plain text.")
        try:
            text = content.decode()
        except UnicodeDecodeError:
            text = _western(content)
    if "\0" in text:
        raise Unreadable("The file contains NUL characters, so it is no plain text.")
    if len(_CONTROLS.findall(text)) > len(text) / 200:
        raise Unreadable("The file is no text: it is full of control characters.")
    return text


def decode_html(content: bytes, *, charset: str = "", limit: int = MAX_BYTES) -> str:
    """The source of an HTML file: by its byte order mark, else in `charset` (as a server named
    it), else as it declares, else UTF-8, else windows-1252.

    Raises `Unreadable` for a file that has more than `limit` bytes or is of another type.
    """
    _check(content, limit)
    text = _by_mark(content)
    if text is not None:
        return text
    declared = _META_CHARSET.search(content[:4096])
    label = charset or (declared[1].decode() if declared else "")
    for encoding in (web_codec(label), "utf-8"):
        try:
            if encoding:
                return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace")


def _check(content: bytes, limit: int = MAX_BYTES) -> None:
    if len(content) > limit:
        raise Unreadable(
            f"The file has {len(content) / 1e6:.1f} MB; {limit / 1e6:.0f} MB is the most."
        )
    for magic, what in _MAGIC.items():
        if content.startswith(magic):
            raise Unreadable(f"The file is {what}, not text.")


def _by_mark(content: bytes) -> str | None:
    """`content` decoded as its byte order mark says, or None if it has none."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise Unreadable(
                    f"The file says it is {encoding[:6].upper()}, but it is not."
                ) from None
    return None


def _western(content: bytes) -> str:
    """`content` in windows-1252, if it reads like a text in a Western European language."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    foreign = sum(not char.isascii() for char in text)
    if foreign > len(text) / 4 or not text:
        raise Unreadable("The file is neither UTF-8 nor windows-1252. Please save it as UTF-8.")
    return text


def _leading_date(text: str) -> tuple[date | None, str]:
    """The date that stands before the text, if it is one, and what comes after."""
    match = _DATE_LINE.match(text)
    if match is None:
        return None, text
    try:
        return date.fromisoformat(match[1]), text[match.end() :]
    except ValueError:
        return None, text
