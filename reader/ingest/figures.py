"""The pictures of a page that belong to its article, which no extractor keeps with its words."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement
from lxml.html.builder import IMG

from reader.ingest.webpage import WebPage
from reader.text.images import content_image

MOST_IMAGES = 300
"""Images of a page that are looked at."""

_APART = frozenset({"aside", "button", "footer", "form", "nav"})
_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|author\w*|avatar|banner|bio|brand\w*|byline|comments?|icons?"
    r"|logos?|more|newsletter|popular|profile|promo\w*|recirc\w*|recommend\w*|related|share|sharing"
    r"|sidebar|social|sponsor\w*|teasers?|thumb\w*|trending|widgets?)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_PICTURE_FILE = re.compile(r"\.(?:avif|gif|jpe?g|png|webp)(?:[?#]|$)", re.IGNORECASE)


class PagePictures:
    """The pictures of one page, as elements of their own."""

    def __init__(self, page: WebPage, url: str) -> None:
        """`url` is the page's address, to which those of pictures are relative."""
        self._url = url
        self._left = MOST_IMAGES
        self._captioned = {
            figure
            for figure in page.tree.iter("figure")
            if any(one.text_content().strip() for one in figure.iter("figcaption"))
        }

    def of_caption(self, caption: HtmlElement) -> Iterator[HtmlElement]:
        """The pictures above a caption of the page."""
        figure = next(caption.iterancestors("figure"), None)
        for image in () if figure is None else figure.iter("img"):
            if not self._is_looked_at():
                return
            yield from self._made(image)

    def alone(self, image: HtmlElement) -> Iterator[HtmlElement]:
        """The picture that an image without caption shows, unless it leads elsewhere or stands
        among what does."""
        if not self._is_looked_at() or _is_of_others(image):
            return
        if not any(map(self._parts, image.iterancestors())):
            yield from self._made(image)

    def _is_looked_at(self) -> bool:
        self._left -= 1
        return self._left >= 0

    def _parts(self, holder: HtmlElement) -> bool:
        """Whether what stands in an element has no place of its own in the article."""
        if holder.tag == "a":
            return not _PICTURE_FILE.search(holder.get("href") or "")
        if holder.tag in ("body", "html"):
            return False
        return holder in self._captioned or holder.tag in _APART or _is_of_others(holder)

    def _made(self, image: HtmlElement) -> Iterator[HtmlElement]:
        holder = next(image.iterancestors("picture"), None)
        sources = [] if holder is None else list(holder.iter("source"))
        versions = [one.get("data-srcset") or one.get("srcset") or "" for one in sources]
        found = content_image(dict(image.attrib), versions, self._url)
        if found is not None:
            yield IMG(**found)


def _is_of_others(element: HtmlElement) -> bool:
    return bool(_OTHERS.search(f"{element.get('class', '')} {element.get('id', '')}"))
