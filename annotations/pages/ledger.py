"""The ledger of a project: each claim with who alleges, who denies, in which words, since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from annotations import timing
from annotations.answers import Reading
from annotations.ledger import Account, Totals, voice
from annotations.pages.cards import qualifier
from annotations.pages.claim_kin import kin_words
from annotations.pages.labels import Labels, labels
from annotations.pages.ledger_words import (
    accusers,
    asides,
    counts,
    gap_words,
    numbers,
    several_names,
    sought_words,
    voice_words,
    when_words,
)
from annotations.pages.linked_names import linked_said_by
from annotations.pages.summary import Line, gone_words, line, more_denials, silence
from annotations.pages.timeline import Axis, Mark, axis_of, marks
from annotations.passage import Passage
from annotations.paths import InProject, Ways
from annotations.queries.answers import reading
from annotations.queries.ledger import Asked, accounts, first_passages, listing
from annotations.timing import Dated, Gap, Span, Told, dated
from reader.access import Seat
from reader.models import Project


@dataclass(frozen=True, slots=True)
class Denial:
    """The first denial: its words and place, `where` its publication, `since` is how long after the
    first allegation, and `voice` whose answer it is. `said_by` is HTML with links. `more` counts
    the others."""

    line: Line
    said_by: str
    when: str
    where: str
    since: str
    voice: str
    more: str


@dataclass(frozen=True, slots=True)
class Row:
    """A claim, in words. `gone` is said of denials that are shown no longer, `silence` where none
    ever answered: it is about our reading, never about the accused. `counts` and `asides` are what
    was counted, and what counts for nobody."""

    id: str
    path: str
    statement: str
    accusers: str
    accusers_html: str
    is_attributed: bool
    accused: str
    accused_html: str
    when: str
    is_dated: bool
    first_path: str
    counts: str
    asides: str
    denial: Denial | None
    gone: tuple[str, ...]
    silence: str
    sought: str
    sought_path: str
    marks: list[Mark]
    numbers: str
    kin: str = ""


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """A page of a ledger; `ends` are the first and last day of its timelines, `following` is the
    claim behind which the next page goes on, or 0."""

    seat: Seat
    project: Project
    reading: Reading
    totals: Totals
    matching: int
    rows: list[Row]
    ends: tuple[str, str] | None
    following: int


def ledger_page(seat: Seat, asked: Asked, after: int = 0) -> LedgerPage:
    """The page as the visitor may see it, in a constant number of queries."""
    project, public = seat.project, not seat.is_member
    found = listing(project, asked, public=public, after=after)
    several = accounts(project, found.ids, public=public)
    read = reading(project)
    kin = kin_words(seat, found.ids)
    axis = axis_of(Dated(point.on, point.precision) for one in several for point in one.points)
    return LedgerPage(
        seat=seat,
        project=project,
        reading=read,
        totals=found.totals,
        matching=found.matching,
        rows=[
            replace(row, kin=kin[one.id]) if one.id in kin else row
            for one, row in zip(several, rows(seat, several, read, axis), strict=True)
        ],
        ends=axis.ends if axis else None,
        following=found.ids[-1] if found.has_more else 0,
    )


def rows(
    seat: Seat,
    several: Sequence[Account],
    read: Reading,
    axis: Axis | None = None,
    ways: Ways | None = None,
) -> list[Row]:
    """The claims in words: a query for the passages that they name.

    Args:
        axis: of the timelines, so that those of a page can be compared.
        ways: where links may lead; without it, anywhere in the project.
    """
    passages, called = first_passages(several), labels()
    ways = ways or InProject(seat.project)
    return [_row(seat, ways, one, passages, read, axis, called) for one in several]


def _row(
    seat: Seat,
    ways: Ways,
    account: Account,
    passages: Mapping[UUID, Passage],
    read: Reading,
    axis: Axis | None,
    called: Labels,
) -> Row:
    alleged, denied = firsts(account, passages)
    path = ways.to_claim(account.id)
    return Row(
        id=str(account.id),
        path=path,
        statement=account.statement,
        accusers=accusers(account, called),
        accusers_html=accusers(account, called, ways),
        is_attributed=bool(account.accusers),
        accused=several_names(account.accused, called),
        accused_html=several_names(account.accused, called, ways),
        when=when_words(when(alleged)) if alleged else "",
        is_dated=bool(alleged and when(alleged)),
        first_path=ways.to_passage(alleged.source.id, alleged.id) if alleged else "",
        counts=counts(account),
        asides=asides(account, called),
        denial=_denial(ways, account, alleged, denied, called) if denied else None,
        gone=gone_words(account.gone),
        silence=silence(read) if account.is_unanswered else "",
        sought=sought_words(account.sought, account.sought_on),
        sought_path=f"{path}reply/" if seat.may_annotate else "",
        marks=marks(axis, account.points) if axis else [],
        numbers=numbers(account),
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
    if alleged is None or denied is None or not account.allegations:
        return Span(Gap.UNKNOWN)
    return timing.since(_told(alleged), _told(denied))


def _told(passage: Passage) -> Told:
    source = passage.source
    return Told(
        said=dated(passage.said_on, None, ""),
        published=dated(None, source.published_on, source.published_precision),
        article=source.id,
    )


def _denial(
    ways: Ways,
    account: Account,
    alleged: Passage | None,
    denied: Passage,
    called: Labels,
) -> Denial:
    (link,) = (one for one in denied.links if one.claim_id == account.id)
    return Denial(
        line=line(ways, denied, None, qualifier(link, called), called),
        said_by=linked_said_by(denied, ways, called),
        when=when_words(when(denied)),
        where=denied.source.publication or denied.source.title,
        since=gap_words(since(account, alleged, denied)) if account.allegations else "",
        voice=voice_words(voice(denied, [one.id for one in account.accused])),
        more=more_denials(account.denials - 1),
    )
