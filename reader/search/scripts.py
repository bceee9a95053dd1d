"""Writings without spaces between words: Chinese and Japanese. PURE."""

import re

UNSPACED = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
"""One of their characters. Each is indexed as a word of its own (reader_spaced, migration 0009)."""

_CHARACTER = re.compile(f"({UNSPACED})")


def spaced(text: str) -> str:
    """`text` with spaces around each such character, as it is indexed."""
    return _CHARACTER.sub(r" \1 ", text)


def is_unspaced(text: str) -> bool:
    """Whether there is nothing but such characters, one at least."""
    return re.fullmatch(f"{UNSPACED}+", text) is not None
