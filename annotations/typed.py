"""Lines that people type or paste, as they are kept and looked for."""

import re

# Control characters but for white space, and those that turn the direction of what follows: within
# a statement or a name they change how the words around it read.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def line(text: str) -> str:
    """The words in one line, single spaces between them, without control characters: Postgres
    takes no NUL."""
    return " ".join(_UNSEEN.sub("", text).split())
