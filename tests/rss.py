"""RSS, made."""

from collections.abc import Iterable
from html import escape

WORDS = "The harbour office denied on Monday that the ferry had run aground. "


def item(number: int | str, text: str = WORDS, **elements: str) -> str:
    """An item. An element that is given as "" is left out."""
    said = {
        "title": f"Ferry report {number}",
        "link": f"https://coast.example/reports/{number}",
        "guid": f"report-{number}",
        "pubDate": "Mon, 29 Mar 2021 10:00:00 GMT",
        "description": f"<p>{text} Report {number}.</p>" if text else "",
    } | elements
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in said.items() if value)
    return f"<item>{inner}</item>"


def rss(items: Iterable[str], title: str = "The Coast", head: str = "") -> str:
    """RSS 2.0."""
    return (
        f'<rss version="2.0"><channel><title>{escape(title)}</title>'
        f"<link>https://coast.example/</link>{head}{''.join(items)}</channel></rss>"
    )
