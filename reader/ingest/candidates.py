"""Which part of a page is the article: what two extractors say, and which of them is believed.

trafilatura in its balanced mode is the rule. Two of its known faults are corrected where the
others agree: it takes in lists of other articles, and it leaves out half of short articles.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version

import readability
import trafilatura
from lxml.etree import LxmlError

from reader.ingest.webpage import WebPage
from reader.text import Document, from_html

_TRAFILATURA = f"trafilatura {version('trafilatura')}"
_READABILITY = f"readability-lxml {version('readability-lxml')}"
_WORD = re.compile(r"\w+")
# What an extractor raises on a page that it cannot make out.
_GAVE_UP = (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, LxmlError)

_TOO_MUCH = 1.25
"""Times the words of the strict reading: more is looked at with suspicion."""

_HALF = 1.5
"""Times the words of the balanced reading: with so many more, it has missed half."""

_SHORT = 300
"""Words of a reading of which half may be missing."""

_NEARLY_ALL, _LITTLE = 0.95, 0.3


@dataclass(frozen=True)
class Candidate:
    """What one extractor takes for the article, not yet sanitised."""

    extractor: str
    html: str

    @cached_property
    def document(self) -> Document:
        """Its text and markup."""
        return from_html(self.html)

    @cached_property
    def words(self) -> Counter[str]:
        """Its words, counted."""
        return Counter(_WORD.findall(self.document.text.casefold()))

    @property
    def size(self) -> int:
        """How many words it has."""
        return self.words.total()

    def share_in(self, other: "Candidate") -> float:
        """The share of its words that the other one has as well."""
        return (self.words & other.words).total() / self.size if self.size else 0.0


def choose(page: WebPage, url: str) -> tuple[Candidate, Candidate]:
    """The article in a page, and a second opinion; without words where there is no article."""
    balanced = _by_trafilatura(page, url, strict=False)
    strict = _by_trafilatura(page, url, strict=True)
    other = _by_readability(page, url)
    surplus = balanced.words - strict.words
    if not balanced.size:
        return (strict if strict.size else other), other
    if (
        balanced.size > _TOO_MUCH * strict.size
        and strict.share_in(other) > _NEARLY_ALL
        and (surplus & (other.words - strict.words)).total() < _LITTLE * surplus.total()
    ):
        return strict, other
    if (
        balanced.size < _SHORT
        and other.size > _HALF * balanced.size
        and balanced.share_in(other) > _NEARLY_ALL
    ):
        return other, other
    return balanced, other


def _by_trafilatura(page: WebPage, url: str, *, strict: bool) -> Candidate:
    try:
        found = trafilatura.extract(
            # It makes a block of each piece of code within a sentence.
            page.html.replace("<code>", "").replace("</code>", ""),
            url=url or None,
            favor_precision=strict,
            include_comments=False,
            include_formatting=True,
            include_links=True,
            output_format="html",
        )
    except _GAVE_UP:
        found = None
    name = f"{_TRAFILATURA} (strict)" if strict else _TRAFILATURA
    return Candidate(name, found or "")


def _by_readability(page: WebPage, url: str) -> Candidate:
    try:
        found = readability.Document(page.html, url=url or None).summary()
    except _GAVE_UP:
        found = ""
    return Candidate(_READABILITY, found)
