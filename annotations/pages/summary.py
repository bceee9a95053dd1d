"""The summary that opens a reading page: each allegation with what is said to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.html import escape
from django.utils.translation import gettext as _, ngettext

from annotations.answers import Accusation, Gone, Left, Reading, Said
from annotations.pages.cards import names, qualifier, who, words
from annotations.pages.fates import told
from annotations.pages.labels import Labels, labels
from annotations.passage import Passage, Source
from annotations.paths import Ways
from reader import dates


@dataclass(frozen=True, slots=True)
class Line:
    """Words with who said them, and where they stand: `where` is empty on the article's own page,
    `path` where the reader cannot go there. `said_by` is HTML: "<strong>Ana Reyes</strong> denies".
    """

    who: str
    said_by: str
    words: str
    is_verbatim: bool
    path: str
    where: str
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An allegation, the denials linked to it, and those in its article that aren't.

    `gone` says of denials that were linked to it since when they are shown no longer, and why;
    `silence` is said where none ever was: it is about our reading, never about the accused. A
    mention refers to an allegation and makes none.
    """

    allegation: Line
    targets: str
    claims: tuple[str, ...]
    answers: tuple[Line, ...]
    apart: tuple[Line, ...]
    gone: tuple[str, ...]
    silence: str
    replies: tuple[Said, ...]
    is_mention: bool = False


def entries(
    ways: Ways,
    accusations: Sequence[Accusation],
    replies: Mapping[UUID, Sequence[Said]],
    here: UUID | None = None,
) -> list[Entry]:
    """One entry for each allegation that somebody makes; mentions make none.

    Args:
        ways: where links may lead.
        replies: the published replies to each annotation.
        here: the article whose page this is; lines from other articles say where they stand.
    """
    called = labels()
    return [
        entry(ways, one, replies, here, called) for one in accusations if one.allegation.alleges
    ]


def entry(
    ways: Ways,
    accusation: Accusation,
    replies: Mapping[UUID, Sequence[Said]],
    here: UUID | None = None,
    called: Labels | None = None,
) -> Entry:
    """One accusation with what is said to it, in its own article first; arguments as for
    `entries`."""
    allegation = accusation.allegation
    called = called or labels()
    answers = [
        line(ways, one.denial, here, qualifier(one.link, called), called)
        for one in accusation.answers
    ]
    return Entry(
        allegation=line(ways, allegation, here, called=called),
        targets=names(allegation.targets, called),
        claims=tuple(link.statement for link in allegation.links),
        answers=tuple(sorted(answers, key=lambda one: bool(one.where))),
        apart=tuple(line(ways, denial, here, called=called) for denial in accusation.apart),
        gone=gone_words(accusation.missing),
        silence="" if accusation.answers or accusation.missing else silence(accusation.reading),
        replies=tuple(replies.get(allegation.id, ())),
        is_mention=not allegation.alleges,
    )


def line(
    ways: Ways,
    passage: Passage,
    here: UUID | None,
    note: str = "",
    called: Labels | None = None,
) -> Line:
    """One passage as a line of the summary."""
    called = called or labels()
    source = passage.source
    elsewhere = source.id != here
    where = (source.publication or source.title, _date(source)) if elsewhere else ()
    named = who(passage, called)
    return Line(
        who=named,
        said_by=_said_by(passage, named, called),
        words=words(passage),
        is_verbatim=passage.is_verbatim,
        path=ways.to_passage(source.id, passage.id),
        where=", ".join(filter(None, where)),
        qualifier="; ".join(filter(None, [note, told(passage.fate) if passage.fate else ""])),
    )


def _said_by(passage: Passage, named: str, called: Labels) -> str:
    if not passage.speakers:
        return called.said_by_nobody[passage.kind]
    return called.said_by[passage.kind] % {"who": escape(named)}


def silence(reading: Reading) -> str:
    """ "no denial recorded in this project (14 articles, latest 3 May 2026)" """
    articles = ngettext("%(number)s article", "%(number)s articles", reading.articles) % {
        "number": reading.articles
    }
    latest = dates.show(reading.latest, reading.latest_precision)
    dated = _("latest %(date)s") % {"date": latest} if latest else _("none dated")
    return f"{_('no denial recorded in this project')} ({articles}, {dated})"


def more_denials(number: int) -> str:
    """ "2 more denials"; empty where there are none."""
    if not number:
        return ""
    return ngettext("%(number)s more denial", "%(number)s more denials", number) % {
        "number": number
    }


def gone_words(gone: Iterable[Gone]) -> tuple[str, ...]:
    """A sentence for each denial that is shown no longer: "a denial recorded on 3 May 2026 was
    withdrawn on 6 May 2026. Reason: the wrong spokesman." It names neither who denied nor what was
    said."""
    return tuple(_gone_words(one) for one in gone)


def _gone_words(one: Gone) -> str:
    said = {
        Left.DELETED: _("a denial recorded on %(recorded)s was withdrawn on %(on)s"),
        Left.WITHDRAWN: _(
            "a denial recorded on %(recorded)s was withdrawn from public view on %(on)s"
        ),
        Left.UNLINKED: _("a denial recorded on %(recorded)s is no longer linked since %(on)s"),
        Left.PARTED: _("a denial recorded on %(recorded)s is no longer linked here since %(on)s"),
        Left.TURNED: _(
            "a denial recorded on %(recorded)s does not answer this since %(on)s: who speaks was"
            " corrected"
        ),
        Left.CHANGED: _(
            "a passage recorded as a denial on %(recorded)s is no longer called one since %(on)s"
        ),
    }[one.how] % {
        "recorded": dates.show(one.recorded_on, "day"),
        "on": dates.show(one.on, "day"),
    }
    if one.reason:
        return _("%(what_happened)s. Reason: %(reason)s") % {
            "what_happened": said,
            "reason": one.reason if one.reason[-1:] in ".!?…" else f"{one.reason}.",
        }
    if one.how == Left.DELETED:
        return _("%(what_happened)s, without a reason.") % {"what_happened": said}
    return f"{said}."


def _date(source: Source) -> str:
    return dates.show(source.published_on, source.published_precision)
