"""The speakers of a project: who is named how often, who is not named, and what nobody is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.utils.translation import gettext as _, ngettext

from annotations.models import Kind, Speaker, SpeakerType
from annotations.paths import InProject, speaker_path
from annotations.queries.speakers import (
    merged_names,
    named_speakers,
    unattributed,
    unnamed_sources,
)
from annotations.queries.standings import tallies
from annotations.standing import COUNTED, Standing
from reader.access import Seat
from reader.models import Project


@dataclass(frozen=True, slots=True)
class Listed:
    """A speaker in the list; the `type` of an unnamed source goes without saying. `numbers` are in
    the order of the columns: said, alleged, denied, accused; `aside` tells what counts for
    nobody."""

    name: str
    path: str
    type: str
    aliases: tuple[str, ...]
    numbers: tuple[int, ...]
    aside: str


@dataclass(frozen=True, slots=True)
class InArticle:
    """The unnamed sources of one article."""

    title: str
    path: str
    sources: list[Listed]


@dataclass(frozen=True, slots=True)
class SpeakerList:
    """A page of the list: either the named speakers, or the unnamed sources by their articles.
    `unattributed` is said on the first page only; `following` is the address of the next."""

    seat: Seat
    project: Project
    name: str
    is_unnamed: bool
    columns: tuple[str, ...]
    speakers: list[Listed]
    articles: list[InArticle]
    unattributed: str
    is_first: bool
    following: str


def speaker_list(
    seat: Seat, *, name: str = "", unnamed: bool = False, after: int = 0
) -> SpeakerList:
    """The page as the visitor may see it, in a constant number of queries.

    Args:
        name: look for this in names and aliases.
        unnamed: list the unnamed sources instead.
        after: go on behind this speaker.
    """
    project, public = seat.project, not seat.is_member
    if unnamed:
        found = unnamed_sources(project, public=public, after=after)
    else:
        found = named_speakers(project, public=public, name=name, after=after)
    ids = [one.pk for one in found.speakers]
    numbers = tallies(project, ids, public=public)
    merged = merged_names(ids, public=public)
    listed = [_listed(one, numbers[one.pk], merged.get(one.pk, [])) for one in found.speakers]
    asked = {"show": "unnamed"} if unnamed else {"name": name} if name else {}
    return SpeakerList(
        seat=seat,
        project=project,
        name=name,
        is_unnamed=unnamed,
        columns=tuple(column_names()),
        speakers=[] if unnamed else listed,
        articles=_by_article(seat, found.speakers, listed) if unnamed else [],
        unattributed="" if after or name or unnamed else _unattributed(project, public=public),
        is_first=not after,
        following=f"?{urlencode(asked | {'after': ids[-1]})}" if found.has_more else "",
    )


def column_names() -> list[str]:
    """What is counted of speakers, in words."""
    return [_("Said"), _("Alleged"), _("Denied"), _("Accused")]


def also_known_as(speaker: Speaker, merged: Sequence[str]) -> tuple[str, ...]:
    """Other names of a speaker: their own aliases, and what those are called who were merged into
    them; each once."""
    names = {one.casefold(): one for one in (*merged, *reversed(speaker.aliases))}
    names.pop(speaker.name.casefold(), None)
    return tuple(sorted(names.values(), key=str.casefold))


def type_of(speaker: Speaker) -> str:
    """In words; empty where nobody has said."""
    return str(SpeakerType(speaker.type).label) if speaker.type else ""


def _listed(speaker: Speaker, numbers: Counter[Standing], merged: Sequence[str]) -> Listed:
    return Listed(
        name=speaker.name,
        path=speaker_path(speaker.pk),
        type="" if speaker.article_id else type_of(speaker),
        aliases=also_known_as(speaker, merged),
        numbers=tuple(numbers[one] for one in COUNTED),
        aside=_aside(numbers),
    )


def _aside(numbers: Counter[Standing]) -> str:
    said = []
    if passed_on := numbers[Standing.RELAYS]:
        said.append(
            ngettext("%(number)s passed on", "%(number)s passed on", passed_on)
            % {"number": passed_on}
        )
    if spoken_for := numbers[Standing.SPOKEN_FOR]:
        said.append(
            ngettext(
                "%(number)s said on their behalf", "%(number)s said on their behalf", spoken_for
            )
            % {"number": spoken_for}
        )
    if mentions := numbers[Standing.MENTIONS] + numbers[Standing.REPORTED]:
        said.append(
            ngettext("%(number)s mention or report", "%(number)s mentions or reports", mentions)
            % {"number": mentions}
        )
    return ", ".join(said)


def _by_article(
    seat: Seat, sources: Sequence[Speaker], listed: Sequence[Listed]
) -> list[InArticle]:
    ways = InProject(seat.project)
    together = zip(sources, listed, strict=True)
    return [
        InArticle(article.title, ways.to_article(article.pk), [one for _source, one in of_it])
        for article, of_it in groupby(together, key=lambda one: one[0].article)
        if article
    ]


def _unattributed(project: Project, *, public: bool) -> str:
    """ "Unattributed: 3 quotes, 1 allegation"; empty where somebody is named for everything."""
    numbers = unattributed(project, public=public)
    words = {
        Kind.QUOTE: ngettext("%(number)s quote", "%(number)s quotes", numbers[Kind.QUOTE]),
        Kind.ALLEGATION: ngettext(
            "%(number)s allegation", "%(number)s allegations", numbers[Kind.ALLEGATION]
        ),
        Kind.DENIAL: ngettext("%(number)s denial", "%(number)s denials", numbers[Kind.DENIAL]),
    }
    said = [word % {"number": numbers[kind]} for kind, word in words.items() if numbers[kind]]
    return ", ".join(said)
