"""The list of what is not yet linked to a claim."""

from dataclasses import dataclass
from uuid import UUID

from annotations.access import may_edit
from annotations.pages.cards import who
from annotations.pages.labels import labels
from annotations.pages.preview import shorten
from annotations.passage import Passage
from annotations.paths import article_path, editing_path, passage_path
from annotations.queries.unlinked import MOST_COUNTED, unlinked_count, unlinked_page
from reader import dates
from reader.access import Seat
from reader.models import Project

_WORDS = 240


@dataclass(frozen=True, slots=True)
class Line:
    """One passage. `path` opens its editor beside the article; for those who may not change it, it
    leads to the passage."""

    id: UUID
    kind: str
    kind_label: str
    letter: str
    who: str
    words: str
    where: str
    article_title: str
    article_path: str
    path: str
    may_edit: bool


@dataclass(frozen=True, slots=True)
class UnlinkedPage:
    """`count` is how many there are, `counted_up` whether there may be more than that; `more` the
    address of the next page, empty on the last."""

    seat: Seat
    project: Project
    lines: list[Line]
    count: int
    counted_up: bool
    more: str


def unlinked_list(seat: Seat, before: UUID | None = None) -> UnlinkedPage:
    """A page of the list, the newest mark first, behind the passage `before`: three queries."""
    found, has_more = unlinked_page(seat.project, before)
    count = unlinked_count(seat.project)
    return UnlinkedPage(
        seat=seat,
        project=seat.project,
        lines=[_line(seat, one) for one in found],
        count=count,
        counted_up=count == MOST_COUNTED,
        more=f"?before={found[-1].id}" if has_more else "",
    )


def _line(seat: Seat, passage: Passage) -> Line:
    source, project = passage.source, seat.project
    published = dates.show(source.published_on, source.published_precision)
    editable = may_edit(seat, passage.annotator_id)
    to = editing_path if editable else passage_path
    return Line(
        id=passage.id,
        kind=passage.kind,
        kind_label=labels().kinds[passage.kind],
        letter=passage.kind[0].upper(),
        who=who(passage),
        words=shorten(passage.words, _WORDS),
        where=", ".join(filter(None, [source.publication, published])),
        article_title=source.title,
        article_path=article_path(project, source.id),
        path=to(project, source.id, passage.id),
        may_edit=editable,
    )
