"""The ledger as files for people: a table (CSV) and JSON, written some claims at a time."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from io import StringIO

from annotations.answers import Reading
from annotations.ledger import Account, voice
from annotations.pages.ledger import firsts, since, when
from annotations.pages.ledger_words import gap_words
from annotations.pages.summary import gone_words, silence
from annotations.passage import Named, Passage
from annotations.paths import annotation_path, claim_path
from annotations.queries.answers import reading
from annotations.queries.ledger import Asked, every_account, first_passages, listing
from annotations.timing import Dated, Gap
from reader import dates
from reader.access import Seat

CAUTION = "An allegation is an accusation, not a finding."


@dataclass(frozen=True, slots=True)
class FileRow:
    """A claim in a file. Dates are as precise as they were given; `…_date_is` says which date it
    is, "said" or "published". Either a denial is there, or what became of it, or `silence` says
    that none is recorded.

    `days_to_first_denial` only where both days are known and the denial did not come before.
    """

    alleged: str
    alleged_by: tuple[str, ...]
    unattributed_allegations: int
    against: tuple[str, ...]
    first_alleged: str
    first_alleged_date_is: str
    allegations: int
    articles: int
    publications: int
    denied_by: tuple[str, ...]
    first_denied: str
    first_denied_date_is: str
    first_denial_words: str
    first_denial_scope: str
    first_denial_part: str
    first_denial_unsure: bool
    first_denial_from: str
    first_denial_article: str
    first_denial_publication: str
    first_denial_address: str
    time_to_first_denial: str
    days_to_first_denial: int | None
    denials: int
    denials_shown_no_longer: tuple[str, ...]
    silence: str
    reply_status: str
    reply_on: str
    mentions: int
    relayed_reports: int
    relayed_by: tuple[str, ...]
    undated: int
    address: str


COLUMNS = tuple(FileRow.__dataclass_fields__)

Absolute = Callable[[str], str]
"""From a path to a whole address."""


def file_rows(seat: Seat, asked: Asked, absolute: Absolute) -> Iterator[list[FileRow]]:
    """All claims that match, as the visitor may see them, some at a time."""
    read = reading(seat.project)
    for several in every_account(seat.project, asked, public=not seat.is_member):
        passages = first_passages(several)
        yield [_row(one, *firsts(one, passages), read, absolute) for one in several]


def as_csv(seat: Seat, asked: Asked, absolute: Absolute) -> Iterator[bytes]:
    """A table with a line for each claim; several names in a cell are separated by semicolons."""
    yield _lines([COLUMNS])
    for several in file_rows(seat, asked, absolute):
        yield _lines([_cell(getattr(row, name)) for name in COLUMNS] for row in several)


def as_json(seat: Seat, asked: Asked, absolute: Absolute) -> Iterator[bytes]:
    """One object: what was read, the totals, and the claims."""
    read, project = reading(seat.project), seat.project
    totals = listing(project, asked, public=not seat.is_member, limit=0).totals
    head = {
        "project": project.slug,
        "caution": CAUTION,
        "articles_read": read.articles,
        "latest_article": dates.machine(read.latest, read.latest_precision),
        # As on the page: claims whose denial is gone, or that nobody was read to allege.
        "totals": asdict(totals) | {"neither": totals.neither},
    }
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "claims": ['
    separator = ""
    for several in file_rows(seat, asked, absolute):
        for row in several:
            yield f"{separator}\n{json.dumps(asdict(row), ensure_ascii=False)}".encode()
            separator = ","
    yield b"\n]}\n"


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A kind of file, and what writes it."""

    media_type: str
    write: Callable[[Seat, Asked, Absolute], Iterator[bytes]]


FILES = {
    "csv": LedgerFile("text/csv; charset=utf-8", as_csv),
    "json": LedgerFile("application/json", as_json),
}
"""By the extension of the address."""


def _row(
    account: Account,
    alleged: Passage | None,
    denied: Passage | None,
    read: Reading,
    absolute: Absolute,
) -> FileRow:
    gap = since(account, alleged, denied)
    link = (
        next((one for one in denied.links if one.claim_id == account.id), None) if denied else None
    )
    begun, answered = _when(alleged), _when(denied)
    return FileRow(
        alleged=account.statement,
        alleged_by=_names(account.accusers),
        unattributed_allegations=account.unattributed,
        against=_names(account.accused),
        first_alleged=_machine(begun),
        first_alleged_date_is=_which(begun),
        allegations=account.allegations,
        articles=account.articles,
        publications=account.publications,
        denied_by=_names(account.deniers),
        first_denied=_machine(answered),
        first_denied_date_is=_which(answered),
        first_denial_words=denied.words if denied else "",
        first_denial_scope=link.scope if link else "",
        first_denial_part=link.part if link else "",
        first_denial_unsure=bool(link and link.unsure),
        first_denial_from=voice(denied, [one.id for one in account.accused]) if denied else "",
        first_denial_article=denied.source.title if denied else "",
        first_denial_publication=denied.source.publication if denied else "",
        first_denial_address=absolute(annotation_path(denied.id)) if denied else "",
        time_to_first_denial=gap_words(gap) if denied and account.allegations else "",
        days_to_first_denial=0 if gap.gap == Gap.SAME_DAY else gap.days,
        denials=account.denials,
        denials_shown_no_longer=gone_words(account.gone),
        silence=silence(read) if account.is_unanswered else "",
        reply_status=account.sought,
        reply_on=account.sought_on.isoformat() if account.sought_on else "",
        mentions=account.mentions,
        relayed_reports=account.relayed,
        relayed_by=_names(account.relayers),
        undated=account.undated,
        address=absolute(claim_path(account.id)),
    )


def _when(passage: Passage | None) -> Dated | None:
    return when(passage) if passage else None


def _machine(one: Dated | None) -> str:
    return dates.machine(one.on, one.precision) if one else ""


def _which(one: Dated | None) -> str:
    if one is None:
        return ""
    return "said" if one.is_said else "published"


def _names(several: Sequence[Named]) -> tuple[str, ...]:
    return tuple(one.name for one in several)


def _lines(rows: Iterable[Iterable[object]]) -> bytes:
    out = StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def _cell(value: object) -> object:
    """As a spreadsheet takes it: words that it would run as a formula get an apostrophe before
    them (OWASP, CSV injection)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, tuple):
        value = "; ".join(value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
