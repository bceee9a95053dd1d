"""Ranges over a text: their types, what each may carry, and which may stand in which."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

_NO_ATTRS: Mapping[str, str] = MappingProxyType({})

FLOW = frozenset(
    {"paragraph", "heading", "pre", "quote", "list", "table", "figure", "picture", "rule"}
)
CHILDREN: Mapping[str, frozenset[str]] = {
    "": FLOW,
    "paragraph": frozenset(),
    "heading": frozenset(),
    "pre": frozenset(),
    "rule": frozenset(),
    "picture": frozenset(),
    "quote": FLOW,
    "list": frozenset({"item"}),
    "item": FLOW,
    "table": frozenset({"caption", "row"}),
    "row": frozenset({"cell"}),
    "cell": FLOW,
    "figure": FLOW | {"caption"},
    "caption": FLOW,
}
"""The block types, and which may stand directly in each; "" is the document itself."""

WORDLESS = frozenset({"list", "table", "row", "rule", "picture"})
"""Blocks that hold no words of their own, only other blocks or none."""

INLINE = frozenset(
    {"link", "em", "strong", "code", "sub", "sup", "deleted", "inserted", "lang", "break"}
)
"""Types that mark words within blocks; a "break" is the LF of a line broken on purpose."""

_FLAG = re.compile(r"1")
_COUNT = re.compile(r"[1-9][0-9]{0,2}")
_EVERYWHERE: Mapping[str, re.Pattern[str]] = {
    "lang": re.compile(r"[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8}){0,7}"),
    "dir": re.compile(r"ltr|rtl|auto"),
}
_ATTRS: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "heading": {"level": re.compile(r"[1-6]")},
    "list": {"ordered": _FLAG, "start": re.compile(r"-?[0-9]{1,6}")},
    "cell": {"header": _FLAG, "colspan": _COUNT, "rowspan": _COUNT},
    "link": {"href": re.compile(r"(?:https?://|mailto:)[^\x00-\x20\x7f]+", re.IGNORECASE)},
    "picture": {
        "src": re.compile(r"https?://[^\x00-\x20\x7f]{1,1990}", re.IGNORECASE),
        "alt": re.compile("[^\x00-\x1f\x7f\ud800-\udfff]{1,1000}"),
    },
}
_NEEDED: Mapping[str, str] = {"heading": "level", "link": "href", "picture": "src"}


@dataclass(frozen=True, slots=True)
class Range:
    """One piece of markup: what `text[start:end]` is. Offsets are code points, half-open.

    `attrs` by type: heading has `level` 1 to 6; list `ordered` "1" and `start`; cell `header`
    "1", `colspan`, `rowspan`; link `href` (http, https or mailto); picture `src` (http or https)
    and `alt`, its description; all may have `lang`, `dir`.
    """

    type: str
    start: int
    end: int
    attrs: Mapping[str, str] = field(default_factory=lambda: _NO_ATTRS, hash=False)


class Step(NamedTuple):
    """What a reader of the document meets next: a block begins, ends, or stands there whole.

    `holder` is the type of the block in which the text before this point stands.
    """

    kind: Literal["begin", "leaf", "end"]
    block: Range
    holder: str


def allowed(type_: str, name: str, value: str) -> bool:
    """Whether a range of type `type_` may carry the attribute `name` with this value."""
    pattern = _ATTRS.get(type_, _EVERYWHERE).get(name) or _EVERYWHERE.get(name)
    return pattern is not None and pattern.fullmatch(value) is not None


def check_attrs(item: Range) -> None:
    """Raise `ValueError` if `item` carries what it may not, or lacks what it needs."""
    for name, value in item.attrs.items():
        if not isinstance(value, str) or not allowed(item.type, name, value):
            raise ValueError(f"{item.type} may not carry {name}={value!r}")
    needed = _NEEDED.get(item.type)
    if needed is not None and needed not in item.attrs:
        raise ValueError(f"{item.type} without {needed}")


def holds(outer: Range, inner: Range) -> bool:
    """Whether `inner`, coming after `outer` in document order, stands directly or deeper in it.

    An empty block at the end of `outer` does, as the last cell of a row; only a picture there
    comes after it.
    """
    return (
        outer.start <= inner.start
        and inner.end <= outer.end
        and (inner.start < outer.end or (inner.start == inner.end and inner.type != "picture"))
        and bool(CHILDREN[outer.type])
    )


def steps(blocks: Iterable[Range]) -> Iterator[Step]:
    """Walk `blocks`, which stand in document order with parents before their children.

    Raises `ValueError` where a block crosses another or stands where its type may not.
    """
    open_: list[Range] = []
    waiting: Range | None = None
    for block in blocks:
        if waiting is not None:
            holder = open_[-1].type if open_ else ""
            if holds(waiting, block) and block.type in CHILDREN[waiting.type]:
                open_.append(waiting)
                yield Step("begin", waiting, holder)
            else:
                if waiting.end > block.start:
                    raise ValueError(f"{block} crosses or may not stand in {waiting}")
                yield Step("leaf", waiting, holder)
                while open_ and not (
                    holds(open_[-1], block) and block.type in CHILDREN[open_[-1].type]
                ):
                    if open_[-1].end > block.start:
                        raise ValueError(f"{block} crosses or may not stand in {open_[-1]}")
                    ended = open_.pop()
                    yield Step("end", ended, ended.type)
        if not open_ and block.type not in FLOW:
            raise ValueError(f"{block} may not stand by itself")
        waiting = block
    if waiting is not None:
        yield Step("leaf", waiting, open_[-1].type if open_ else "")
    for ended in reversed(open_):
        yield Step("end", ended, ended.type)
