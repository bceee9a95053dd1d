"""Marking: annotations come to be, go, and come back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import (
    Anchor,
    Annotation,
    Attribution,
    ClaimLink,
    Fragment,
    Kind,
    Origin,
)
from annotations.queries.gone import is_seen_denial
from annotations.services.places import Place, checked, marked_anchor
from annotations.services.placing import put_in
from annotations.services.reanchoring import reanchor_article
from annotations.spans import Extent
from annotations.typed import line
from annotations.wording import suggest_wording
from reader.models import Article, Project, Revision, User
from reader.services.errors import Conflict, Refused
from reader.services.projects import touch as touch_project

MAX_REASON = 300
"""Characters of a reason."""


@dataclass(frozen=True, slots=True)
class Marked:
    """An annotation, and whether this call made it (a repeated one does not)."""

    annotation: Annotation
    is_new: bool


@transaction.atomic
def mark(
    project: Project,
    article: Article,
    revision: Revision,
    annotator: User | None,
    *,
    id: UUID,  # noqa: A002  # the annotation's id, issued with the form
    kind: str,
    places: Sequence[Place],
    wording: str = "",
    origin: Origin = Origin.HAND,
    origin_id: str = "",
) -> Marked:
    """Mark words of a revision. Sending the same id twice makes one annotation.

    Raises:
        Refused: the kind is unknown, the places don't hold the words, or the id is another's.
    """
    if kind not in Kind.values:
        raise Refused(_("Choose quote, allegation or denial."), "kind")
    extents = checked(revision, places)
    annotation = Annotation(
        id=id,
        project=project,
        article=article,
        annotator=annotator,
        kind=kind,
        wording=wording or suggest_wording(revision.text, extents[0][0], extents[0][1]),
        origin=origin,
        origin_id=origin_id,
    )
    try:
        with transaction.atomic():
            annotation.save(force_insert=True)
    except IntegrityError:
        return Marked(_same(annotation, extents), is_new=False)
    anchor = Anchor.objects.create(annotation=annotation, revision=revision)
    write_fragments(anchor, revision, extents)
    if article.current_revision_id != revision.pk:
        # The article changed while it was read.
        reanchor_article(article.pk)
    put_in(project, article, annotator)
    if kind == Kind.DENIAL:
        touch_project(project)
    return Marked(annotation, is_new=True)


def _same(sent: Annotation, extents: Sequence[Extent]) -> Annotation:
    """What an earlier sending of the same form made; it may have been edited since."""
    earlier = Annotation.objects.filter(
        pk=sent.pk, project=sent.project, article=sent.article, annotator=sent.annotator
    ).first()
    if earlier is None or (
        earlier.version == 1
        and (earlier.kind, extents_of(marked_anchor(earlier))) != (sent.kind, list(extents))
    ):
        raise Refused(_("This form was used for another annotation. Reload the page."), "id")
    return earlier


def extents_of(anchor: Anchor) -> list[Extent]:
    """The places of its fragments, but for lost ones."""
    places = anchor.fragments.order_by("position").values_list("start", "end")
    return [(start, end) for start, end in places if start is not None and end is not None]


@transaction.atomic
def mark_again(source: Annotation, kind: str, *, id: UUID, annotator: User) -> Marked:  # noqa: A002
    """Another annotation, of another kind, on the same words: attributions and wording come along.

    Raises:
        Refused: as in `mark`.
    """
    anchor = marked_anchor(source)
    marked = mark(
        source.project,
        source.article,
        anchor.revision,
        annotator,
        id=id,
        kind=kind,
        places=[
            Place(start, end, anchor.revision.text[start:end]) for start, end in extents_of(anchor)
        ],
        wording=source.wording,
    )
    if marked.is_new:
        Annotation.objects.filter(pk=id).update(
            cue=source.cue, said_on=source.said_on, flags=source.flags
        )
        Attribution.objects.bulk_create(
            Attribution(
                annotation_id=id, speaker_id=one.speaker_id, role=one.role, position=one.position
            )
            for one in source.attributions.exclude(role="target")
        )
    return marked


@transaction.atomic
def delete(annotation_id: UUID, version: int | None = None, reason: str = "") -> Annotation:
    """Take an annotation off the page; `restore` brings it back.

    Args:
        reason: why, for a linked denial that readers could see: they are told of it from then on.

    Raises:
        Conflict: it was changed since `version`.
        Refused: the reason is missing, or longer than its field.
    """
    annotation, reason = locked(annotation_id, version), line(reason)
    if annotation.deleted_at:
        return annotation
    if not reason and is_seen_denial(annotation.pk):
        raise Refused(_("Give a reason: readers are told it in place of the denial."), "reason")
    if len(reason) > MAX_REASON:
        raise Refused(_("Give the reason in %(most)s characters.") % {"most": MAX_REASON}, "reason")
    annotation.deleted_reason = reason
    return _set_deleted(annotation, timezone.now())


@transaction.atomic
def restore(annotation_id: UUID) -> Annotation:
    """Undo a deletion; the article may have left the project meanwhile, and comes back with it."""
    annotation = locked(annotation_id)
    annotation.deleted_reason = ""
    put_in(annotation.project, annotation.article, annotation.annotator)
    return _set_deleted(annotation, None)


def _set_deleted(annotation: Annotation, moment: datetime | None) -> Annotation:
    if (annotation.deleted_at is None) != (moment is None):
        annotation.deleted_at = moment
        annotation.save(update_fields=["deleted_at", "deleted_reason"])
        touch(annotation)
    return annotation


def locked(annotation_id: UUID, version: int | None = None) -> Annotation:
    """The annotation, locked until the transaction ends.

    Raises:
        Conflict: it is no longer at `version`.
    """
    annotation = (
        Annotation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("project", "article")
        .get(pk=annotation_id)
    )
    if version is not None and annotation.version != version:
        raise Conflict(annotation)
    return annotation


def lock_passages(ids: Collection[UUID]) -> None:
    """Nobody edits them until the transaction ends. In their order: two may take several each."""
    passages = Annotation.objects.filter(pk__in=ids).order_by("pk")
    list(passages.select_for_update(no_key=True).values_list("pk"))


def touch(annotation: Annotation) -> None:
    """Note that the annotation, or something that belongs to it, has changed."""
    annotation.version += 1
    annotation.save(update_fields=["version", "updated_at"])
    linked = ClaimLink.objects.filter(annotation=annotation).exists()
    if annotation.kind == Kind.DENIAL or linked:
        touch_project(annotation.project)


def write_fragments(anchor: Anchor, revision: Revision, extents: Sequence[Extent]) -> None:
    Fragment.objects.bulk_create(
        Fragment(
            anchor=anchor, position=position, start=start, end=end, exact=revision.text[start:end]
        )
        for position, (start, end) in enumerate(extents)
    )
