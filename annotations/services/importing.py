"""Annotations from elsewhere, or back from an export: many at a time, and none of them guessed.

docs/formats.md says what a row may hold, and how it finds its article and its words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef

from annotations.formats.fields import NotReadable
from annotations.formats.records import AnnotationRecord, ClaimRecord, Record, SpeakerRecord
from annotations.models import (
    Anchor,
    AnchorMaker,
    Annotation,
    Attribution,
    ClaimLink,
    Fragment,
)
from annotations.services.found_articles import FoundArticles
from annotations.services.imported_rows import (
    Ready,
    annotation_of,
    attributions_of,
    links_of,
    make_ready,
)
from annotations.services.known_names import KnownNames
from annotations.services.placing import put_in
from annotations.services.reanchoring import expect_reanchoring
from reader.models import Membership, Project, Role, User
from reader.services.errors import Refused
from reader.services.projects import lock, touch

BATCH = 500
"""Rows to a transaction."""

IMPORTER = "import@localhost"
"""The account that an annotation belongs to where no member is known to have made it."""


class Result(StrEnum):
    """What became of a row.

    PLACED is an import at a place found by the words alone: the row names no text, or another.
    NOTED is a row that is no annotation.
    """

    IMPORTED = "imported"
    PLACED = "placed"
    UNCHANGED = "unchanged"
    NOTED = "noted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the row in line `line`, and, where it was refused, why."""

    line: int
    result: Result
    reason: str = ""


Content = Record | NotReadable | None
"""What a line holds; None for a record of an unknown kind."""

Line = tuple[int, Content]
"""The number of a line, and what it holds."""


def import_annotations(
    project: Project, lines: Iterable[Line], annotator: User | None = None
) -> Iterator[Outcome]:
    """Take annotations into a project, with the speakers and claims they name.

    A batch is a transaction; a row that is refused stops nothing else. A row that has been
    imported before, or that is one of the project's own, is left as it is here.

    Args:
        annotator: whose annotations they become. Without one they stay with the members who made
            them, as far as these may annotate here, and the rest belongs to a locked account.
    """
    importer = _Importer(project, annotator)
    rows = iter(lines)
    while batch := list(islice(rows, BATCH)):
        yield from importer.take(batch)


def annotator_called(project: Project, email: str) -> User:
    """The member with this address.

    Raises:
        Refused: nobody with this address may annotate in the project.
    """
    found = _annotators(project).get(email.strip().lower())
    if found is None:
        raise Refused(f"Nobody with the address “{email}” may annotate in {project.slug}.")
    return found


def _annotators(project: Project) -> dict[str, User]:
    members = Membership.objects.filter(project=project).exclude(role=Role.VIEWER)
    return {one.user.email.lower(): one.user for one in members.select_related("user")}


def _locked_account() -> User:
    """An account that nobody can sign in to."""
    found = User.objects.filter(email=IMPORTER).first()
    return found or User.objects.create_user(IMPORTER, name="Import", is_active=False)


