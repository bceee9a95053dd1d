"""The page that shows where else the same words stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.models import Annotation, Kind
from annotations.pages.beside import Beside, Source, beside, reading_path, source_of
from annotations.paths import annotation_path, article_path, passage_path
from annotations.queries.found import TooBroad
from annotations.queries.same_words import (
    Answer,
    Asked,
    Standing,
    article_ids,
    asked_at,
    asked_of,
    elsewhere,
)
from annotations.spans import Extent
from reader.access import Seat
from reader.models import Article, Membership, Project, Role, uuid7
from reader.queries.indexing import is_behind
from reader.queries.stories import copies_of
from reader.sameness import Grade
from reader.search.sight import Sight

SHOWN = 20
"""Places of one grade, for one sentence; the others are counted."""

_TRANSLATED = "translated"


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence elsewhere. `marked_path` leads to the annotation that is on it already; `new_id`
    is for marking it, None where that is not possible. `number` is its key on the page, 0 where
    nothing is marked or can be. `kept_in` is the project to which its article belongs, and where
    alone it can be marked, empty for others; `mark_path` leads there if the reader may mark there.

    `exact` are the words from `start` to `end`, code points of the article's latest revision.
    """

    number: int
    beside: Beside
    also_in: tuple[Source, ...]
    article_id: UUID
    revision: int
    start: int
    end: int
    exact: str
    marked_path: str
    marked_as: str
    is_translated: bool
    new_id: UUID | None
    kept_in: str
    mark_path: str


@dataclass(frozen=True, slots=True)
class Group:
    """Places of one grade; `more` are not shown."""

    grade: Grade
    places: list[Place]
    more: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that was looked for; `notice` says why nothing is shown, if that is so."""

    words: str
    groups: list[Group]
    notice: str


@dataclass(frozen=True, slots=True)
class SameWordsPage:
    """`back` leads to the passage. `kind` is what places are marked as, empty for words that nobody
    has marked. `notice` stands where nothing could be looked for; `is_behind` where some articles
    could not be looked through yet."""

    project: Project
    title: str
    back: str
    kind: str
    mark_path: str
    also_in: tuple[Source, ...]
    sentences: list[Sentence]
    notice: str
    is_behind: bool


def passage_page(seat: Seat, annotation: Annotation) -> SameWordsPage:
    """Where else the sentences of a passage stand, for a member of its project; a constant number
    of queries."""
    return _Making(
        seat=seat,
        article=annotation.article,
        but_for=annotation,
        asked=asked_of(annotation),
        back=passage_path(seat.project, annotation.article_id, annotation.pk),
        annotation=annotation,
    ).page()


def selection_page(seat: Seat, article: Article, extent: Extent) -> SameWordsPage:
    """The same for words of an article's latest revision that nobody has marked."""
    return _Making(
        seat=seat,
        article=article,
        but_for=(article.newest.pk, extent),
        asked=asked_at(article.newest, extent),
        back=article_path(seat.project, article.pk),
    ).page()


