"""What an outlet is called, from what its feed is called. Pure."""

import re
from urllib.parse import urlsplit

_SEPARATOR = re.compile(r"\s+[|»›·•–—-]\s+|\s*[»›|]\s*|:\s+")
_NOISE = re.compile(
    r"""\b(?:(?:rss|atom|xml|json)(?:\s*\d(?:\.\d+)?)?(?:\s+(?:news\s?)?feeds?)?
    |(?:news\s?)?feeds?\s+(?:for|of|from)
    |(?:latest|newest|recent|all|top|main|full)\s+(?:news|articles?|posts?|stories|headlines
        |entries|updates|content)(?:\s+(?:from|of|on|by|in|at)(?:\s+the(?=\s*$))?)?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_GENERIC_WORDS = """
    articles atom blog blogs entries feed feeds front frontpage headlines home homepage index latest
    main news newsfeed page posts rss site stories top untitled updates website
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_LETTERS = re.compile(r"[^\W_]+")


def outlet_name(title: str, url: str) -> str:
    """The outlet's name: the part of a feed's title that the host's name repeats, else the title
    without "RSS", "Latest news" and the like, else the host.

    Args:
        title: as the feed states it.
        url: the address of the site, or of the feed.
    """
    host = host_of(url)
    parts = [_NOISE.sub(" ", part) for part in _SEPARATOR.split(title)]
    parts = [" ".join(part.split()).strip(" -–—|:,/()[]«»‹›") for part in parts]
    parts = [part for part in parts if not _is_generic(part)]
    named = [part for part in parts if _is_in_host(part, host)]
    return (named or [" – ".join(parts)])[0] or host


def host_of(url: str) -> str:
    """The host of an address without "www."; "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _is_generic(part: str) -> bool:
    words = _LETTERS.findall(part.casefold())
    return all(word in _GENERIC for word in words)


def _is_in_host(part: str, host: str) -> bool:
    """Whether the host is called by this name: "BBC News" of bbc.co.uk, "The Coast" of
    thecoast.example."""
    words = _LETTERS.findall(part.casefold())
    labels = host.casefold().split(".")[:-1]
    squeezed = "".join(words)
    return any(
        label in (squeezed, squeezed.removeprefix("the"), words[0]) for label in labels if label
    )
