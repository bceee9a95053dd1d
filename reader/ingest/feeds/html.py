"""The HTML in feeds: to plain text for titles, and with absolute addresses for articles.

Not the sanitiser (`reader.ingest.sanitize`), which all HTML of feeds still has to pass: this only
leaves out what is never part of an article, and keeps pictures, which are fetched later. Every
function takes time linear in its input.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from itertools import islice
from urllib.parse import urljoin, urlsplit

from reader.text.images import versions

MAX_PICTURES = 20
"""Versions of one picture that are kept."""

_UNPARSED = "script|style|noembed|noframes|noscript|textarea|title|xmp|plaintext|template"
_DROPPED_NAMES = """
    applet base basefont bgsound button dialog embed frame frameset head iframe input link meta
    noembed object optgroup option param select
"""
_BREAK_NAMES = """
    address article aside blockquote br caption dd details div dl dt figcaption figure footer h1 h2
    h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody td tfoot th thead
    tr ul
"""
_INLINE_NAMES = """
    a abbr acronym audio b bdi bdo big blink center cite code data del dfn em fieldset font form i
    img ins kbd label mark math nobr picture q s samp small source span strike strong sub sup svg
    time track tt u var video wbr
"""
_KEPT_NAMES = """
    abbr align alt class colspan datetime dir height id lang rowspan span srcset start title type
    valign value width
"""
_DROPPED = frozenset(_DROPPED_NAMES.split())
_BREAKS = frozenset(_BREAK_NAMES.split())
_URL_ATTRS = frozenset({"href", "src", "cite", "poster"})
_KEPT_ATTRS = _URL_ATTRS | frozenset(_KEPT_NAMES.split())
_HTML_NAMES = _BREAKS | _DROPPED | frozenset([*_INLINE_NAMES.split(), *_UNPARSED.split("|")])
_SCHEMES = frozenset({"", "http", "https", "mailto", "ftp"})

_TOKEN = re.compile(
    r"<!--(?:-?>|(?s:.*?)(?:--!?>|\Z))"
    rf"|<(?P<unparsed>{_UNPARSED})(?=[\s/>])(?:[^>\"']|\"[^\"]*\"|'[^']*'|[\"'])*+(?:>|\Z)"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)"
    r"(?P<attrs>(?:[^>\"'=]|=\s*+\"[^\"]*\"|=\s*+'[^']*'|[\"'=])*+)(?:>|\Z)"
    r"|<[!?/][^>]*+(?:>|\Z)",
    re.IGNORECASE,
)
_CLOSING = {
    name: re.compile(rf"</{name}(?=[\s/>])[^>]*+(?:>|\Z)", re.IGNORECASE)
    for name in _UNPARSED.split("|")
}
_ATTR = re.compile(
    r"(?P<name>[^\s/>=][^\s/>=]*+)"
    r"(?:\s*+=\s*+(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>]*+)))?"
)
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);")
_REFERENCE = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);")
_URL_NOISE = re.compile(r"[\x00-\x20\x7f]+")


def plain(html: str) -> str:
    """The words that `html` shows, on one line."""
    pieces = []
    for text, match in _tokens(html):
        pieces.append(unescape(text))
        if match is not None and (match["name"] or "").lower() in _BREAKS:
            pieces.append(" ")
    return line("".join(pieces))


def line(text: str) -> str:
    """`text` on one line, without space around it."""
    return " ".join(text.split())


def looks_like_html(text: str) -> bool:
    """Whether a text whose format is not stated has HTML tags or character references."""
    if _REFERENCE.search(text):
        return True
    return any(
        match["unparsed"] or (match["name"] or "").lower() in _HTML_NAMES
        for match in _TOKEN.finditer(text)
        if match[0].endswith(">")
    )


def has_markup(text: str) -> bool:
    """Whether there is anything like a tag or a character reference in `text`."""
    return _MARKUP.search(text) is not None


def from_text(text: str) -> str:
    """HTML that shows the plain text `text`: paragraphs where it has blank lines."""
    parts = [part for part in re.split(r"\n[ \t]*\n\s*", text.strip()) if part]
    escaped = [escape(part, quote=False) for part in parts]
    return "".join(f"<p>{part}</p>" for part in escaped) if len(parts) > 1 else "".join(escaped)


def article(html: str, base: str) -> str:
    """`html` with the addresses in it made absolute by `base`, and without scripts, forms,
    embedded pages, event handlers, styles and addresses of other kinds than the web's."""
    pieces = []
    for text, match in _tokens(html):
        pieces.append(text)
        name = (match["name"] or "").lower() if match is not None else ""
        if match is None or not name or name in _DROPPED:
            continue
        if match["end"]:
            pieces.append(f"</{name}>")
            continue
        closing = " />" if match["attrs"].rstrip().endswith("/") else ">"
        pieces.append(f"<{name}{_attributes(match['attrs'], base)}{closing}")
    return "".join(pieces).strip()


def absolute(url: str, base: str) -> str:
    """`url` seen from `base`; as it stands where the two make no address."""
    url = url.strip()
    if not url or url.startswith(("http://", "https://")):
        return url
    try:
        return urljoin(base, url)
    except ValueError:  # such as an unclosed IPv6 host
        return url


def web_address(url: str, base: str) -> str:
    """`url` seen from `base`, or "" if that is not an address of the web."""
    joined = absolute(_URL_NOISE.sub("", url) if "\n" in url or "\t" in url else url, base)
    try:
        scheme = urlsplit(joined).scheme
    except ValueError:
        return ""
    return joined if scheme in _SCHEMES - {"mailto"} else ""


def _tokens(html: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Texts, each with the tag behind it; elements whose content is no markup are left out."""
    position = 0
    while (match := _TOKEN.search(html, position)) is not None:
        yield html[position : match.start()], match
        position = match.end()
        name = (match["unparsed"] or "").lower()
        if name and not match[0].endswith("/>"):  # feeds have <iframe/> out of XHTML
            closing = _CLOSING[name].search(html, position)
            position = closing.end() if closing else len(html)
    yield html[position:], None


def _attributes(source: str, base: str) -> str:
    if "=" not in source:
        return ""
    kept: dict[str, str] = {}
    for match in _ATTR.finditer(source):
        name = match["name"].lower()
        if name not in _KEPT_ATTRS or name in kept:
            continue
        value = unescape(match["double"] or match["single"] or match["bare"] or "")
        if name in _URL_ATTRS:
            value = _safe(value, base)
            if not value:
                continue
        elif name == "srcset":
            value = ", ".join(_candidates(value, base))
        kept[name] = value
    return "".join(f' {name}="{escape(value)}"' for name, value in kept.items())


def _safe(url: str, base: str) -> str:
    url = absolute(_URL_NOISE.sub("", url), base)
    try:
        return url if urlsplit(url).scheme in _SCHEMES else ""
    except ValueError:
        return ""


def _candidates(srcset: str, base: str) -> list[str]:
    return [
        f"{_safe(one.url, base)} " + (f"{one.width}w" if one.width else f"{one.density:g}x")
        for one in islice(versions(srcset), MAX_PICTURES)
    ]
