"""An extracted text made whole: without the headline, which stands above it anyway, and with the
pictures, captions and headings within that extractors leave out."""

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urljoin

from lxml.html import HtmlElement, fragment_fromstring, tostring
from lxml.html.builder import FIGCAPTION, FIGURE, H2

from reader.ingest.figures import PagePictures
from reader.ingest.webpage import WebPage
from reader.text import Document

_LEAVES = frozenset(
    {"p", "li", "pre", "td", "th", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_HEADINGS = frozenset({"h2", "h3", "h4"})
_HEADING_CLASS = re.compile(r"sub-?(?:head|title)|cross-?head|inter-?title", re.IGNORECASE)
# lxml lets such characters in, but sets none.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WORD = re.compile(r"\w+")
_DATE = re.compile(r"(?:[^\W\d]+[.,]?\s+){0,4}\d[\w\s.,:/+-]{4,40}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_COMMENTS = re.compile(r"(?:\d+\s+)?comments?(?:\s+comments?)*", re.IGNORECASE)
_LONGEST_CAPTION = 600
_LONGEST_HEADING = 200
_KICKER = 40
_TELLING = 15
"""Letters by which a paragraph is found again on its page."""


def tidy(html: str, second: Document, page: WebPage, title: str, url: str) -> str:
    """`html`, an extracted text, made whole with what its page has.

    Args:
        html: sanitised.
        second: the article by another extractor: headings are put in if it has them too.
        url: to which links and the addresses of pictures are relative.
    """
    root = fragment_fromstring(_NOT_XML.sub("", html), create_parent="div")
    for image in list(root.iter("img")):
        image.drop_tree()
    for link in list(root.iter("a")):
        if not link.get("href") or _has(link, *_LEAVES):
            link.drop_tag()
    seconded = {_key(second.text[start:end]) for start, end in second.leaves()}
    _drop_head(root, title)
    _drop_tail(root)
    pictures = PagePictures(page, url)
    _add_missing(root, page, pictures, lambda key: key != _key(title) and key in seconded)
    for link in root.iter("a"):
        if href := link.get("href"):
            link.set("href", _absolute(href, url))
    return "".join(tostring(child, encoding="unicode") for child in root)


def _drop_head(root: HtmlElement, title: str) -> None:
    """Take away the headline with a word or two above it, and a date that stands alone below."""
    leaves = list(_leaves(root))[:4]
    keys = [_key(leaf.text_content()) for leaf in leaves]
    if _key(title) in keys:
        at = keys.index(_key(title))
        if all(len(key) <= _KICKER for key in keys[:at]):
            for leaf in leaves[: at + 1]:
                leaf.drop_tree()
            leaves = leaves[at + 1 :]
    if leaves and _is_date(_words(leaves[0])):
        leaves[0].drop_tree()


def _drop_tail(root: HtmlElement) -> None:
    """Take away the heading of the comments, which are no part of it."""
    for leaf in reversed(list(_leaves(root))[-2:]):
        if not _COMMENTS.fullmatch(_words(leaf)):
            return
        leaf.drop_tree()


def _add_missing(
    root: HtmlElement, page: WebPage, pictures: PagePictures, belongs: Callable[[str], bool]
) -> None:
    """Put in pictures, captions, and headings right above a paragraph, where the page has them.

    Args:
        belongs: whether the heading with this key is one of the article.
    """
    taken: dict[str, tuple[int, HtmlElement]] = {}
    for place, leaf in enumerate(_leaves(root)):
        taken.setdefault(_key(leaf.text_content()), (place, leaf))
    before: tuple[int, HtmlElement] | None = None
    waiting: list[HtmlElement] = []
    for element in page.tree.iter(*_LEAVES, "div", "img"):
        if element.tag == "img":
            if before or _is_within_article(element, "figure"):
                waiting += map(FIGURE, pictures.alone(element))
            continue
        is_heading = _is_heading(element)
        inner = ("figcaption",) if element.tag == "figcaption" else _LEAVES
        if (element.tag == "div" and not is_heading) or _has(element, *inner):
            continue
        words = _words(element)
        key = _key(words)
        found = taken.get(key)
        if element.tag == "figcaption":
            if found:
                _make_caption(found[1], pictures.of_caption(element))
            elif 0 < len(words) <= _LONGEST_CAPTION and (before or _is_within_article(element)):
                waiting.append(FIGURE(*pictures.of_caption(element), FIGCAPTION(words)))
        elif found and len(key) >= _TELLING and found[0] > (before[0] if before else -1):
            _put_between(before[1] if before else None, found[1], waiting)
            before, waiting = found, []
        elif is_heading and key and not found and len(words) <= _LONGEST_HEADING and belongs(key):
            waiting.append(H2(words))
        elif not found and len(words) > _KICKER and element.tag != "h1":
            # What stands around a paragraph that was left out is left out as well.
            waiting = [one for one in waiting if one.tag == "figure" and _has(one, "figcaption")]


def _put_between(
    before: HtmlElement | None, after: HtmlElement, waiting: list[HtmlElement]
) -> None:
    """Put elements between two leaves: not into a list or table that holds both."""
    if before is None:
        waiting = waiting[-2:]  # a picture and a heading; what stands further up is the page's
    holders = set(before.iterancestors()) if before is not None else set()
    place = after
    while (parent := place.getparent()) is not None and parent not in holders:
        if parent.getparent() is None:
            break
        place = parent
    if place.getparent().tag in {"div", "blockquote"}:
        for one in waiting:
            place.addprevious(one)


def _make_caption(leaf: HtmlElement, pictures: Iterable[HtmlElement]) -> None:
    """Make a paragraph that an extractor took from a figure a caption again, under its pictures."""
    if leaf.tag == "p" and leaf.getparent().tag == "div":
        leaf.tag = "figcaption"
        figure = FIGURE()
        figure.tail, leaf.tail = leaf.tail, None
        leaf.addprevious(figure)
        figure.append(leaf)
    for picture in pictures:
        leaf.addprevious(picture)


def _is_heading(element: HtmlElement) -> bool:
    if element.tag in _HEADINGS:
        return True
    return element.tag in {"div", "p"} and bool(_HEADING_CLASS.search(element.get("class", "")))


def _has(element: HtmlElement, *tags: str) -> bool:
    return next(element.iterdescendants(*tags), None) is not None


def _is_within_article(element: HtmlElement, *others: str) -> bool:
    return next(element.iterancestors("article", "main", *others), None) is not None


def _words(element: HtmlElement) -> str:
    return _NOT_XML.sub("", " ".join(element.text_content().split()))


def _is_date(words: str) -> bool:
    return bool(_DATE.fullmatch(words) and _YEAR.search(words))


def _leaves(root: HtmlElement) -> Iterator[HtmlElement]:
    """The elements with words that have no others in them, in order."""
    for element in root.iter(*_LEAVES):
        if not _has(element, *_LEAVES) and element.text_content().strip():
            yield element


def _key(text: str) -> str:
    """What is the same of a text, however it is set."""
    return "".join(_WORD.findall(text.casefold()))


def _absolute(href: str, url: str) -> str:
    try:
        return urljoin(url, _NOT_XML.sub("", href))
    except ValueError:
        return ""
