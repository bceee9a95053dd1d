"""Whose words a passage is in, guessed from its quotation marks as a first suggestion."""

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


def suggest_wording(text: str, start: int, end: int) -> str:
    """ "verbatim", "mixed" or "paraphrase" for `text[start:end]` (code points).

    Verbatim where one pair of quotation marks holds it, inside the extent or just around it;
    mixed where it contains some; else a paraphrase. An apostrophe is no quotation mark.
    """
    words = text[start:end].strip()
    if len(words) > 2 and words[-1] in _CLOSING.get(words[0], ""):
        inner = words[1:-1]
        if not any(mark in inner for mark in _CLOSING[words[0]] if mark in _DOUBLE):
            return "verbatim"
        return "mixed"
    before, after = text[:start].rstrip()[-1:], text[end:].lstrip()[:1]
    if before and after and after in _CLOSING.get(before, ""):
        return "verbatim"
    return "mixed" if any(mark in words for mark in _DOUBLE) else "paraphrase"
