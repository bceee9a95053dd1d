"""A search as it was read: its tree, and what was mistyped. PURE."""

from dataclasses import dataclass
from enum import StrEnum

from reader.search.tree import Node, all_of, parts_of
from reader.search.writing import unparse


class Mistake(StrEnum):
    """What can be mistyped; in brackets, what became of it."""

    QUOTE_OPEN = "quote open"  # a quotation mark without its end [its words are words]
    PARENTHESIS_OPEN = "parenthesis open"  # [ends with the search]
    PARENTHESIS_CLOSED = "parenthesis closed"  # one that was never opened [left out]
    UNKNOWN_OPERATOR = "unknown operator"  # foo:bar [a word]
    EMPTY_OPERATOR = "empty operator"  # title: with nothing behind it [a word]
    BAD_DATE = "bad date"  # [a word]
    BAD_STATE = "bad state"  # is:lost [a word]
    BAD_KIND = "bad kind"  # kind:rumour [a word]
    DANGLING_OR = "dangling or"  # nothing before or behind it [a word]
    DANGLING_NOT = "dangling not"  # a lone - [left out]
    NO_WORDS = "no words"  # punctuation alone [left out]
    TOO_LONG = "too long"  # [cut]
    TOO_DEEP = "too deep"  # too many parentheses in each other [the inner ones are left out]
    TOO_MANY = "too many"  # words and operators [the last ones are left out]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something mistyped: which kind of mistake, and the piece of the search that has it."""

    mistake: Mistake
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A search as it was read; `root` is None where it asks for nothing. `str` writes it so that
    `parse` gives the same tree."""

    root: Node | None
    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        return unparse(self.root)

    def __bool__(self) -> bool:
        return self.root is not None

    def also(self, node: Node) -> "Query":
        """This search, narrowed by one more term: what a facet links to."""
        return Query(all_of([*parts_of(self.root), node]))

    def without(self, node: Node) -> "Query":
        """This search without a term that narrows it."""
        return Query(all_of(part for part in parts_of(self.root) if part != node))

    def parts(self) -> tuple[Node, ...]:
        """What it asks for at once: each part narrows it."""
        return parts_of(self.root)
