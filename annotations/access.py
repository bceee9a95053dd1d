"""Every permission check of the marking half. A stranger gets 404."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from annotations.ledger import Account
from annotations.models import Annotation, Claim, Reply, Share, Speaker, Withdrawal
from annotations.queries.claim_history import is_stated, last_state
from annotations.queries.ledger import accounts
from annotations.queries.revisions import revisions_seen
from annotations.queries.shares import live_share
from annotations.queries.speakers import is_named, is_seen
from reader.access import Seat, Visitor, seat_in
from reader.models import Article, Picture, Project
from reader.queries.pictures import stored_pictures


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


@dataclass(frozen=True)
class ClaimSeat:
    """A claim with its account as the visitor sees it, and their seat in its project. Of one that
    was merged, `claim` is the one that it is read as."""

    claim: Claim
    account: Account
    seat: Seat


def claim_seen(visitor: Visitor, claim_id: int) -> ClaimSeat:
    """A claim that the visitor may see: readers, only what something public says, under this very
    address where it was merged.

    Raises:
        Http404: there is none, or not for this visitor.
    """
    found = Claim.objects.select_related("project", "canonical").filter(pk=claim_id).first()
    if found is None:
        raise Http404
    seat, claim = seat_in(visitor, found.project), found.canonical or found
    seat.require(seat.is_member or claim == found or is_stated(found))
    seen = accounts(found.project, [claim.pk], public=not seat.is_member)
    if not seen:
        raise Http404
    return ClaimSeat(claim, seen[0], seat)


def claim_to_edit(visitor: Visitor, claim_id: int) -> ClaimSeat:
    """A claim that the visitor may word anew, merge, split or tie to others: annotators may, since
    all of it can be undone.

    Raises:
        Http404: there is none, or the visitor may not.
    """
    found = claim_seen(visitor, claim_id)
    found.seat.require(found.seat.may_annotate)
    return found


def claim_itself(visitor: Visitor, claim_id: int) -> Claim:
    """The same of exactly this claim, also where it is merged into another.

    Raises:
        Http404: there is none, or the visitor may not.
    """
    claim_to_edit(visitor, claim_id)
    return Claim.objects.select_related("project").get(pk=claim_id)


@dataclass(frozen=True)
class DeletedClaim:
    """A claim that was deleted, and the visitor's seat in the project that it was in."""

    id: int
    statement: str
    at: datetime
    seat: Seat


def claim_deleted(visitor: Visitor, claim_id: int) -> DeletedClaim:
    """A deleted claim, for members: nothing public spoke of it.

    Raises:
        Http404: there is none, or not for this visitor.
    """
    state = last_state(claim_id)
    project = Project.objects.filter(pk=state.project_id).first() if state else None
    if state is None or project is None:
        raise Http404
    seat = seat_in(visitor, project)
    seat.require(seat.is_member)
    return DeletedClaim(claim_id, state.statement, state.pgh_created_at, seat)


@dataclass(frozen=True)
class SpeakerSeat:
    """A speaker, and the visitor's seat in their project. `speaker` is the one that `asked`, whom
    the address names, is read as: another one where they were merged."""

    asked: Speaker
    speaker: Speaker
    seat: Seat


def speaker_seen(visitor: Visitor, speaker_id: int) -> SpeakerSeat:
    """A speaker whom the visitor may see: readers, only where something public names them, by this
    very name where they were merged.

    Raises:
        Http404: there is none, or not for this visitor.
    """
    found = Speaker.objects.select_related("project", "article", "canonical")
    asked = found.filter(pk=speaker_id).first()
    if asked is None:
        raise Http404
    seat, speaker = seat_in(visitor, asked.project), asked.canonical or asked
    seat.require(seat.is_member or (is_seen(speaker) if speaker == asked else is_named(asked)))
    return SpeakerSeat(asked, speaker, seat)


def picture_in(seat: Seat, article: Article, sha256: str) -> Picture:
    """A picture of an article, for those who see one of the texts that it stands in.

    Raises:
        Http404: there is none with this digest, or not for this seat.
    """
    picture = stored_pictures(article.pk).filter(sha256=sha256).first()
    if picture is None:
        raise Http404
    standing = [["picture", {"src": picture.source}]]
    seat.require(revisions_seen(seat, article).filter(markup__contains=standing).exists())
    return picture


@dataclass(frozen=True)
class OpenShare:
    """A link that works, and what it lets anybody do: read, as somebody outside the project."""

    share: Share
    seat: Seat

    @property
    def project(self) -> Project:
        return self.seat.project


def open_share(code: str) -> OpenShare:
    """The share with this code. Whoever comes, a member too, sees what a reader may see.

    Raises:
        Http404: it is unknown, revoked or expired, or its maker has left the project.
    """
    share = live_share(code)
    if share is None:
        raise Http404
    return OpenShare(share, Seat(AnonymousUser(), share.in_project, None))


def claim_shared(opened: OpenShare, claim: Claim) -> ClaimSeat:
    """The claim that a link shows, or the one that it was merged into.

    Raises:
        Http404: nothing of it is public any more.
    """
    claim = claim.canonical or claim
    seen = accounts(opened.project, [claim.pk], public=True)
    if not seen:
        raise Http404
    return ClaimSeat(claim, seen[0], opened.seat)


def speaker_shared(opened: OpenShare, speaker: Speaker) -> Speaker:
    """The speaker whom a link shows, or the one whom they were merged into.

    Raises:
        Http404: nothing public names them any more.
    """
    speaker = speaker.canonical or speaker
    opened.seat.require(is_seen(speaker))
    return speaker


def share_to_revoke(visitor: Visitor, code: str) -> Share:
    """A share that the visitor made, or may end as a curator.

    Raises:
        Http404: there is none that works, or it is not theirs to end.
    """
    share = live_share(code)
    if share is None:
        raise Http404
    seat = seat_in(visitor, share.in_project)
    seat.require(seat.is_member and (seat.may_curate or share.created_by_id == seat.user.pk))
    return share


def reply_to_decide(visitor: Visitor, reply_id: int) -> tuple[Reply, Seat]:
    """A reply in the queue of a project that the visitor curates.

    Raises:
        Http404: there is none, or the visitor is no curator there.
    """
    reply = Reply.objects.select_related("project").filter(pk=reply_id).first()
    if reply is None:
        raise Http404
    return reply, _curating(visitor, reply.project)


def withdrawal_to_lift(visitor: Visitor, withdrawal_id: int) -> tuple[Withdrawal, Seat]:
    """A withdrawal in a project that the visitor curates.

    Raises:
        Http404: there is none, or the visitor is no curator there.
    """
    withdrawal = Withdrawal.objects.select_related("project").filter(pk=withdrawal_id).first()
    if withdrawal is None:
        raise Http404
    return withdrawal, _curating(visitor, withdrawal.project)


def _curating(visitor: Visitor, project: Project) -> Seat:
    seat = seat_in(visitor, project)
    seat.require(seat.may_curate)
    return seat
