"""What was done in a project, in words: for members who did what, for readers what is public."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from annotations.activity import Did, Event, Place
from annotations.models import Annotation
from annotations.pages.history import COMMAND, FORMER
from annotations.paths import InProject, claim_path, speaker_path
from annotations.queries.activity import events, public_events
from annotations.queries.history import people
from reader.access import Seat
from reader.models import Project

PAGE = 100
"""Events on a page of their own."""

GLANCE = 200
"""Events that a project's page looks at."""

SHOWN = 8
"""Lines that it makes of them, at most."""

_PASSAGES = (Did.MARKED, Did.IMPORTED, Did.LINKED, Did.EDITED, Did.RESTORED, Did.DELETED)


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody did with one thing on one day. `who` is empty for readers, `path` where there
    is no page of it; `into` is what it was merged into."""

    who: str
    what: str
    title: str
    into: str
    path: str


@dataclass(frozen=True, slots=True)
class Day:
    """The lines of one day in the time zone of the page, newest first."""

    on: date
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """A page of a project's activity; `older` is where the next one goes on, or empty."""

    seat: Seat
    project: Project
    days: list[Day]
    is_first: bool
    older: str


def activity_page(seat: Seat, before: str = "") -> ActivityPage:
    """A page of what the members did.

    Args:
        before: go on behind this place; from the newest where it is none.
    """
    after = Place.parse(before)
    found = events(seat.project, PAGE + 1, after)
    shown = found[:PAGE]
    return ActivityPage(
        seat=seat,
        project=seat.project,
        days=_days(seat.project, shown, _names(shown)),
        is_first=after is None,
        older=str(shown[-1].place) if len(found) > PAGE else "",
    )


def latest(seat: Seat, annotations: QuerySet[Annotation]) -> list[Day]:
    """The latest few lines, as the visitor may see them. Of a day that is read in part only, no
    passages are counted.

    Args:
        annotations: those of the project that the visitor may count.
    """
    project = seat.project
    if seat.is_member:
        found = events(project, GLANCE + 1)
        names = _names(found)
    else:
        found, names = public_events(project, annotations, GLANCE + 1), None
    cut = _day(found[-1]) if len(found) > GLANCE else None
    whole = [one for one in found if _day(one) != cut]
    if whole:
        return list(_first(_days(project, whole, names), SHOWN))
    return list(_first(_days(project, found, names, counted=False), SHOWN))


def _first(days: Iterable[Day], most: int) -> Iterator[Day]:
    """The days of so many lines."""
    for day in days:
        if most <= 0:
            return
        yield Day(day.on, day.lines[:most])
        most -= len(day.lines)


def _names(found: Sequence[Event]) -> dict[int, str]:
    return people({one.by for one in found})


def _days(
    project: Project,
    found: Sequence[Event],
    names: Mapping[int, str] | None = None,
    *,
    counted: bool = True,
) -> list[Day]:
    """Newest first; what one person did with one article on one day is one line.

    Args:
        names: of the people, by their ids; without them nobody is named.
        counted: say how many.
    """
    ways = InProject(project)
    together: dict[date, dict[object, list[Event]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        together[_day(one)][_same(one)].append(one)
    return [
        Day(on, [_line(ways, several, names, counted) for several in of_day.values()])
        for on, of_day in together.items()
    ]


def _day(event: Event) -> date:
    """In the time zone of the page."""
    return timezone.localtime(event.at).date()


def _same(event: Event) -> object:
    """What can be told in one line has the same."""
    if event.did in _PASSAGES:
        return event.by, event.by_command, event.article
    if event.did is Did.ADDED:
        return event.by, event.by_command, Did.ADDED
    return event.place


def _line(
    ways: InProject, several: Sequence[Event], names: Mapping[int, str] | None, counted: bool
) -> Line:
    newest = several[0]
    who = "" if names is None else _who(newest, names)
    if not counted and newest.did in (*_PASSAGES, Did.ADDED):
        told = _uncounted(newest.did, bool(who))
    elif newest.did in _PASSAGES:
        told = _with_passages(several) if who else _with_passages_by_nobody(several)
    elif newest.did is Did.ADDED:
        told = _added(several, bool(who))
    else:
        told = _with_one(newest.did)
    return Line(who, told, newest.title, newest.into, _path(ways, several))


def _who(event: Event, names: Mapping[int, str]) -> str:
    if event.by is None and event.by_command:
        return str(COMMAND)
    return names.get(event.by or 0, str(FORMER))


def _path(ways: InProject, several: Sequence[Event]) -> str:
    event = several[0]
    if event.claim:
        return claim_path(event.claim)
    if event.speaker:
        return speaker_path(event.speaker)
    if event.article is None:
        return ""
    is_there = event.did not in (Did.DELETED, Did.WITHDREW)
    if event.annotation and is_there and len({one.annotation for one in several}) == 1:
        return ways.to_passage(event.article, event.annotation)
    return ways.to_article(event.article)


def _with_passages(several: Sequence[Event]) -> str:
    """ "marked 3 passages, linked 2": each passage once, by the most that was done with it."""
    told: set[object] = set()
    phrases = []
    for did in (Did.DELETED, Did.RESTORED, Did.MARKED, Did.IMPORTED, Did.LINKED, Did.EDITED):
        of = {one.annotation for one in several if one.did is did}
        fresh = of if did is Did.LINKED else of - told
        told |= of
        if fresh:
            phrases.append(_phrase(did, len(fresh)))
    return ", ".join(phrases)


def _phrase(did: Did, number: int) -> str:
    say = {
        Did.MARKED: ngettext("marked a passage", "marked %(number)s passages", number),
        Did.IMPORTED: ngettext("imported a passage", "imported %(number)s passages", number),
        Did.EDITED: ngettext("edited a passage", "edited %(number)s passages", number),
        Did.LINKED: ngettext(
            "linked a passage to a claim", "linked %(number)s passages to claims", number
        ),
        Did.DELETED: ngettext("deleted a passage", "deleted %(number)s passages", number),
        Did.RESTORED: ngettext(
            "brought a passage back", "brought %(number)s passages back", number
        ),
    }
    return say[did] % {"number": number}


def _with_passages_by_nobody(several: Sequence[Event]) -> str:
    return ngettext("%(number)s passage marked", "%(number)s passages marked", len(several)) % {
        "number": len(several)
    }


def _added(several: Sequence[Event], by_somebody: bool) -> str:
    number = len(several)
    if by_somebody:
        say = ngettext("added an article", "added %(number)s articles, the latest", number)
    else:
        say = ngettext("Article added", "%(number)s articles added, the latest", number)
    return say % {"number": number}


def _uncounted(did: Did, by_somebody: bool) -> str:
    if did is Did.ADDED:
        return _("added articles, the latest") if by_somebody else _("Articles added, the latest")
    return _("worked on passages") if by_somebody else _("Passages marked")


def _with_one(did: Did) -> str:
    return {
        Did.SHARED: _("shared"),
        Did.WITHDREW: _("withdrew from public view"),
        Did.MERGED_CLAIM: _("merged a claim"),
        Did.PARTED_CLAIM: _("took a merged claim apart again"),
        Did.REWORDED_CLAIM: _("reworded a claim"),
        Did.CHANGED_CLAIM: _("changed a claim"),
        Did.MERGED_SPEAKER: _("merged a speaker"),
        Did.PARTED_SPEAKER: _("took a merged speaker apart again"),
        Did.REWORDED_SPEAKER: _("renamed a speaker"),
        Did.CHANGED_SPEAKER: _("changed a speaker"),
    }[did]
