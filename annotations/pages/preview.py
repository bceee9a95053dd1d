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
# Of a beginning that names accuser and denial, what the denier and a note on the denial may take,
# and all of it.
_SIDE, _NOTE, _BOTH = 28, 18, 87


@dataclass(frozen=True, slots=True)
class Preview:
    """Title and description of a shared page, neither longer than what is shown of it."""

    title: str
    description: str


def of_allegation(entry: Entry) -> Preview:
    """Names the accuser, the accused and the denial, or says that none is recorded, before it says
    what is alleged: an allegation goes nowhere without them, not into a preview either.

    Returns:
        Title and description, each with both sides in its first 90 characters.
    """
    line, first = entry.allegation, entry.answers[0] if entry.answers else None
    denier, note = (first.who, first.qualifier) if first else ("", "")
    answer = _in_short(denier, note, entry.silence, entry.gone)
    who = _named(line.who)
    if entry.is_mention:
        both = _both(_("%(who)s refers to an allegation, %(answer)s"), who, answer)
    else:
        if entry.targets:
            who = _("%(who)s against %(targets)s") % {
                "who": shorten(who, _SIDE),
                "targets": entry.targets,
            }
        both = _both(_("Alleged by %(who)s, %(answer)s"), who, answer)
    if entry.silence:
        start, end = f"{both}{entry.silence.removeprefix(answer)}: ", ""
    else:
        start, end = f"{both}: ", f" – {_answer(entry)}"
    room = LIMIT - len(start) - len(end)
    return Preview(both, f"{start}{shorten(line.words, room)}{end}")


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
    statement: str,
    accusers: str,
    denier: str,
    silence: str,
    gone: Sequence[str] = (),
    *,
    note: str = "",
) -> Preview:
    """Names accuser and denial before it says what is alleged: who sees only the beginning, sees
    both sides.

    Args:
        accusers: empty where nobody is recorded as alleging it.
        denier: who denies it first; empty where nobody does.
        silence: what is said then.
        gone: what is said of denials that are shown no longer.
        note: what limits the denial, such as "unsure".

    Returns:
        Title and description, each with both sides in its first 90 characters.
    """
    answer = _in_short(denier, note, silence, gone)
    both = _both(_("Alleged by %(who)s, %(answer)s"), _named(accusers), answer)
    title = f"{both}. {_('Alleged:')} {statement}"
    end = f" {capfirst(silence)}." if silence else ""
    if gone and not denier:
        end = f" {shorten(capfirst(gone[0]), _ANSWER)}"
    start = f"{both}. {_('Alleged:')} "
    room = LIMIT - len(start) - len(end)
    return Preview(shorten(title, TITLE_LIMIT), f"{start}{shorten(statement, room)}{end}")


def _in_short(denier: str, note: str, silence: str, gone: Sequence[str]) -> str:
    """ "denied by Ana Reyes (unsure)", "no denial recorded in this project" """
    if not denier:
        if gone:
            return _("a denial is shown no longer")
        return silence.partition(" (")[0] or _("nothing is said to it")
    if denier == labels().unattributed:
        answer = _("denied, unattributed")
    else:
        answer = _("denied by %(who)s") % {"who": shorten(denier, _SIDE)}
    return f"{answer} ({shorten(note, _NOTE)})" if note else answer


def _named(who: str) -> str:
    return _("nobody named") if who in {"", labels().unattributed} else who


def _both(frame: str, who: str, answer: str) -> str:
    """Both sides, short enough for a title and for the beginning of a description."""
    room = _BOTH - len(frame % {"who": "", "answer": answer})
    return frame % {"who": shorten(who, room), "answer": answer}


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


def of_project(name: str, description: str) -> Preview:
    """What a project is about; numbers change too often for those who keep previews."""
    about = description or _("What was said, alleged and denied, in the exact words.")
    return of_page(name, about, [])


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
