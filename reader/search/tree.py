"""The parts of a search, as a tree. PURE.

Trees are made by `all_of` and `any_of`, which keep them flat: no "and" stands directly in an "and",
no "or" in an "or", and neither has fewer than two parts. So equal searches are equal trees.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum


class Field(StrEnum):
    """What stands before a colon."""

    TITLE = "title"
    BY = "by"
    IN = "in"
    FEED = "feed"
    PROJECT = "project"
    KIND = "kind"
    SPEAKER = "speaker"
    TARGET = "target"
    IS = "is"


EXACT = (Field.TITLE, Field.BY)
"""Fields whose value in quotation marks is a phrase."""

KINDS = ("quote", "allegation", "denial")
"""Values of `kind:`; those of annotations.models.Kind, which a test compares."""

STATES = ("unread", "starred", "annotated", "undated")
"""Values of `is:`."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, anywhere in title, text or byline; other forms of it count as well."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exactly these words next to each other; case, accents, the shape of quotation marks and the
    width of white space don't count."""

    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A value of one field. In titles and bylines, `exact` asks for a phrase."""

    field: Field
    value: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """Published from `first` to `last`, both included; None leaves that end open."""

    first: date | None
    last: date | None

    @property
    def begin(self) -> datetime | None:
        """The moment that articles of the first day are listed at."""
        return _midnight(self.first) if self.first else None

    @property
    def end(self) -> datetime | None:
        """The moment that articles of the last day are listed at."""
        return _midnight(self.last) if self.last else None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Not:
    of: "Node"


@dataclass(frozen=True, slots=True)
class And:
    all: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    any: tuple["Node", ...]


Node = Word | Phrase | Term | Dated | Not | And | Or


def all_of(nodes: Iterable[Node]) -> Node | None:
    """A tree that asks for all of these; None for none of them."""
    flat = [part for node in nodes for part in parts_of(node)]
    return And(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def any_of(nodes: Iterable[Node]) -> Node | None:
    """A tree that asks for any of these; None for none of them."""
    flat = [part for node in nodes for part in (node.any if isinstance(node, Or) else (node,))]
    return Or(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def parts_of(node: Node | None) -> tuple[Node, ...]:
    """The parts of an "and"; anything else is its own only part."""
    if node is None:
        return ()
    return node.all if isinstance(node, And) else (node,)


def leaves(node: Node | None) -> Iterator[Word | Phrase | Term | Dated]:
    """Every word, phrase and term, the negated ones too, from left to right."""
    match node:
        case None:
            return
        case Not(of):
            yield from leaves(of)
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield node


def wanted(node: Node | None) -> Iterator[Word | Phrase | Term | Dated]:
    """Those of `leaves` that are asked for, not excluded."""
    match node:
        case None | Not():
            return
        case And(parts) | Or(parts):
            for part in parts:
                yield from wanted(part)
        case _:
            yield node
