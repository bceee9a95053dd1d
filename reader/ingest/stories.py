"""Is it the same story? One text under several addresses, as agencies' reports are printed.

Word for word the same, but for what a newspaper puts around it: a dateline in front, credits
behind. A corrected number makes another story: nobody must miss it.
"""

import hashlib
import re

FEWEST_WORDS = 60
"""Shorter texts are notices and notes about cookies; the same one says nothing."""

_WORD = re.compile(r"\w+")
_DATELINE = re.compile(r"[^\n]{2,90}?\s+[—–-]{1,2}\s+")
_AGENCY = re.compile(r"\([^()]{2,40}\)$")
_CREDIT = re.compile(
    r"(additional\s+)?(reporting|editing|writing|compiled|translat\w+)\b[^.]*\bby\b|©|copyright\b",
    re.IGNORECASE,
)
_CREDIT_WORDS = 30


def story_key(text: str) -> int | None:
    """A number (64 bits, signed) that texts share which have the same words: capitals,
    punctuation, datelines and credits apart. None for a text that is too short."""
    words = _WORD.findall(_story(text).casefold())
    if len(words) < FEWEST_WORDS:
        return None
    digest = hashlib.blake2b("".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def _story(text: str) -> str:
    """The text without dateline and credits."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    while len(lines) > 1 and _is_credit(lines[-1]):
        lines.pop()
    if not lines:
        return ""
    lines[0] = lines[0][_dateline_end(lines[0]) :]
    lines[-1] = _AGENCY.sub("", lines[-1])
    return "\n".join(lines)


def _is_credit(line: str) -> bool:
    short = len(line.split(maxsplit=_CREDIT_WORDS)) < _CREDIT_WORDS
    return short and bool(_CREDIT.match(line.lstrip("( ")) or _AGENCY.fullmatch(line))


def _dateline_end(line: str) -> int:
    """Where the text begins behind "TARROW, June 3 (Agency) — "; 0 where there is none."""
    found = _DATELINE.match(line)
    if not found:
        return 0
    head = found[0].rstrip(" —–-\t\xa0")
    place = head.split()[0].strip(",./")
    return found.end() if _AGENCY.search(head) or (len(place) > 2 and place.isupper()) else 0
