"""Where else the words of a passage stand, sentence by sentence, and what of that is marked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from annotations.models import AnchorMaker, Annotation, Fragment
from annotations.queries.found import TooBroad
from annotations.queries.search_terms import MarksOnArticles, Speakers
from annotations.spans import Extent
from reader.models import Project, Revision
from reader.queries.same_words import Hit, same_words
from reader.sameness import LEAST_WORDS, Levelled, level
from reader.search.limits import TooBroadError
from reader.search.sight import Sight
from reader.text import sentences

MOST_SENTENCES = 12
"""Sentences of a passage that are looked for; the others are not."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence to look for: `text[start:end]`. `is_placed` if `text` is that of the article, so
    that there is something around it."""

    text: str
    start: int
    end: int
    words: Levelled
    is_placed: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A sentence elsewhere, and the annotation of the project that is on it already, if any: one of
    the same kind before others."""

    hit: Hit
    marked: Annotation | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found of a sentence; `is_common` if so many say it that it was not looked for."""

    asked: Asked
    is_common: bool
    standings: list[Standing]


def asked_of(annotation: Annotation) -> list[Asked]:
    """The sentences of a passage that have six words or more, as they were marked. What "she said"
    breaks in two is one."""
    anchor = annotation.anchors.select_related("revision").get(made_by=AnchorMaker.PERSON)
    fragments = list(anchor.fragments.order_by("position"))
    placed = [(one.start, one.end) for one in fragments if one.start is not None and one.end]
    if len(fragments) == 1 and placed:
        return asked_at(anchor.revision, placed[0])
    words = " ".join(one.exact for one in fragments)
    return _asked(words, (0, len(words)), is_placed=False)


def asked_at(revision: Revision, extent: Extent) -> list[Asked]:
    """The sentences between two places of a text that have six words or more."""
    return _asked(revision.text, extent, is_placed=True)


def _asked(text: str, extent: Extent, *, is_placed: bool) -> list[Asked]:
    found = [
        Asked(text, start, end, level(text, start, end), is_placed)
        for start, end in sentences(text, [extent])
    ]
    return [one for one in found if len(one.words) >= LEAST_WORDS][:MOST_SENTENCES]


def elsewhere(
    sight: Sight,
    project: Project,
    asked: Sequence[Asked],
    *,
    but_for: Annotation | tuple[int, Extent],
) -> list[Answer] | TooBroad:
    """Where else each sentence stands, among the articles that `sight` may read whole.

    Args:
        project: whose annotations are looked for; its members ask.
        but_for: what is asked about: an annotation, or a revision's id and a place in it.
    """
    withdrawn = MarksOnArticles(sight, Speakers()).withdrawn()
    try:
        found = same_words(sight, withdrawn, [one.words for one in asked], first=project.pk)
    except TooBroadError:
        return TooBroad()
    kind = but_for.kind if isinstance(but_for, Annotation) else ""
    hits = [hit for one in found for hit in one.hits]
    marks = _marks(project, {hit.revision_id for hit in hits})
    answers = []
    for one, there in zip(asked, found, strict=True):
        standings = []
        for hit in there.hits:
            on_it = [(mark, extent) for extent, mark in marks[hit.revision_id]]
            if not _is_itself(hit, on_it, but_for):
                standings.append(Standing(hit, _marked(hit.extent, on_it, kind)))
        answers.append(Answer(one, there.is_common, standings))
    return answers


def _marks(
    project: Project, revisions: Iterable[int]
) -> dict[int, list[tuple[Extent, Annotation]]]:
    """What the project has marked in these revisions, by revision."""
    rows = Fragment.objects.filter(
        anchor__revision__in=revisions,
        anchor__annotation__project=project,
        anchor__annotation__deleted_at=None,
        start__isnull=False,
    ).select_related("anchor__annotation")
    found: dict[int, list[tuple[Extent, Annotation]]] = defaultdict(list)
    for row in rows.order_by("pk"):
        if row.start is not None and row.end is not None:
            found[row.anchor.revision_id].append(((row.start, row.end), row.anchor.annotation))
    return found


def _is_itself(
    hit: Hit,
    on_it: Iterable[tuple[Annotation, Extent]],
    but_for: Annotation | tuple[int, Extent],
) -> bool:
    if isinstance(but_for, Annotation):
        extents = [extent for mark, extent in on_it if mark == but_for]
    else:
        revision, extent = but_for
        extents = [extent] if revision == hit.revision_id else []
    return any(_shared(hit.extent, extent) for extent in extents)


def _marked(
    extent: Extent, on_it: Iterable[tuple[Annotation, Extent]], kind: str
) -> Annotation | None:
    """The annotation that is on at least half of it: one of this kind, or else the longest."""
    half = (extent[1] - extent[0]) / 2
    shared = [(mark, _shared(extent, other)) for mark, other in on_it]
    enough = [(mark.kind == kind, words, mark) for mark, words in shared if words >= half]
    return max(enough, key=lambda one: one[:2])[2] if enough else None


def _shared(one: Extent, other: Extent) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def article_ids(answers: Iterable[Answer]) -> set[UUID]:
    """The articles in which something was found."""
    return {one.hit.article_id for answer in answers for one in answer.standings}
