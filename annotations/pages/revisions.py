"""An article's revisions: what changed from each to the next, and between any two."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.core.cache import cache

from annotations.differences import How, Stretch, difference, is_trivial
from annotations.paths import article_path
from reader.access import Seat
from reader.models import Article, Revision
from reader.text import word_count

_KEPT_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Size:
    """Words that a revision took away and brought; a trivial one changed typography, white space
    and paragraphs only."""

    gone: int
    new: int
    is_trivial: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A revision in the list; `size` and `compare_path` are of the step from the one before."""

    number: int
    fetched_at: datetime
    extractor: str
    words: int
    title: str
    has_new_title: bool
    path: str
    compare_path: str
    size: Size | None


@dataclass(frozen=True, slots=True)
class RevisionsPage:
    """Newest first. `trivial` counts those that are folded."""

    seat: Seat
    article: Article
    path: str
    rows: list[Row]
    trivial: int


@dataclass(frozen=True, slots=True)
class Side:
    """One revision of a comparison."""

    number: int
    fetched_at: datetime
    path: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Two revisions: `details` are headline and byline where they differ, `paragraphs` both texts
    in one, `rows` the two beside each other, paragraph by paragraph."""

    seat: Seat
    article: Article
    path: str
    old: Side
    new: Side
    numbers: list[int]
    details: list[list[Stretch]]
    paragraphs: list[list[Stretch]]
    rows: list[tuple[list[Stretch], list[Stretch]]]
    is_same: bool


def revisions_page(seat: Seat, article: Article, revisions: Iterable[Revision]) -> RevisionsPage:
    """The list; `revisions` in their order."""
    found = list(revisions)
    path = article_path(seat.project, article.pk, "revisions")
    rows = [_row(path, None, one) for one in found[:1]]
    rows += [_row(path, before, one) for before, one in pairwise(found)]
    return RevisionsPage(
        seat=seat,
        article=article,
        path=path,
        rows=rows[::-1],
        trivial=sum(1 for row in rows if row.size and row.size.is_trivial),
    )


def compare_page(
    seat: Seat, article: Article, old: Revision, new: Revision, numbers: Sequence[int]
) -> ComparePage:
    """Two revisions compared; `numbers` are those that may be chosen."""
    path = article_path(seat.project, article.pk, "revisions")
    stretches = difference(old.text, new.text)
    details = [
        difference(before, after)
        for before, after in ((old.title, new.title), (old.byline, new.byline))
        if before != after
    ]
    return ComparePage(
        seat=seat,
        article=article,
        path=path,
        old=_side(path, old),
        new=_side(path, new),
        numbers=list(numbers),
        details=details,
        paragraphs=list(_paragraphs(stretches)),
        rows=list(_beside(stretches)),
        is_same=not details and all(one.how == How.SAME for one in stretches),
    )


def size_of(old: Revision, new: Revision) -> Size:
    """How much changed; remembered, since revisions never do."""
    key = f"change:{old.sha256}:{new.sha256}"
    size = cache.get(key)
    if not isinstance(size, Size):
        stretches = difference(old.text, new.text)
        gone, come = (
            sum(word_count(one.text) for one in stretches if one.how == how)
            for how in (How.GONE, How.NEW)
        )
        size = Size(gone, come, is_trivial(old.text, new.text))
        cache.set(key, size, _KEPT_SECONDS)
    return size


def _row(path: str, before: Revision | None, revision: Revision) -> Row:
    return Row(
        number=revision.number,
        fetched_at=revision.fetched_at,
        extractor=revision.extractor,
        words=revision.word_count,
        title=revision.title,
        has_new_title=before is not None and before.title != revision.title,
        path=f"{path}{revision.number}/",
        compare_path=f"{path}compare/?old={before.number}&new={revision.number}" if before else "",
        size=size_of(before, revision) if before else None,
    )


def _side(path: str, revision: Revision) -> Side:
    return Side(revision.number, revision.fetched_at, f"{path}{revision.number}/")


def _paragraphs(stretches: Sequence[Stretch]) -> Iterable[list[Stretch]]:
    paragraph: list[Stretch] = []
    for one in stretches:
        for line in one.text.splitlines(keepends=True):
            if line.strip():
                paragraph.append(Stretch(one.how, line.rstrip("\n")))
            if line.endswith("\n") and paragraph:
                yield paragraph
                paragraph = []
    if paragraph:
        yield paragraph


def _beside(
    stretches: Sequence[Stretch],
) -> Iterable[tuple[list[Stretch], list[Stretch]]]:
    """Rows of old and new words; a row ends where both texts begin another paragraph, and where one
    of them has whole paragraphs that the other has not."""
    left: list[Stretch] = []
    right: list[Stretch] = []
    for one in stretches:
        whole = all(side[-1].text.endswith("\n") for side in (left, right) if side)
        if one.how == How.SAME and (left or right) and whole:
            yield left, right
            left, right = [], []
        if one.how == How.GONE:
            left.append(one)
        elif one.how == How.NEW:
            right.append(one)
        else:
            for line in one.text.splitlines(keepends=True):
                words = Stretch(How.SAME, line.rstrip("\n"))
                if words.text:
                    left.append(words)
                    right.append(words)
                if line.endswith("\n") and (left or right):
                    yield left, right
                    left, right = [], []
    if left or right:
        yield left, right
