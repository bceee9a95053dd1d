"""The denials that travel with allegations."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from annotations.answers import Accusation, Reading, answer
from annotations.models import Annotation, Claim, ClaimLink, Kind, Withdrawal
from annotations.passage import Passage
from annotations.queries.passages import in_public, is_public, passages
from reader.models import Project, ProjectArticle


def accusations(
    project: Project, allegations: Sequence[Passage], *, public: bool
) -> list[Accusation]:
    """Each allegation with its denials: two queries, three where something is withdrawn from
    public view, none without allegations.

    Args:
        project: whose reading it is; denials of other projects never count.
        allegations: passages of this project; other kinds are passed over.
        public: leave out what is withdrawn from public view, and only count it.
    """
    wanted = [one for one in allegations if one.kind == Kind.ALLEGATION]
    if not wanted:
        return []
    claims = {claim for one in wanted for claim in one.claim_ids}
    articles: set[UUID] = {one.source.id for one in wanted}
    read_as = Q(pk__in=claims, canonical=None) | Q(canonical__in=claims)
    linked = ClaimLink.objects.filter(claim__in=Claim.objects.filter(read_as, project=project))
    here = Annotation.objects.filter(article__in=articles, kind=Kind.DENIAL)
    # One set of ids, since for an "or" Postgres would go through all annotations of the project.
    either = linked.order_by().values("annotation").union(here.values("pk"))
    denials = Annotation.objects.filter(pk__in=either, project=project, kind=Kind.DENIAL)
    if not public:
        return answer(wanted, passages(denials), reading(project))
    read, has_withdrawals = _read(project)
    if not has_withdrawals:
        return answer(wanted, passages(denials), read)
    hidden = passages(denials.exclude(is_public()))
    return answer(wanted, passages(in_public(denials)), read, hidden)


def reading(project: Project) -> Reading:
    """How many articles a project holds, and the latest date that one of them gives."""
    return _read(project)[0]


def _read(project: Project) -> tuple[Reading, bool]:
    """What a project has read, and whether any of it is withdrawn from public view."""
    live = Withdrawal.objects.filter(project=project, lifted_at=None)
    # Where an article gives a date, its place in the list is by that date: the first in the list
    # that gives one has the latest.
    dated = ProjectArticle.objects.filter(
        project=OuterRef("pk"), article__published_on__isnull=False
    ).order_by("-listed_at", "-article")
    articles, latest, precision, has_withdrawals = (
        Project.objects.filter(pk=project.pk)
        .values_list(
            Count("project_articles"),
            Subquery(dated.values("article__published_on")[:1]),
            Subquery(dated.values("article__published_precision")[:1]),
            Exists(live),
        )
        .get()
    )
    return Reading(articles, latest, precision or ""), has_withdrawals
