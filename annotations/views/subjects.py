"""From an address to what can be shared, replied to or withdrawn."""

from uuid import UUID

from django.http import Http404

from annotations.access import OpenShare, annotation_seen, claim_seen, speaker_seen
from annotations.models import Annotation
from annotations.subjects import Subject
from annotations.views.reading import seat_for
from reader.access import Visitor, article_in, seat


def project_subject(visitor: Visitor, slug: str) -> Subject:
    """A project that the visitor may open.

    Raises:
        Http404: there is none, or not for this visitor.
    """
    return Subject(seat(visitor, slug))


def article_subject(visitor: Visitor, slug: str | None, article_id: UUID) -> Subject:
    """An article in a project, or, without a slug, in the visitor's own.

    Raises:
        Http404: there is none, or not for this visitor.
    """
    where = seat_for(visitor, slug)
    return Subject(where, article_in(where, article_id))


def annotation_subject(visitor: Visitor, annotation_id: UUID) -> Subject:
    """An annotation that is not deleted.

    Raises:
        Http404: there is none, or not for this visitor.
    """
    found = annotation_seen(visitor, annotation_id)
    if found.annotation.deleted_at:
        raise Http404
    return Subject(found.seat, found.annotation.article, found.annotation)


def claim_subject(visitor: Visitor, claim_id: int) -> Subject:
    """A claim that the visitor may see; one that was merged is the one that it is read as.

    Raises:
        Http404: there is none, or not for this visitor.
    """
    found = claim_seen(visitor, claim_id)
    return Subject(found.seat, claim=found.claim)


def speaker_subject(visitor: Visitor, speaker_id: int) -> Subject:
    """A speaker whom the visitor may see; one who was merged is the one whom they are read as.

    Raises:
        Http404: there is none, or not for this visitor.
    """
    found = speaker_seen(visitor, speaker_id)
    return Subject(found.seat, speaker=found.speaker)


def shared_subject(opened: OpenShare, annotation_id: str = "", article_id: str = "") -> Subject:
    """What a link shows, or the part of it that is named.

    Raises:
        Http404: the part is not one of what is shared.
    """
    share, where = opened.share, opened.seat
    within = Annotation.objects.filter(project=opened.project, deleted_at=None)
    if share.annotation:
        annotation_id = annotation_id or str(share.annotation.pk)
        within = within.filter(pk=share.annotation.pk)
    elif share.project_article:
        article_id = str(share.project_article.article_id)
        within = within.filter(article=share.project_article.article_id)
    elif share.project is None:
        # Replies are to passages, pages and projects: of a claim or a speaker, to the project.
        return Subject(where)
    if annotation_id:
        annotation = within.filter(pk=_uuid(annotation_id)).first()
        if annotation is None:
            raise Http404
        return Subject(where, article_in(where, annotation.article_id), annotation)
    return Subject(where, article_in(where, _uuid(article_id)) if article_id else None)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