@dataclass(frozen=True, slots=True)
class _Making:
    seat: Seat
    article: Article
    but_for: Annotation | tuple[int, Extent]
    asked: list[Asked]
    back: str
    annotation: Annotation | None = None

    @property
    def kind(self) -> str:
        return self.annotation.kind if self.annotation else ""

    def page(self) -> SameWordsPage:
        found: list[Answer] | TooBroad = []
        if self.asked:
            sight = Sight.of(self.seat.visitor)
            found = elsewhere(sight, self.seat.project, self.asked, but_for=self.but_for)
        notice = ""
        if not self.asked:
            notice = _(
                "No sentence of it has six words or more, so it is not looked for elsewhere."
            )
        if isinstance(found, TooBroad):
            found, notice = [], _("That took too long to look for. Try a shorter passage.")
        shown = _Articles(self.seat, self.article, found)
        numbers = count(1)
        return SameWordsPage(
            project=self.seat.project,
            title=self.article.title,
            back=self.back,
            kind=self.kind,
            mark_path=annotation_path(self.annotation.pk, "annotation_mark_elsewhere")
            if self.annotation
            else "",
            also_in=shown.copies(self.article.pk),
            sentences=[self._sentence(answer, shown, numbers) for answer in found],
            notice=notice,
            is_behind=bool(found) and is_behind(),
        )

    def _sentence(self, answer: Answer, shown: "_Articles", numbers: Iterator[int]) -> Sentence:
        groups = []
        for grade in Grade:
            places = sorted(
                (
                    one
                    for one in answer.standings
                    if one.hit.likeness.grade == grade and shown.has(one.hit.article_id)
                ),
                key=lambda one: (
                    -one.hit.likeness.score,
                    shown.of(one.hit.article_id).listed_at,
                    one.hit.article_id,
                    one.hit.start,
                ),
            )
            made = [self._place(answer.asked, one, shown, numbers) for one in places[:SHOWN]]
            if made:
                groups.append(Group(grade, made, len(places) - len(made)))
        notice = ""
        if answer.is_common:
            notice = _("A common phrase: it stands in very many articles and is not looked for.")
        elif not groups:
            notice = _("Nowhere else.")
        asked = answer.asked
        return Sentence(asked.text[asked.start : asked.end], groups, notice)

    def _place(
        self, asked: Asked, standing: Standing, shown: "_Articles", numbers: Iterator[int]
    ) -> Place:
        hit, marked = standing.hit, standing.marked
        article = shown.of(hit.article_id)
        start, end = hit.extent
        marks = self.annotation is not None and self.seat.may_annotate
        is_ours = article.scope_id in (None, self.seat.project.pk)
        may_mark = marks and is_ours and (marked is None or marked.kind != self.kind)
        project = shown.project(hit.project_id)
        there = reading_path(article, project, start)
        kept_in = project if marks and not is_ours else None
        return Place(
            number=next(numbers) if marked or may_mark else 0,
            beside=beside(asked, hit, (self.article, article), (self.back, there)),
            also_in=() if article == self.article else shown.copies(article.pk),
            article_id=article.pk,
            revision=article.newest.number,
            start=start,
            end=end,
            exact=hit.text[start:end],
            marked_path=passage_path(self.seat.project, article.pk, marked.pk) if marked else "",
            marked_as=Kind(marked.kind).noun if marked else "",
            is_translated=any(
                one is not None and _TRANSLATED in one.flags for one in (self.annotation, marked)
            ),
            new_id=uuid7() if may_mark else None,
            kept_in=kept_in.name if kept_in else "",
            mark_path=there if kept_in and kept_in.pk in shown.annotated else "",
        )


class _Articles:
    """The articles and projects that are named on the page, and the ids of those projects that the
    member annotates in: four queries."""

    def __init__(self, seat: Seat, article: Article, answers: Sequence[Answer]) -> None:
        ids = {*article_ids(answers), article.pk}
        self._articles = (
            Article.objects.select_related("publication", "current_revision")
            .defer("current_revision__text", "current_revision__markup", "current_revision__raw")
            .in_bulk(ids)
        )
        self._copies = copies_of(ids)
        places = {one.hit.project_id for answer in answers for one in answer.standings} - {None}
        self._projects = Project.objects.in_bulk(places | {seat.project.pk})
        may_mark = [role for role in Role if role.rank >= Role.ANNOTATOR.rank]
        seats = Membership.objects.filter(user=seat.user, role__in=may_mark)
        self.annotated = set(seats.values_list("project", flat=True))

    def has(self, article_id: UUID) -> bool:
        """It may have been deleted since it was found."""
        return article_id in self._articles

    def of(self, article_id: UUID) -> Article:
        return self._articles[article_id]

    def project(self, project_id: int | None) -> Project | None:
        return self._projects.get(project_id) if project_id else None

    def copies(self, article_id: UUID) -> tuple[Source, ...]:
        """The library's word for word copies of an article, which are shown with it."""
        return tuple(
            source_of(one, reading_path(one, None))
            for one in self._copies.get(article_id, ())
            if one.scope_id is None
        )
