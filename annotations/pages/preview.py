"""Previews: what a chat or a social network shows of a shared link."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.pages.cards import UNATTRIBUTED
from annotations.pages.counts import KindCount
from annotations.pages.summary import Entry, Line

# The shortest cut among common previews of a description, and of a title, in characters.
LIMIT = 200
TITLE_LIMIT = 90
# Of a description that holds an allegation and its answer, what either may take.
_NAME = 40
_ANSWER = 100
CAUTION = "An allegation is an accusation, not a finding."


@dataclass(frozen=True, slots=True)
class Preview:
    """Title and description of a shared page, neither longer than what is shown of it."""

    title: str
    description: str


def of_allegation(entry: Entry, *, is_mention: bool = False) -> Preview:
    """Names the accuser, the accused and the denial, or says that none is recorded: an allegation
    goes nowhere without them, not into a preview either."""
    verb = "refers to an allegation" if is_mention else "alleges"
    answer = _answer(entry)
    start = _said(entry.allegation, verb, "Alleged, unattributed")
    room = LIMIT - len(f"{start} – {answer}")
    against = f" against {shorten(entry.targets, _NAME)}" if entry.targets else ""
    return Preview(
        title=f"{'Mention of an allegation' if is_mention else 'Allegation'}"
        f"{_by(entry.allegation)}{against}",
        description=f"{start}{shorten(entry.allegation.words, room)} – {answer}",
    )


def of_denial(denial: Line, answered: Sequence[Entry]) -> Preview:
    """Names who denies and, where an allegation is linked, whose it is."""
    start = _said(denial, "denies", "Denied, unattributed")
    accusers = shorten(" and ".join(one.allegation.who for one in answered), 60)
    end = f" Answers what is alleged by: {accusers}." if accusers else ""
    said = shorten(denial.words, LIMIT - len(start + end))
    return Preview(title=f"Denial{_by(denial)}", description=start + said + end)


def of_quote(quote: Line) -> Preview:
    """Names who says it."""
    start = _said(quote, "says", "Unattributed")
    said = shorten(quote.words, LIMIT - len(start))
    return Preview(title=f"Quote{_by(quote)}", description=start + said)


def of_page(title: str, about: str, counts: Sequence[KindCount]) -> Preview:
    """An article or a project: what is marked in it, in numbers, never one side of it alone."""
    numbers = ", ".join(f"{one.count} {one.label}" for one in counts if one.count)
    end = f" {numbers} marked. {CAUTION}" if numbers else ""
    return Preview(
        title=shorten(title, TITLE_LIMIT),
        description=(shorten(about, LIMIT - len(end)) + end).strip(),
    )


def _by(line: Line) -> str:
    return "" if line.who == UNATTRIBUTED else f" by {shorten(line.who, _NAME)}"


def _said(line: Line, verb: str, otherwise: str) -> str:
    return f"{otherwise if line.who == UNATTRIBUTED else f'{shorten(line.who, _NAME)} {verb}'}: "


def _answer(entry: Entry) -> str:
    if not entry.answers:
        return f"{entry.silence[:1].upper()}{entry.silence[1:]}."
    first, *more = entry.answers
    start = _said(first, f"denies ({len(more)} more)" if more else "denies", "Denied, unattributed")
    return start + shorten(first.words, _ANSWER - len(start))


_PAIRS = {"“": "”", "‘": "’", "«": "»", "„": "“", "「": "」", '"': '"'}


def shorten(words: str, limit: int) -> str:
    """At most `limit` characters, cut at a word; a quotation that is cut keeps its last mark."""
    words = " ".join(words.split())
    if len(words) <= limit:
        return words
    end = "…" + _PAIRS.get(words[:1], "")
    cut = words[: limit - len(end)]
    at_word = cut.rpartition(" ")[0] if " " in cut[limit // 2 :] else cut
    return at_word.rstrip(" ,;:–-") + end
