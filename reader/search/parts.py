"""Conditions on a search document, in SQL, and how they are put together.

Beside its condition a part knows, where it can, the words that every match must have: those are
looked up in the index of words, the rest is asked of what was found there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg.sql import SQL, Composable, Literal


@dataclass(frozen=True)
class Part:
    """A condition: `query` where a tsquery says it all, else `condition`.

    `needs` is a tsquery that all matches satisfy, empty if none is known.
    """

    query: str = ""
    condition: Composable | None = None
    needs: str = ""

    def on(self, vector: Composable) -> Composable:
        """The condition on a row whose words are in `vector`.

        Raises:
            ValueError: the part has none.
        """
        if self.query:
            return SQL("{} @@ {}::tsquery").format(vector, Literal(self.query))
        if self.condition is None:
            raise ValueError("a part without a condition")
        return self.condition


def words(query: str) -> Part:
    """A part that asks for words alone."""
    return Part(query=query, needs=query)


def filtered(condition: Composable, needs: str = "") -> Part:
    """A part that asks for something else, too."""
    return Part(condition=condition, needs=needs)


NOTHING = filtered(SQL("false"))


def every(parts: Sequence[Part], vector: Composable) -> Part:
    """All of these, at least one."""
    queries = [part.query for part in parts if part.query]
    others = [part for part in parts if not part.query]
    needs = " & ".join(f"({part.needs})" for part in parts if part.needs)
    together = " & ".join(f"({query})" for query in queries)
    if not others:
        # With one of its words to look up, the index answers the whole query.
        return Part(query=together, needs=together if needs else "")
    conditions = [part.on(vector) for part in ([Part(query=together)] if queries else []) + others]
    return filtered(conjunction(conditions), needs)


def some(parts: Sequence[Part], vector: Composable) -> Part:
    """Any of these, at least one."""
    needs = ""
    if all(part.needs for part in parts):
        needs = " | ".join(f"({part.needs})" for part in parts)
    if all(part.query for part in parts):
        return Part(query=" | ".join(f"({part.query})" for part in parts), needs=needs)
    return filtered(disjunction([part.on(vector) for part in parts]), needs)


def no(part: Part, vector: Composable) -> Part:
    """Not this."""
    if part.query:
        return Part(query=f"!({part.query})")
    # An article without a publication is not one of this publication either.
    return filtered(SQL("({}) IS NOT TRUE").format(part.on(vector)))


def conjunction(conditions: Sequence[Composable]) -> Composable:
    return SQL("({})").format(SQL(" AND ").join(conditions)) if conditions else SQL("true")


def disjunction(conditions: Sequence[Composable]) -> Composable:
    return SQL("({})").format(SQL(" OR ").join(conditions)) if conditions else SQL("false")
