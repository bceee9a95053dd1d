"""Arithmetic of extents: half-open spans of code points, as fragments have them."""

import re
from collections.abc import Iterable
from itertools import islice

Extent = tuple[int, int]

# Double and single quotation marks, and dashes, as keyboards and typesetters write them.
_ALIKE = ('"“”„«»', "'‘’‚‹›", "–—‒−-")


def merge(extents: Iterable[Extent]) -> list[Extent]:
    """In order, with those that overlap or touch joined, and empty ones left out."""
    merged: list[Extent] = []
    for start, end in sorted(extents):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def add(extents: Iterable[Extent], more: Extent) -> list[Extent]:
    """The extents and one more."""
    return merge([*extents, more])


def take_away(extents: Iterable[Extent], less: Extent) -> list[Extent]:
    """The extents without what lies in `less`; a piece in the middle breaks an extent in two."""
    left: list[Extent] = []
    for start, end in merge(extents):
        left.append((start, min(end, less[0])))
        left.append((max(start, less[1]), end))
    return merge(left)


def trim(text: str, extent: Extent) -> Extent:
    """The extent without white space at its ends; empty where there is nothing else."""
    start, end = extent
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, max(start, start + len(words.strip()))


def tidy(text: str, extents: Iterable[Extent]) -> list[Extent]:
    """The extents as words: without white space at their ends, and joined where there is nothing
    else between them."""
    tidied: list[Extent] = []
    for start, end in merge(trim(text, extent) for extent in extents):
        if tidied and not text[tidied[-1][1] : start].strip():
            tidied[-1] = (tidied[-1][0], end)
        else:
            tidied.append((start, end))
    return tidied


def occurrences(text: str, words: str, limit: int = 50) -> list[Extent]:
    """Where exactly these words stand in the text, at most `limit` places, none overlapping.

    What a person types or pastes differs from the text in white space, and in the form of its
    quotation marks and dashes: runs of the one, and all forms of the other two, are equal.
    """
    parts = ["".join(map(_any_form, part)) for part in words.split()]
    if not parts:
        return []
    found = re.finditer(r"\s+".join(parts), text)
    return [match.span() for match in islice(found, limit)]


def _any_form(sign: str) -> str:
    """A pattern for a sign and for those that keyboards put in its place."""
    return next((f"[{alike}]" for alike in _ALIKE if sign in alike), re.escape(sign))
