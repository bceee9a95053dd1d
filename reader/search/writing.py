"""A tree as a search that `parse` reads as the same tree. PURE."""

import re

from reader.search.dates import write_dates
from reader.search.tree import EXACT, And, Dated, Node, Not, Or, Phrase, Term, Word

_BARE = re.compile(r"[\w.@/&'’+-]+")


def unparse(node: Node | None) -> str:
    """The search as people write it; empty for None."""
    match node:
        case None:
            return ""
        case Word(text):
            return text
        case Phrase(text):
            return f'"{text}"'
        case Term(field, value, exact):
            quoted = exact or (field not in EXACT and not _BARE.fullmatch(value))
            # A quotation mark cannot stand between quotation marks; in names its shape is nothing.
            value = value.replace('"', "'")
            return f'{field}:"{value}"' if quoted else f"{field}:{value}"
        case Dated():
            return f"date:{write_dates(node)}"
        case Not(of):
            return f"-({unparse(of)})" if isinstance(of, And | Or | Not) else f"-{unparse(of)}"
        case And(parts):
            return " ".join(
                f"({unparse(part)})" if isinstance(part, Or) else unparse(part) for part in parts
            )
        case Or(parts):
            return " OR ".join(unparse(part) for part in parts)
