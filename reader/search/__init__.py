"""Searching: what people type, as a tree, and the tree as questions to Postgres.

What is imported here is PURE.
"""

from reader.search.parsing import parse
from reader.search.query import Mistake, Problem, Query
from reader.search.tree import (
    And,
    Dated,
    Field,
    Node,
    Not,
    Or,
    Phrase,
    Term,
    Word,
    all_of,
    any_of,
)
from reader.search.writing import unparse

__all__ = [
    "And",
    "Dated",
    "Field",
    "Mistake",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "Problem",
    "Query",
    "Term",
    "Word",
    "all_of",
    "any_of",
    "parse",
    "unparse",
]
