"""First suggestions from the words of a passage: whose they are, and what they may claim."""

# Of a claim's statement, in code points.
MAX_STATEMENT = 500

# Opening marks with what may close them; straight marks close themselves.
_CLOSING = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‘": "’",
    "‹": "›",
    '"': '"',
    "'": "'",
    "「": "」",
}
_DOUBLE = '“”„«»"「」'
_SINGLE = ("‘", "‹", "'")


def suggest_wording(text: str, start: int, end: int) -> str:
    """ "verbatim", "mixed" or "paraphrase" for `text[start:end]` (code points).

    Verbatim where one pair of quotation marks holds it, inside the extent or around it; mixed
    where it contains some; else a paraphrase. An apostrophe is no quotation mark.
    """
    words = text[start:end].strip()
    if len(words) > 2 and words[-1] in _CLOSING.get(words[0], ""):
        inner = words[1:-1]
        if not any(mark in inner for mark in _CLOSING[words[0]] if mark in _DOUBLE):
            return "verbatim"
        return "mixed"
    before, after = text[:start].rstrip()[-1:], text[end:].lstrip()[:1]
    opened = _open_mark(text, start)
    if opened:
        words = words.rstrip(_CLOSING[opened])
    elif before in _SINGLE and after and after in _CLOSING[before]:
        return "verbatim"
    if any(mark in words for mark in _DOUBLE):
        return "mixed"
    return "verbatim" if opened else "paraphrase"


def _open_mark(text: str, position: int) -> str:
    """The double quotation mark that is open at `position` in its paragraph; empty if none is."""
    opened = ""
    for sign in text[text.rfind("\n", 0, position) + 1 : position]:
        if opened and sign in _CLOSING[opened]:
            opened = ""
        elif not opened and sign in _DOUBLE and sign in _CLOSING:
            opened = sign
    return opened


# Words that have a capital only where they begin a sentence.
_SMALL_WORDS = """
    a an the this that these those some any no every each all both many most several few nobody
    he she it they we his her its their our there in on at by for from of with without after before
    during since under when while if as not none one two three
"""
_SMALL = frozenset(_SMALL_WORDS.split())


def with_capital(statement: str) -> str:
    """The statement; one that begins with "that" begins with "That"."""
    return f"T{statement[1:]}" if statement.startswith("that ") else statement


def statement_from(words: str) -> str:
    """A first wording of a claim from the words that allege it: "That …", to be made neutral."""
    words = " ".join(words.replace("[…]", " ").split()).strip(' "“”„«».,;:')
    if words.lower().startswith("that "):
        statement = with_capital(words)
    else:
        first, space, rest = words.partition(" ")
        small = first.lower() in _SMALL and first == first.capitalize()
        statement = f"That {first.lower() if small else first}{space}{rest}"
    return statement if len(statement) <= MAX_STATEMENT else statement[: MAX_STATEMENT - 1] + "…"
