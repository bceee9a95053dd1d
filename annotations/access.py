"""Every permission check of the marking half. A stranger gets 404."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from annotations.models import Annotation
from reader.access import Seat, Visitor, seat_in


@dataclass(frozen=True)
class AnnotationSeat:
    """An annotation, and the visitor's seat in its project."""

    annotation: Annotation
    seat: Seat

    @property
    def may_edit(self) -> bool:
        return may_edit(self.seat, self.annotation.annotator_id)


def may_edit(seat: Seat, annotator_id: int | None) -> bool:
    """Annotators change their own annotations, curators anybody's."""
    if seat.may_curate:
        return True
    return seat.may_annotate and annotator_id is not None and annotator_id == seat.user.pk


def annotation_seen(visitor: Visitor, annotation_id: UUID) -> AnnotationSeat:
    """An annotation that the visitor may see. Deleted ones are seen by members only.

    Raises:
        Http404: there is none, or not for this visitor.
    """
    annotation = (
        Annotation.objects.select_related("project", "article", "article__current_revision")
        .filter(pk=annotation_id)
        .first()
    )
    if annotation is None:
        raise Http404
    seat = seat_in(visitor, annotation.project)
    if annotation.deleted_at and not seat.is_member:
        raise Http404
    return AnnotationSeat(annotation, seat)


def annotation_to_edit(visitor: Visitor, annotation_id: UUID) -> AnnotationSeat:
    """An annotation that the visitor may change; a deleted one must be brought back first.

    Raises:
        Http404: there is none, or the visitor may not.
    """
    found = annotation_seen(visitor, annotation_id)
    found.seat.require(found.may_edit and found.annotation.deleted_at is None)
    return found