class _Importer:
    def __init__(self, project: Project, annotator: User | None) -> None:
        self._project = project
        self._annotator = annotator
        self._annotators = _annotators(project)
        self._articles = FoundArticles(project)
        self._names = KnownNames(project, annotator)

    @transaction.atomic
    def take(self, batch: Sequence[Line]) -> list[Outcome]:
        lock(self._project.pk)  # two imports of one file make one of each annotation
        outcomes: list[Outcome] = []
        ready: list[Ready] = []
        for line, record in batch:
            try:
                if isinstance(record, NotReadable):
                    raise Refused(str(record))
                if isinstance(record, AnnotationRecord):
                    ready.append(make_ready(line, record, self._project, self._articles))
                else:
                    self._note(record)
                    outcomes.append(Outcome(line, Result.NOTED))
            except Refused as refused:
                outcomes.append(Outcome(line, Result.REFUSED, refused.message))
        outcomes += self._sort_out(ready)
        touch(self._project)
        return sorted(outcomes, key=lambda one: one.line)

    def _note(self, record: Record | None) -> None:
        if isinstance(record, SpeakerRecord):
            article = self._articles.article(record.article) if record.article else None
            self._names.keep_speaker(record, article)
        elif isinstance(record, ClaimRecord):
            self._names.keep_claim(record)

    def _sort_out(self, ready: Sequence[Ready]) -> Iterator[Outcome]:
        """Write the rows that are not here yet."""
        here = _already_here({pk for one in ready for pk in (one.own_id, one.new_id) if pk})
        new: list[tuple[UUID, Ready]] = []
        for one in ready:
            pk, known = self._identify(one, here)
            if known is None:
                here[pk] = _Known(self._project.pk, one.record.kind, one.words)
                new.append((pk, one))
                result = Result.IMPORTED if one.certain else Result.PLACED
                yield Outcome(one.line, result)
            elif (known.kind, known.words) == (one.record.kind, one.words):
                yield Outcome(one.line, Result.UNCHANGED)
            else:
                yield Outcome(
                    one.line,
                    Result.REFUSED,
                    f"The annotation “{one.record.id}” is here already, as {known.kind} of "
                    f"“{' […] '.join(known.words)[:60]}”; it was left as it is.",
                )
        self._write(new)

    def _identify(self, one: Ready, here: dict[UUID, "_Known"]) -> tuple[UUID, "_Known | None"]:
        """The row's id in this project, and what is known under it."""
        if one.own_id is not None:
            known = here.get(one.own_id)
            if known is None or known.project_id == self._project.pk:
                return one.own_id, known
        return one.new_id, here.get(one.new_id)

    def _write(self, new: Sequence[tuple[UUID, Ready]]) -> None:
        Annotation.objects.bulk_create(
            annotation_of(one, pk, self._project, self._whose(one.record)) for pk, one in new
        )
        anchors = Anchor.objects.bulk_create(
            Anchor(annotation_id=pk, revision=one.revision) for pk, one in new
        )
        Fragment.objects.bulk_create(
            Fragment(anchor=anchor, position=position, start=start, end=end, exact=words)
            for anchor, (_, one) in zip(anchors, new, strict=True)
            for position, ((start, end), words) in enumerate(
                zip(one.extents, one.words, strict=True)
            )
        )
        Attribution.objects.bulk_create(
            who for pk, one in new for who in attributions_of(one, pk, self._names)
        )
        ClaimLink.objects.bulk_create(
            link for pk, one in new for link in links_of(one, pk, self._names)
        )
        for article in {one.article for _, one in new}:
            put_in(self._project, article, self._annotator)
        earlier = [one for _, one in new if one.revision.pk != one.article.current_revision_id]
        for article in {one.article for one in earlier}:
            expect_reanchoring(article.pk)

    def _whose(self, record: AnnotationRecord) -> User:
        if self._annotator:
            return self._annotator
        email = record.annotator.email.lower() if record.annotator else ""
        if email not in self._annotators:
            return self._annotators.setdefault(IMPORTER, _locked_account())
        return self._annotators[email]


@dataclass(frozen=True, slots=True)
class _Known:
    """An annotation that is in the database, or comes with the same batch."""

    project_id: int
    kind: str
    words: list[str]


def _already_here(ids: Iterable[UUID]) -> dict[UUID, _Known]:
    fragments = Fragment.objects.filter(
        anchor__annotation=OuterRef("pk"), anchor__made_by=AnchorMaker.PERSON
    )
    rows = (
        Annotation.objects.filter(pk__in=list(ids))
        .annotate(words=ArraySubquery(fragments.order_by("position").values("exact")))
        .values_list("pk", "project_id", "kind", "words")
    )
    return {pk: _Known(project, kind, words) for pk, project, kind, words in rows}
