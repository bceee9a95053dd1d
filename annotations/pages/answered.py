"""What a card says of the answers to its allegation: who sees the card alone sees both sides."""

from dataclasses import dataclass

from django.utils.translation import ngettext

from annotations.answers import Accusation
from annotations.pages.cards import qualifier, words
from annotations.pages.labels import Labels
from annotations.pages.linked_names import linked_said_by
from annotations.pages.preview import shorten
from annotations.pages.summary import gone_words, silence
from annotations.paths import Ways

_WORDS = 90
"""Characters of the denial; a link leads to all of it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The first denial, one of the same article before others: `said_by` is HTML, `path` is empty
    where the reader cannot go there, `more` counts the others. `gone` is said of denials that are
    shown no longer, `silence` where none ever was."""

    said_by: str = ""
    qualifier: str = ""
    words: str = ""
    is_verbatim: bool = True
    path: str = ""
    more: str = ""
    gone: tuple[str, ...] = ()
    silence: str = ""


def answered(ways: Ways, accusation: Accusation, called: Labels) -> Answered:
    """The same as the summary has it, in short."""
    gone = gone_words(accusation.missing)
    if not accusation.answers:
        return Answered(gone=gone, silence="" if gone else silence(accusation.reading))
    here = accusation.allegation.source.id
    first = min(accusation.answers, key=lambda one: one.denial.source.id != here)
    denial, more = first.denial, len(accusation.answers) - 1
    return Answered(
        said_by=linked_said_by(denial, ways, called),
        qualifier=qualifier(first.link, called),
        words=shorten(words(denial), _WORDS),
        is_verbatim=denial.is_verbatim,
        path=ways.to_passage(denial.source.id, denial.id),
        more=ngettext("%(number)s more denial", "%(number)s more denials", more) % {"number": more}
        if more
        else "",
        gone=gone,
    )
