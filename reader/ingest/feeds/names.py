"""Names of elements, whatever namespace and prefix a feed gives them.

`canonical` levels the spellings: the elements of all RSS and Atom versions get no prefix, those
of modules the usual one. Names are in lower case, since feeds write pubdate and pubDate.
"""

from functools import lru_cache

_CORE = """
    http://backend.userland.com/rss http://blogs.law.harvard.edu/tech/rss http://purl.org/rss/1.0/
    http://my.netscape.com/rdf/simple/0.9/ http://channel.netscape.com/rdf/simple/0.9/
    http://purl.org/rss/1.0/modules/rss091# http://purl.org/net/rss1.1# http://example.com/necho
    http://example.com/newformat# http://purl.org/echo/ uri/of/echo/namespace# http://purl.org/pie/
    http://purl.org/atom/ns# http://www.w3.org/2005/atom http://my.netscape.com/publish/formats/rss
"""
_MODULES = {
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/xml/1998/namespace": "xml",
}
_SPACES = {space.rstrip("/"): "" for space in _CORE.split()} | {
    space.rstrip("/"): prefix for space, prefix in _MODULES.items()
}


@lru_cache(maxsize=4096)
def canonical(tag: str) -> str:
    """The name for `tag`, which is as lxml writes it: "{namespace}local", or "prefix:local" where
    the prefix was never declared. Names of unknown namespaces begin with "?"."""
    if not tag.startswith("{"):
        return tag.lower().removeprefix("atom:")
    space, _, local = tag[1:].rpartition("}")
    space = space.strip().lower().rstrip("/").replace("https://", "http://", 1)
    prefix = "" if space.startswith("http://backend.userland.com/rss") else _SPACES.get(space, "?")
    return f"{prefix}:{local.lower()}" if prefix else local.lower()
