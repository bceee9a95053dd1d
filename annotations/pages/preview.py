"""Previews: what a chat or a social network shows of a shared link."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from annotations.models import Kind
from annotations.pages.cards import listed
from annotations.pages.counts import KindCount
from annotations.pages.labels import labels
from annotations.pages.summary import Entry, Line

# The shortest cut among common previews of a description, and of a title, in characters.
LIMIT = 200
TITLE_LIMIT = 90
# Of a description that holds an allegation and its answer, what either may take.
_NAME = 40
_ANSWER = 100
_GONE = 120
# Of one that begins with accuser and denial, what either may take, and both together.
_SIDE, _BOTH = 28, 87


@dataclass(frozen=True, slots=True)
class Preview:
    """Title and description of a shared page, neither longer than what is shown of it."""

    title: str
    description: str


def of_allegation(entry: Entry, *, is_mention: bool = False) -> Preview:
    """Names the accuser, the accused and the denial, or says that none is recorded: an allegation
    goes nowhere without them, not into a preview either."""
    line, answer = entry.allegation, _answer(entry)
    who = _who(line)
    if not who:
        start = _("Alleged, unattributed:")
    elif is_mention:
        start = _("%(who)s refers to an allegation:") % {"who": who}
    else:
        start = _("%(who)s alleges:") % {"who": who}
    room = LIMIT - len(f"{start}  – {answer}")
    kind = _("Mention of an allegation") if is_mention else labels().kinds[Kind.ALLEGATION]
    title = _by(kind, line)
    if entry.targets:
        title = _("%(allegation)s against %(targets)s") % {
            "allegation": title,
            "targets": shorten(entry.targets, _NAME),
        }
    return Preview(title, f"{start} {shorten(line.words, room)} – {answer}")


def of_denial(denial: Line, answered: Sequence[Entry]) -> Preview:
    """Names who denies and, where an allegation is linked, whose it is."""
    start = _denies(denial)
    accusers = shorten(listed([one.allegation.who for one in answered]), 60)
    end = ""
    if accusers:
        end = " " + _("Answers what is alleged by: %(names)s.") % {"names": accusers}
    said = shorten(denial.words, LIMIT - len(f"{start} {end}"))
    return Preview(_by(labels().kinds[Kind.DENIAL], denial), f"{start} {said}{end}")


def of_quote(quote: Line) -> Preview:
    """Names who says it."""
    who = _who(quote)
    start = _("%(who)s says:") % {"who": who} if who else _("Unattributed:")
    said = shorten(quote.words, LIMIT - len(f"{start} "))
    return Preview(_by(labels().kinds[Kind.QUOTE], quote), f"{start} {said}")


def of_claim(
    statement: str, accusers: str, denier: str, silence: str, gone: Sequence[str] = ()
) -> Preview:
    """Names accuser and denial before it says what is alleged: who sees only the beginning, sees
    both sides.

    Args:
        accusers: empty where nobody is recorded as alleging it.
        denier: who denies it first; empty where nobody does.
        silence: what is said then.
        gone: what is said of denials that are shown no longer.

    Returns:
        Title and description, each with both sides in its first 90 characters.
    """
    if denier:
        answer = _("denied by %(who)s") % {"who": shorten(denier, _SIDE)}
    elif gone:
        answer = _("a denial is shown no longer")
    else:
        answer = silence.partition(" (")[0] or _("nothing is said to it")
    room = (
        _BOTH - len(answer) - len(_("Alleged by %(who)s, %(answer)s") % {"who": "", "answer": ""})
    )
    both = _("Alleged by %(who)s, %(answer)s") % {
        "who": shorten(accusers or _("nobody named"), min(_SIDE, room)),
        "answer": answer,
    }
    title = f"{both}. {_('Alleged:')} {statement}"
    end = f" {capfirst(silence)}." if silence else ""
    if gone and not denier:
        end = f" {shorten(capfirst(gone[0]), _ANSWER)}"
    start = f"{both}. {_('Alleged:')} "
    room = LIMIT - len(start) - len(end)
    return Preview(shorten(title, TITLE_LIMIT), f"{start}{shorten(statement, room)}{end}")


def of_page(title: str, about: str, counts: Sequence[KindCount]) -> Preview:
    """An article or a project: what is marked in it, in numbers, never one side of it alone."""
    numbers = ", ".join(f"{one.count} {one.label}" for one in counts if one.count)
    end = ""
    if numbers:
        marked = _("%(numbers)s marked.") % {"numbers": numbers}
        end = f" {marked} {_('An allegation is an accusation, not a finding.')}"
    return Preview(
        title=shorten(title, TITLE_LIMIT),
        description=(shorten(about, LIMIT - len(end)) + end).strip(),
    )


def _who(line: Line) -> str:
    """Who said it, shortened; empty where nobody is named at all."""
    return "" if line.who == labels().unattributed else shorten(line.who, _NAME)


def _by(noun: str, line: Line) -> str:
    who = _who(line)
    return _("%(kind)s by %(who)s") % {"kind": noun, "who": who} if who else noun


def _denies(line: Line, more: int = 0) -> str:
    notes = [shorten(line.qualifier, _NAME)]
    if more:
        notes.append(_("%(number)s more") % {"number": more})
    who, limits = _who(line), "; ".join(filter(None, notes))
    if limits and who:
        return _("%(who)s denies (%(limits)s):") % {"who": who, "limits": limits}
    if limits:
        return _("Denied, unattributed (%(limits)s):") % {"limits": limits}
    return _("%(who)s denies:") % {"who": who} if who else _("Denied, unattributed:")


def _answer(entry: Entry) -> str:
    if not entry.answers and entry.gone:
        return shorten(capfirst(entry.gone[0]), _GONE)
    if not entry.answers:
        return f"{capfirst(entry.silence)}."
    first, *more = entry.answers
    start = _denies(first, len(more))
    return f"{start} {shorten(first.words, _ANSWER - len(start) - 1)}"


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
