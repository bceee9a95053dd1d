"""The denials that travel with allegations."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Exists, F, Q, Window
from django.db.models.functions import Coalesce

from annotations.answers import Accusation, Reading, answer
from annotations.models import Annotation, ClaimLink, Kind, Withdrawal
from annotations.passage import Passage
from annotations.queries.passages import in_public, is_public, passages
from reader.models import Article, Project


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
    linked = (
        ClaimLink.objects.alias(read_as=Coalesce("claim__canonical_id", "claim_id"))
        .filter(claim__project=project, read_as__in=claims)
        .values("annotation")
    )
    denials = Annotation.objects.filter(
        Q(pk__in=linked) | Q(article__in=articles), project=project, kind=Kind.DENIAL
    )
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
    row = (
        Article.objects.filter(project_articles__project=project)
        .annotate(articles=Window(Count("pk")))
        .order_by(F("published_on").desc(nulls_last=True))
        .values_list("articles", "published_on", "published_precision", Exists(live))
        .first()
    )
    articles, latest, precision, has_withdrawals = row or (0, None, "", False)
    return Reading(articles, latest, precision), has_withdrawals
