"""What a page says of its article in JSON-LD (https://schema.org/Article)."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

_ARTICLE = re.compile(r"\w*Article|\w*BlogPosting|Report|Review|SocialMediaPosting")
# As XHTML had it, with or without a comment around it.
_WRAPPED = re.compile(r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[)|(?://)?\s*(?:-->|\]\]>)\s*$|;\s*$")
_MOST_NODES = 2_000


def article_data(scripts: Iterable[str], is_headline: Callable[[str], bool]) -> dict[str, str]:
    """Title, byline, publication, published_on and language of the page's article, as they are
    written there; what is not said is missing.

    Args:
        is_headline: tells the article's headline from those of others that are described too.
    """
    for node in _nodes(scripts):
        title = _text(node.get("headline") or node.get("name"))
        if _is_article(node) and (not title or is_headline(title)):
            return {
                "title": title,
                "byline": ", ".join(_names(node.get("author"))),
                "publication": ", ".join(_names(node.get("publisher"))[:1]),
                "published_on": _text(node.get("datePublished")),
                "language": _text(node.get("inLanguage")),
            }
    return {}


def _nodes(scripts: Iterable[str]) -> Iterator[dict[str, Any]]:
    waiting: list[Any] = []
    for script in scripts:
        try:
            waiting.append(json.loads(_WRAPPED.sub("", script), strict=False))
        except (ValueError, RecursionError):
            continue
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting[:0] = node[:_MOST_NODES]
        elif isinstance(node, dict):
            yield node
            waiting += [node[key] for key in ("@graph", "mainEntity") if key in node]


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    return any(
        isinstance(one, str) and _ARTICLE.fullmatch(one.rpartition("/")[2])
        for one in (types if isinstance(types, list) else [types])
    )


def _names(given: Any) -> list[str]:
    """Names of persons or organisations, however they are given."""
    people = given if isinstance(given, list) else [given]
    names = [_text(one.get("name") if isinstance(one, dict) else one) for one in people[:50]]
    return list(dict.fromkeys(name for name in names if name and not name.startswith("http")))


def _text(value: Any) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    return " ".join(value.split()) if isinstance(value, str) else ""
