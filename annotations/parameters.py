"""What addresses and forms send as a number or an id: anybody may have written anything there."""

from uuid import UUID

_DIGITS = 18
"""As many fit into a number of the database, whatever they are."""


def number_from(text: str) -> int:
    """The number or the id of a row; 0, which no row has, for what is none."""
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else 0


def page_number(text: str) -> int:
    """The number of a page, from 1; 1 for what is none."""
    return int(text) if text.isdecimal() and len(text) < 6 else 1


def id_from(text: str) -> UUID | None:
    """An id as annotations and articles have it; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
