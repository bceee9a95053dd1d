"""Which picture an `<img>` shows, and whether it belongs to what is read.

Pages name a picture in many sizes, hide it from browsers until it is scrolled to, and use the same
element for icons, emoji and pixels that count visitors.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from reader.text.markup import allowed

WIDEST = 1600
"""Pixels across, of the versions of a picture that are worth fetching."""

SMALLEST = 100
"""Pixels, as a page states them: what is shorter on a side is an icon."""

LONGEST_ALT = 1000
"""Characters of a description that are kept."""

MOST_VERSIONS = 50
"""Versions of a picture that are looked at."""

ATTRIBUTES = frozenset({"alt", "height", "src", "srcset", "width"}) | {
    "data-lazy-src",
    "data-original",
    "data-src",
    "data-srcset",
}
"""What is read of `<img>` and `<source>`."""

_LAZY = ("data-src", "data-lazy-src", "data-original")
_NOISE = re.compile(r"[\t\n\r]")
_AROUND = "".join(map(chr, range(33)))
_SPACE = re.compile(r"[\x00-\x20\x7f]")
_NO_ADDRESS = re.compile(r"""["<>{}]""")
"""In an attribute of which a script makes an address."""
_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d*)?\s*(?:px)?\s*")
# Nothing is looked at twice, so that it takes linear time.
_VERSION = re.compile(r"[\s,]*+(\S++)(?:\s++(?:(\d{1,5})w|(\d(?:\.\d{1,3})?)x)(?![^\s,]))?")
_UNSHOWN = re.compile("[\x00-\x1f\x7f\ud800-\udfff]+")
_NO_CONTENT = re.compile(
    r"/(?:1x1|blank|clear|pixel|spacer|transparent)[^/]*\.(?:gif|png)$|/placeholder[^/]*$"
    r"|/emoji/|/smil(?:ey|ie)s?/|\.svgz?$",
    re.IGNORECASE,
)


class Version(NamedTuple):
    """One file of a picture, as wide as stated in pixels (0: not stated) or as dense."""

    url: str
    width: int
    density: float


def content_image(
    attrs: Mapping[str, str], srcsets: Iterable[str] = (), base: str = ""
) -> dict[str, str] | None:
    """The picture that an `<img>` shows: its `src`, with `alt`, `width` and `height` where stated.

    None unless it has an address on the web and is large enough, as far as the page says, to be
    part of what is read. Of several versions it is the widest of at most `WIDEST` pixels.

    Args:
        attrs: of the `<img>`, names in lower case.
        srcsets: of the `<source>`s beside it, if it stands in a `<picture>`.
        base: the page's address, to which others are relative; without it these lead nowhere.
    """
    shown = {name: pixels(attrs[name]) for name in ("width", "height") if name in attrs}
    sizes = {name: size for name, size in shown.items() if size is not None}
    if any(size < SMALLEST for size in sizes.values()):
        return None
    for written in _by_worth(attrs, srcsets):
        source = web_address(written, base)
        if source and not _NO_CONTENT.search(urlsplit(source).path):
            alt = " ".join(_UNSHOWN.sub(" ", attrs.get("alt", "")).split())[:LONGEST_ALT].rstrip()
            found = {"src": source, **({"alt": alt} if alt else {})}
            return found | {name: str(size) for name, size in sizes.items()}
    return None


def pixels(written: str) -> int | None:
    """A width or height as an attribute states it, if it does so in pixels."""
    match = _PIXELS.fullmatch(written)
    return int(match[1]) if match else None


def web_address(written: str, base: str = "") -> str:
    """A picture's address seen from `base`, or "" if that is none of http or https."""
    url = _NOISE.sub("", written.strip(_AROUND))
    if _NO_ADDRESS.search(url):
        return ""
    try:
        url = urljoin(base, url) if base else url
        urlsplit(url)
    except ValueError:  # such as an unclosed IPv6 host
        return ""
    url = _SPACE.sub(lambda match: f"%{ord(match.group()):02X}", url)
    return url if allowed("picture", "src", url) else ""


def versions(srcset: str) -> Iterator[Version]:
    """The versions of a picture that a `srcset` names."""
    position = 0
    while match := _VERSION.match(srcset, position):
        yield Version(match[1].rstrip(","), int(match[2] or 0), float(match[3] or 1))
        position = match.end()


def _by_worth(attrs: Mapping[str, str], srcsets: Iterable[str]) -> list[str]:
    """The addresses that are named for a picture, the best first."""
    named = [*srcsets, attrs.get("data-srcset", ""), attrs.get("srcset", "")]
    found = list(islice(chain.from_iterable(map(versions, named)), MOST_VERSIONS))
    wide = sorted(
        (one for one in found if one.width),
        key=lambda one: (one.width > WIDEST, one.width if one.width > WIDEST else -one.width),
    )
    dense = sorted((one for one in found if not one.width), key=lambda one: -one.density)
    # What a page loads later is the picture; until then `src` has something to stand in for it.
    later = [attrs[name] for name in _LAZY if attrs.get(name)]
    single = later or [attrs.get("src", "")]
    return [*(one.url for one in wide), *single, *(one.url for one in dense)]
