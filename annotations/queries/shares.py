"""Shares that still work, and what their pages show beyond the reading page."""

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from annotations.models import Annotation, ClaimLink, Kind, Share
from annotations.passage import Passage
from annotations.queries.passages import in_public, passages
from annotations.subjects import Subject
from reader.models import Membership, Project

_PROJECT_OF = {
    "project": "project",
    "project_article": "project_article__project",
    "annotation": "annotation__project",
    "claim": "claim__project",
    "speaker": "speaker__project",
}
_WITH_IT = {
    "project": ["project"],
    "project_article": ["project_article__project"],
    "annotation": ["annotation__project"],
    "claim": ["claim__project", "claim__canonical"],
    "speaker": ["speaker__project", "speaker__article", "speaker__canonical__article"],
}


def live_shares() -> QuerySet[Share]:
    """Those not revoked or expired, whose maker is still a member: a link shows nothing that its
    maker may no longer see."""
    return _working(Share.objects.alias(within=Coalesce(*_PROJECT_OF.values())))


def _working(shares: QuerySet[Share]) -> QuerySet[Share]:
    """Those that work, of shares whose project is `within`."""
    maker = Membership.objects.filter(
        user=OuterRef("created_by"), user__is_active=True, project=OuterRef("within")
    )
    return shares.filter(
        Exists(maker),
        Q(expires_at=None) | Q(expires_at__gt=timezone.now()),
        revoked_at=None,
        annotation__deleted_at=None,
    )


def live_share(code: str) -> Share | None:
    """The share with this code and all that it names; None where it does not work (any more): two
    queries. One would have to join the tables of every noun."""
    share = Share.objects.filter(code=code).first()
    if share is None:
        return None
    of_it = Share.objects.alias(within=F(_PROJECT_OF[share.noun])).filter(pk=share.pk)
    return _working(of_it).select_related(*_WITH_IT[share.noun]).first()


def shares_of(subject: Subject) -> QuerySet[Share]:
    """The links to this very thing that work now, newest first."""
    return live_shares().filter(_names(subject)).select_related("created_by")


def _names(subject: Subject) -> Q:
    if subject.article and not subject.annotation:
        return Q(project_article__project=subject.project, project_article__article=subject.article)
    return Q(**(subject.narrowest() or {"project": subject.project}))


def allegations_on(project: Project, claims: Collection[int]) -> list[Passage]:
    """The public allegations that assert one of these claims (after merging)."""
    links = ClaimLink.objects.alias(read_as=Coalesce("claim__canonical_id", "claim_id"))
    linked = links.filter(claim__project=project, read_as__in=claims).values("annotation")
    found = Annotation.objects.filter(project=project, kind=Kind.ALLEGATION, pk__in=linked)
    return passages(in_public(found)) if claims else []
