"""Texts and what is marked in them, without Django: read, render, split into sentences.

All offsets, in and out, are Unicode code points.
"""

from reader.text.document import Document
from reader.text.elements import Shown
from reader.text.html import from_html
from reader.text.markup import Range
from reader.text.plain import from_plain
from reader.text.render import render
from reader.text.sentences import sentence_around, sentences, word_count
from reader.text.spans import Span

__all__ = [
    "Document",
    "Range",
    "Shown",
    "Span",
    "from_html",
    "from_plain",
    "render",
    "sentence_around",
    "sentences",
    "word_count",
]
