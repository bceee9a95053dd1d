"""Languages of articles, and the text search configurations that read them. PURE.

Each configuration `reader_…` is the one that Postgres has for the language, blind to accents
(migration 0007). What Postgres has no stems of is read as "simple".
"""

import re

SIMPLE = "simple"

BY_CODE = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
"""Postgres's names by the first part of a language tag (BCP 47). Older servers lack some."""

UNSPACED = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
"""A character of writing without spaces between words, as Python and Postgres match it. Each is
indexed as a word of its own, so that a word in the middle of a sentence is found."""

_UNSPACED = re.compile(f"({UNSPACED})")


def spaced(text: str) -> str:
    """`text` with spaces around each character of a writing that has none; as it is indexed."""
    return _UNSPACED.sub(r" \1 ", text)


def marker(language: str) -> str:
    """The lexeme that says which language a document was indexed in: no word has its sign."""
    return f"§{language}"


LONG = "§long"
"""The lexeme of documents in which Postgres no longer knows every place of every word (it counts
to 16,383, and 256 of one word): whether words stand next to each other only their text says."""

LONG_FROM = 30_000
"""Characters from which on a document is marked as long."""
