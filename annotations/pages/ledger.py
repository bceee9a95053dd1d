"""The ledger of a project: each claim with who alleges, who denies, in which words, since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.answers import Reading
from annotations.ledger import Account, Totals, Voice, voice
from annotations.models import Sought
from annotations.pages.cards import listed, qualifier
from annotations.pages.labels import Labels, labels
from annotations.pages.summary import Line, line, silence
from annotations.pages.timeline import Axis, Mark, axis_of, marks
from annotations.passage import Named, Passage
from annotations.paths import InProject, claim_path
from annotations.queries.answers import reading
from annotations.queries.ledger import Asked, accounts, first_passages, listing
from annotations.timing import Dated, Gap, Span, dated, span
from reader import dates
from reader.access import Seat
from reader.models import Project

NAMES_SHOWN = 5
"""Names in one row; the others are counted."""


@dataclass(frozen=True, slots=True)
class Denial:
    """The first denial: its words and place, `where` its publication, `since` is how long after the
    first allegation, and `voice` whose answer it is. `more` counts the others."""

    line: Line
    when: str
    where: str
    since: str
    voice: str
    more: str


@dataclass(frozen=True, slots=True)
class Row:
    """A claim, in words. `silence` is said where no denial answers: it is about our reading, never
    about the accused. `counts` and `asides` are what was counted, and what counts for nobody."""

    id: str
    path: str
    statement: str
    accusers: str
    is_attributed: bool
    accused: str
    when: str
    first_path: str
    counts: str
    asides: str
    denial: Denial | None
    silence: str
    sought: str
    sought_path: str
    marks: list[Mark]
    numbers: str


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """A page of a ledger; `following` is the claim behind which the next one goes on, or 0."""

    seat: Seat
    project: Project
    reading: Reading
    totals: Totals
    matching: int
    rows: list[Row]
    axis: Axis | None
    following: int


def ledger_page(seat: Seat, asked: Asked, after: int = 0) -> LedgerPage:
    """The page as the visitor may see it, in a constant number of queries."""
    project, public = seat.project, not seat.is_member
    found = listing(project, asked, public=public, after=after)
    several = accounts(project, found.ids, public=public)
    read = reading(project)
    axis = axis_of(Dated(point.on, point.precision) for one in several for point in one.points)
    return LedgerPage(
        seat=seat,
        project=project,
        reading=read,
        totals=found.totals,
        matching=found.matching,
        rows=rows(seat, several, read, axis),
        axis=axis,
        following=found.ids[-1] if found.has_more else 0,
    )


def rows(
    seat: Seat, several: Sequence[Account], read: Reading, axis: Axis | None = None
) -> list[Row]:
    """The claims in words: a query for the passages that they name.

    Args:
        axis: of the timelines, so that those of a page can be compared.
    """
    passages, called = first_passages(several), labels()
    ways = InProject(seat.project)
    return [_row(seat, ways, one, passages, read, axis, called) for one in several]


def _row(
    seat: Seat,
    ways: InProject,
    account: Account,
    passages: Mapping[UUID, Passage],
    read: Reading,
    axis: Axis | None,
    called: Labels,
) -> Row:
    alleged, denied = firsts(account, passages)
    path = claim_path(account.id)
    return Row(
        id=str(account.id),
        path=path,
        statement=account.statement,
        accusers=accusers(account, called),
        is_attributed=bool(account.accusers),
        accused=several_names(account.accused, called),
        when=when_words(when(alleged)) if alleged else "",
        first_path=ways.to_passage(alleged.source.id, alleged.id) if alleged else "",
        counts=_counts(account),
        asides=asides(account, called),
        denial=_denial(ways, account, alleged, denied, called) if denied else None,
        silence="" if denied or not account.is_recorded else silence(read, account.withdrawn),
        sought=sought_words(account),
        sought_path=f"{path}reply/" if seat.may_annotate else "",
        marks=marks(axis, account.points) if axis else [],
        numbers=_numbers(account),
    )


def firsts(
    account: Account, passages: Mapping[UUID, Passage]
) -> tuple[Passage | None, Passage | None]:
    """The first allegation and the first denial of a claim."""
    alleged = passages.get(account.first_alleged) if account.first_alleged else None
    denied = passages.get(account.first_denied) if account.first_denied else None
    return alleged, denied


def when(passage: Passage) -> Dated | None:
    """When it was said, else when its article was published."""
    source = passage.source
    return dated(passage.said_on, source.published_on, source.published_precision)


def since(account: Account, alleged: Passage | None, denied: Passage | None) -> Span:
    """From the first allegation to the first denial; unknown where nobody alleges."""
    made = alleged if account.allegations else None
    return span(when(made) if made else None, when(denied) if denied else None)


def when_words(found: Dated | None) -> str:
    """ "said on 8 May 2024", "published in May 2024", "undated"."""
    if found is None:
        return _("undated")
    date = dates.show(found.on, found.precision)
    if found.is_said:
        return _("said on %(date)s") % {"date": date}
    if found.precision == "day":
        return _("published on %(date)s") % {"date": date}
    return _("published in %(date)s") % {"date": date}


def gap_words(found: Span) -> str:
    """How long after the allegation the denial came, no finer than is known."""
    if found.gap == Gap.DAYS and found.days:
        return ngettext("%(number)s day later", "%(number)s days later", found.days) % {
            "number": found.days
        }
    return {
        Gap.UNKNOWN: _("dates unknown"),
        Gap.BEFORE: _("before the first recorded allegation"),
        Gap.SAME_DAY: _("same day"),
        Gap.SAME_MONTH: _("in the same month"),
        Gap.SAME_YEAR: _("in the same year"),
        Gap.LATER: _("later, by how much is not known"),
    }[found.gap]


def voice_words(found: Voice) -> str:
    """Whose answer a denial is."""
    return {
        Voice.ACCUSED: _("from the accused"),
        Voice.FOR_ACCUSED: _("on behalf of the accused"),
        Voice.THIRD_PARTY: _("from a third party"),
        Voice.UNATTRIBUTED: _("from nobody named"),
        Voice.UNKNOWN: _("nobody is recorded as accused"),
    }[found]


def accusers(account: Account, called: Labels | None = None) -> str:
    """Who alleges it, those beyond the first few counted: "Ida Voss and Bo Lind", "unattributed";
    empty where nobody does."""
    if account.unattributed and not account.accusers:
        return (called or labels()).unattributed
    return several_names(account.accusers, called)


def several_names(several: Sequence[Named], called: Labels | None = None) -> str:
    """Their names in one text, those beyond the first few counted."""
    who = [one.name for one in several]
    more = len(who) - NAMES_SHOWN
    if more > 0:
        others = ngettext("%(number)s other", "%(number)s others", more) % {"number": more}
        who = [*who[:NAMES_SHOWN], others]
    return listed(who, called)


def asides(account: Account, called: Labels | None = None) -> str:
    """What counts for nobody: "2 mentions; 1 report relayed by Ida Voss"."""
    said = []
    if account.unattributed and account.accusers:
        said.append(
            ngettext(
                "%(number)s allegation unattributed",
                "%(number)s allegations unattributed",
                account.unattributed,
            )
            % {"number": account.unattributed}
        )
    if account.relayed:
        said.append(
            ngettext(
                "%(number)s report relayed by %(names)s, who does not allege it",
                "%(number)s reports relayed by %(names)s, who do not allege it",
                account.relayed,
            )
            % {"number": account.relayed, "names": several_names(account.relayers, called)}
        )
    if account.mentions:
        said.append(
            ngettext("%(number)s mention", "%(number)s mentions", account.mentions)
            % {"number": account.mentions}
        )
    return "; ".join(said)


def sought_words(account: Account) -> str:
    """ "reply sought on 8 May 2024"."""
    words = str(Sought(account.sought).label)
    on = dates.show(account.sought_on, "day")
    if not on:
        return words
    return _("%(status)s on %(date)s") % {"status": words, "date": on}


def _denial(
    ways: InProject,
    account: Account,
    alleged: Passage | None,
    denied: Passage,
    called: Labels,
) -> Denial:
    (link,) = (one for one in denied.links if one.claim_id == account.id)
    more = account.denials - 1
    return Denial(
        line=line(ways, denied, None, qualifier(link, called), called),
        when=when_words(when(denied)),
        where=denied.source.publication or denied.source.title,
        since=gap_words(since(account, alleged, denied)) if account.allegations else "",
        voice=voice_words(voice(denied, [one.id for one in account.accused])),
        more=ngettext("%(number)s more denial", "%(number)s more denials", more) % {"number": more}
        if more
        else "",
    )


def _counts(account: Account) -> str:
    """ "2 articles, 2 publications"; empty where nobody alleges it."""
    if not account.allegations:
        return ""
    articles = ngettext("%(number)s article", "%(number)s articles", account.articles)
    publications = ngettext(
        "%(number)s publication", "%(number)s publications", account.publications
    )
    said = [articles % {"number": account.articles}]
    if account.publications:
        said.append(publications % {"number": account.publications})
    return ", ".join(said)


def _numbers(account: Account) -> str:
    """The numbers of the timeline: "3 allegations, 1 denial; 1 undated"; empty for none."""
    if not account.allegations and not account.denials:
        return ""
    allegations = ngettext("%(number)s allegation", "%(number)s allegations", account.allegations)
    denials = ngettext("%(number)s denial", "%(number)s denials", account.denials)
    said = f"{allegations % {'number': account.allegations}}, " + denials % {
        "number": account.denials
    }
    if account.undated:
        undated = ngettext("%(number)s undated", "%(number)s undated", account.undated)
        said += f"; {undated % {'number': account.undated}}"
    return said
