"""What is done to a text at the door, once: NFC, LF, and nothing that cannot be stored."""

import re
import unicodedata
from collections.abc import Iterable

_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
# No ASCII character and no CJK ideograph ever composes with what stands before it.
_COMPOSED_APART = re.compile("[\0-\x7f\u3400-\u9fff]?[^\0-\x7f\u3400-\u9fff]*")


def is_storable(text: str) -> bool:
    """Whether UTF-8, Postgres and an HTML parser each give `text` back as it is."""
    return "\0" not in text and "\r" not in text and not _has_surrogate(text)


def storable(text: str) -> str:
    """`text` with LF line ends, and U+FFFD for each NUL and lone surrogate."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        text = text.replace("\0", _REPLACEMENT)
    return _SURROGATE.sub(_REPLACEMENT, text) if _has_surrogate(text) else text


def nfc(text: str) -> str:
    """`text` in Unicode normalization form C."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def nfc_with_offsets(text: str, offsets: Iterable[int]) -> tuple[str, dict[int, int]]:
    """`text` in form C, and where each of `offsets` (code points) has moved to.

    An offset within a composed character moves behind it.
    """
    pieces = []
    moved: dict[int, int] = {}
    wanted = sorted(set(offsets))
    index = written = 0
    for match in _COMPOSED_APART.finditer(text):
        piece = match.group()
        while index < len(wanted) and wanted[index] <= match.end():
            head = piece[: wanted[index] - match.start()]
            moved[wanted[index]] = written + len(nfc(head))
            index += 1
        pieces.append(nfc(piece))
        written += len(pieces[-1])
    return "".join(pieces), moved


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
