"""The HTML elements that markup is written as; nothing else is ever written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from reader.text.markup import Range

_TAGS: Mapping[str, str] = {
    "paragraph": "p",
    "pre": "pre",
    "quote": "blockquote",
    "item": "li",
    "table": "table",
    "row": "tr",
    "figure": "figure",
    "link": "a",
    "em": "em",
    "strong": "strong",
    "code": "code",
    "sub": "sub",
    "sup": "sup",
    "deleted": "del",
    "inserted": "ins",
    "lang": "span",
}
_WRITTEN = ("lang", "dir", "start", "colspan", "rowspan")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on a page for a picture: a file of our own, and its size in pixels."""

    path: str
    width: int
    height: int


def has_right_to_left(text: str) -> bool:
    """Whether `text` holds letters of a script written from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def tag(block: Range, holder: str) -> str:
    """The name of the element for `block`, which stands in a block of type `holder`."""
    match block.type:
        case "heading":
            return f"h{block.attrs['level']}"
        case "list":
            return "ol" if "ordered" in block.attrs else "ul"
        case "cell":
            return "th" if "header" in block.attrs else "td"
        case "caption":
            return "caption" if holder == "table" else "figcaption"
    return _TAGS[block.type]


def opening(name: str, attrs: Mapping[str, str], *, auto_direction: bool = False) -> str:
    """The start tag of the element `name` with those of `attrs` that are written as such.

    `auto_direction` lets the browser take the direction from the first letter.
    """
    if not attrs and not auto_direction:
        return f"<{name}>"
    written = [f' {key}="{escape(attrs[key])}"' for key in _WRITTEN if key in attrs]
    if "href" in attrs:
        written.append(f' href="{escape(attrs["href"])}" rel="nofollow noopener"')
    if auto_direction and "dir" not in attrs:
        written.append(' dir="auto"')
    return f"<{name}{''.join(written)}>"


def image(picture: Range, shown: Shown) -> str:
    """The element for a picture. Its size stands in it, so that nothing moves when it comes."""
    return (
        f'<img src="{escape(shown.path)}" alt="{escape(picture.attrs.get("alt", ""))}"'
        f' width="{shown.width}" height="{shown.height}" loading="lazy" decoding="async">'
    )
