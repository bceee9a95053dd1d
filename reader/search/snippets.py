"""Pieces of text around what was found, with the matches marked. PURE.

Plain pieces, not HTML: whoever shows them escapes them. Postgres decided what matches; here it is
only made out which words those were: by the stems that Postgres gave, without its dictionaries.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from reader.search.scripts import is_unspaced

LENGTH = 240
"""Of a snippet, about, in code points."""

_LEAD = 60
"""Of what stands before the first match."""

MOST_MATCHES = 1_000
"""That are weighed to choose a snippet."""


class Piece(NamedTuple):
    """Some text, and whether it is what was searched for."""

    text: str
    is_match: bool


Marked = tuple[Piece, ...]
"""A text in pieces; joined they give it back, but for white space."""


class _Match(NamedTuple):
    start: int
    end: int
    words: str


def _variants() -> dict[str, str]:
    """Each letter with those that are the same but for an accent, for a set in an expression."""
    found: dict[str, str] = {}
    for number in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(number)
        plain = unicodedata.normalize("NFD", letter)[0]
        if plain != letter and plain.isalpha():
            found[plain.lower()] = found.get(plain.lower(), "") + letter
    return found


_VARIANTS = _variants()


@dataclass(frozen=True)
class Marker:
    """Marks words in texts.

    `stems` are lexemes of Postgres, in small letters and without accents; `phrases` are words that
    must stand next to each other.
    """

    stems: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()

    def mark(self, text: str) -> Marked:
        """The whole text."""
        return _pieces(text, 0, len(text), list(self._matches(text)))

    def snippet(self, text: str) -> Marked:
        """The part of the text that shows most of what was searched for; its beginning if nothing
        of it is there. Where it is cut, an ellipsis stands."""
        matches = [
            match for match, _ in zip(self._matches(text), range(MOST_MATCHES), strict=False)
        ]
        start, end = _window(text, matches)
        begin = (Piece("… ", False),) if text[:start].strip() else ()
        rest = (Piece(" …", False),) if text[end:].strip() else ()
        inside = [one for one in matches if one.start >= start and one.end <= end]
        return begin + _pieces(text, start, end, inside) + rest

    def _matches(self, text: str) -> Iterator[_Match]:
        """What matches, from left to right."""
        expression = self._expression()
        if expression is None:
            return
        for found in expression.finditer(text):
            if found.lastgroup == "phrase" or self._fits(found[0]):
                yield _Match(found.start(), found.end(), plain(found[0])[:4])

    def _expression(self) -> re.Pattern[str] | None:
        alternatives = []
        phrases = [_phrase(words) for words in self.phrases if _words(words)]
        if phrases:
            alternatives.append(f"(?P<phrase>{'|'.join(phrases)})")
        stems = sorted(self.stems, key=len, reverse=True)
        spaced = [_letters(_stem(stem)) for stem in stems if not is_unspaced(stem)]
        if spaced:
            alternatives.append(rf"(?<![^\W_])(?:{'|'.join(spaced)})[^\W_]*")
        alternatives += [re.escape(stem) for stem in stems if is_unspaced(stem)]
        return re.compile("|".join(alternatives), re.IGNORECASE) if alternatives else None

    def _fits(self, word: str) -> bool:
        return any(_is_form(plain(word), stem) for stem in self.stems)


def plain(text: str) -> str:
    """In small letters and without accents."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _is_form(word: str, stem: str) -> bool:
    """Whether a word may be a form of a stem: the shorter the stem, the less may follow."""
    if not word.startswith(_stem(stem)):
        return False
    rest = word[len(stem) :]
    if len(stem) >= 5:
        return len(rest) <= 6
    doubled = rest[:1] == stem[-1:] and len(rest) <= 4
    return not rest or (len(stem) >= 3 and (len(rest) < len(stem) or rest == "ing" or doubled))


def _stem(stem: str) -> str:
    """Without the i that English stems have for a y ("bodi": body, bodies)."""
    return stem[:-1] if stem.endswith("i") and len(stem) > 3 else stem


def _letters(words: str) -> str:
    """An expression for these letters with any accents."""
    return "".join(
        f"[{sign}{_VARIANTS[sign]}]" if sign in _VARIANTS else re.escape(sign) for sign in words
    )


def _phrase(words: str) -> str:
    inner = r"[\W_]+".join(map(_letters, _words(words)))
    first, last = _words(words)[0], _words(words)[-1]
    begin = "" if is_unspaced(first[0]) else r"(?<![^\W_])"
    return begin + inner + ("" if is_unspaced(last[-1]) else r"(?![^\W_])")


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", plain(text))


def _window(text: str, matches: list[_Match]) -> tuple[int, int]:
    """From where to where the snippet goes: the most different matches, then the first."""
    best, start = 0, 0
    for place, match in enumerate(matches):
        low = match.start
        near = {one.words for one in _until(matches, place, low + LENGTH - _LEAD)}
        if len(near) > best:
            best, start = len(near), max(0, low - _LEAD)
    end = min(len(text), start + LENGTH)
    covered = [one.end for one in matches if start <= one.start < end]
    return _word_start(text, start), max([_word_end(text, end), *covered[-1:]])


def _until(matches: list[_Match], place: int, end: int) -> Iterator[_Match]:
    for match in matches[place:]:
        if match.end > end:
            return
        yield match


def _word_start(text: str, at: int) -> int:
    """The next beginning of a word, unless that is far."""
    if at == 0:
        return 0
    found = re.compile(r"\s").search(text, at - 1, at + 30)
    return found.end() if found else at


def _word_end(text: str, at: int) -> int:
    """The last end of a word before, unless that is far."""
    if at >= len(text):
        return len(text)
    space = max(text.rfind(sign, at - 30, at + 1) for sign in " \n\t")
    return space if space > 0 else at


def _pieces(text: str, start: int, end: int, matches: Iterable[_Match]) -> Marked:
    cuts = [start, *(cut for match in matches for cut in match[:2]), end]
    pieces = (
        Piece(re.sub(r"\s+", " ", text[low:high]), place % 2 == 1)
        for place, (low, high) in enumerate(pairwise(cuts))
    )
    return tuple(piece for piece in pieces if piece.text)
