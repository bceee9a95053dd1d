"""A speaker's page: what they say, allege and deny, and what is alleged against them, over time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.charts import Chart, Tally
from annotations.models import Speaker
from annotations.pages.charts import month_chart
from annotations.pages.preview import LIMIT, Preview, shorten
from annotations.pages.speaker_list import also_known_as, type_of
from annotations.pages.speaker_told import Told, told_of
from annotations.paths import InProject, Ways, speaker_path
from annotations.queries.history import people
from annotations.queries.speakers import Merge, merges_into
from annotations.queries.standings import Often, over_time, passages_of
from annotations.standing import COUNTED, Standing
from reader.access import Seat
from reader.models import Project

APART_SHOWN = 5
"""Passages that count for nobody, below the others; the rest has pages of its own."""

APART = tuple(one for one in Standing if not one.counts)

SHOWN: Mapping[str, tuple[Standing, ...]] = {
    "": COUNTED,
    **{one.value: (one,) for one in COUNTED},
    "apart": APART,
}
"""What each value of `show` in an address means."""


@dataclass(frozen=True, slots=True)
class Narrow:
    """A way to see some of the passages: what they are called, how many there are, and whether the
    page shows them."""

    name: str
    number: int
    path: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class MergedName:
    """Somebody who was merged into the speaker; `at` and `by` are empty where that is not known,
    `path` is where the merge is taken back, for those who may."""

    name: str
    aliases: tuple[str, ...]
    at: datetime | None
    by: str
    path: str


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """`article` and `article_path` are those of an unnamed source. `note` and `merged` are for
    members. `apart` are the first passages that count for nobody, on the first page. `following`
    is the address of the next page; empty on the last."""

    seat: Seat
    project: Project
    speaker: Speaker
    type: str
    aliases: tuple[str, ...]
    note: str
    article: str
    article_path: str
    project_path: str
    reply_path: str
    chart: Chart | None
    show: str
    ways: list[Narrow]
    told: list[Told]
    apart: list[Told]
    apart_number: int
    merged: list[MergedName]
    is_first: bool
    following: str
    preview: Preview


def speaker_page(
    seat: Seat,
    speaker: Speaker,
    *,
    show: str = "",
    after: UUID | None = None,
    ways: Ways | None = None,
) -> SpeakerPage:
    """The page as this seat may see it, in a constant number of queries.

    Args:
        speaker: one who was not merged into anybody, with their project and article.
        show: a key of `SHOWN`; anything else shows all that counts.
        after: go on behind this passage.
        ways: where its links may lead; without it, anywhere in the project.
    """
    public, ways = not seat.is_member, ways or InProject(seat.project)
    show = show if show in SHOWN else ""
    often = over_time(speaker, public=public)
    numbers = _numbers(often)
    stretch = passages_of(speaker, SHOWN[show], public=public, after=after)
    is_first = after is None
    apart = (
        passages_of(speaker, APART, public=public, limit=APART_SHOWN).passages
        if is_first and not show
        else []
    )
    told = told_of(seat, speaker, [*stretch.passages, *apart], ways)
    merges = merges_into(speaker, public=public)
    merged_names = [name for one in merges for name in (one.speaker.name, *one.speaker.aliases)]
    aliases = also_known_as(speaker, merged_names)
    asked = {"show": show} if show else {}
    article = speaker.article
    return SpeakerPage(
        seat=seat,
        project=seat.project,
        speaker=speaker,
        type=type_of(speaker),
        aliases=aliases,
        note=speaker.note if seat.is_member else "",
        article=article.title if article else "",
        article_path=ways.to_article(article.pk) if article else "",
        project_path=ways.to_project(),
        reply_path=ways.to_reply(),
        chart=_chart(often),
        show=show,
        ways=_narrower(numbers, show),
        told=told[: len(stretch.passages)],
        apart=told[len(stretch.passages) :],
        apart_number=sum(numbers[one] for one in APART),
        merged=_merged(seat, merges) if seat.is_member else [],
        is_first=is_first,
        following=f"?{urlencode(asked | {'after': stretch.following})}"
        if stretch.following
        else "",
        preview=_preview(seat.project, speaker, numbers),
    )


def _numbers(often: Iterable[Often]) -> Counter[Standing]:
    numbers: Counter[Standing] = Counter()
    for one in often:
        numbers[one.standing] += one.number
    return numbers


def _names_of_counted() -> dict[Standing, str]:
    return {
        Standing.SAYS: _("Said"),
        Standing.ALLEGES: _("Alleged"),
        Standing.DENIES: _("Denied"),
        Standing.ACCUSED: _("Alleged against them"),
    }


def _narrower(numbers: Counter[Standing], show: str) -> list[Narrow]:
    counted = {standing.value: name for standing, name in _names_of_counted().items()}
    names = {"": _("All of it"), **counted, "apart": _("Passed on or mentioned")}
    return [
        Narrow(
            name=names[key],
            number=sum(numbers[one] for one in wanted),
            path=f"?{urlencode({'show': key})}" if key else "?",
            is_here=key == show,
        )
        for key, wanted in SHOWN.items()
    ]


_LANES = {
    Standing.SAYS: ("quote", "Q"),
    Standing.ALLEGES: ("allegation", "A"),
    Standing.DENIES: ("denial", "D"),
    Standing.ACCUSED: ("accused", "→"),
}


def _chart(often: Iterable[Often]) -> Chart | None:
    """The numbers by month, a lane for each way that counts and occurs; None where none does."""
    tallies = [
        Tally(_LANES[one.standing][0], one.when, one.number) for one in often if one.standing.counts
    ]
    if not tallies:
        return None
    names, there = _names_of_counted(), {one.kind for one in tallies}
    lanes = {kind: (letter, names[one]) for one, (kind, letter) in _LANES.items() if kind in there}
    return month_chart(tallies, lanes)


def _merged(seat: Seat, merges: Sequence[Merge]) -> list[MergedName]:
    by = people(one.by for one in merges)
    return [
        MergedName(
            name=one.speaker.name,
            aliases=tuple(one.speaker.aliases),
            at=one.at,
            by=by.get(one.by or 0, ""),
            path=speaker_path(one.speaker.pk, "speaker_unmerge") if seat.may_annotate else "",
        )
        for one in merges
    ]


def _preview(project: Project, speaker: Speaker, numbers: Counter[Standing]) -> Preview:
    """Names and numbers: an accusation would need its answer beside it."""
    counted = ", ".join(
        f"{name.lower()} {numbers[one]}" for one, name in _names_of_counted().items()
    )
    about = _("%(name)s in “%(project)s”") % {
        "name": shorten(speaker.name, 60),
        "project": shorten(project.name, 60),
    }
    caution = _("An allegation is an accusation, not a finding.")
    return Preview(
        title=_("%(name)s: on record") % {"name": shorten(speaker.name, 70)},
        description=shorten(f"{about}: {counted}. {caution}", LIMIT),
    )
