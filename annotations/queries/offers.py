"""What an editor offers: names, claims, and the allegations that a denial may answer."""

from django.db.models import Q
from django.db.models.functions import Lower

from annotations.models import Annotation, Attribution, AttributionRole, Claim, Kind, Speaker
from annotations.passage import Passage
from annotations.queries.passages import passages
from reader.models import Article, Project, Publication, User

MOST = 1000
MOST_NAMES = 200


def speaker_names(annotation: Annotation) -> list[str]:
    """The names and aliases that an annotation's project knows people by, by the alphabet, names
    that were merged into others among them; the unnamed sources of other articles are left out."""
    known = Speaker.objects.filter(
        Q(article=None) | Q(article=annotation.article_id), project=annotation.project_id
    )
    rows = known.order_by(Lower("name")).values_list("name", "aliases")[:MOST]
    names = {one.casefold(): one for name, aliases in rows for one in (*reversed(aliases), name)}
    return [names[key] for key in sorted(names)][:MOST]


def claim_statements(project: Project) -> list[str]:
    """The project's claims, in the order of the alphabet."""
    claims = Claim.objects.filter(project=project, canonical=None)
    return list(claims.order_by(Lower("statement")).values_list("statement", flat=True)[:MOST])


def last_speaker(project: Project, user: User, annotation: Annotation) -> str:
    """The speaker of the annotation that this person made before, in this article; else empty."""
    latest = (
        Attribution.objects.filter(
            role=AttributionRole.SPEAKER,
            annotation__project=project,
            annotation__article=annotation.article_id,
            annotation__annotator=user,
            annotation__created_at__lt=annotation.created_at,
        )
        .order_by("-annotation__created_at", "position")
        .values_list("speaker__name", flat=True)
    )
    return latest.first() or ""


def answerable(denial: Passage, project: Project) -> list[Passage]:
    """The allegations of the denial's article that it may answer, nearest first: those by another
    speaker, mentions left out, and not those whose claim it is linked to already."""
    allegations = Annotation.objects.filter(
        project=project, article=denial.source.id, kind=Kind.ALLEGATION
    )
    offered = [
        one
        for one in passages(allegations)
        if one.alleges
        and not one.speaker_ids & denial.speaker_ids
        and not one.claim_ids & denial.claim_ids
    ]
    return sorted(offered, key=lambda one: abs(one.start - denial.start))


def ledger_speakers(project: Project) -> list[str]:
    """Names to look for in a ledger: those merged away and the unnamed sources of single articles
    left out."""
    known = Speaker.objects.filter(article=None, project=project, canonical=None)
    return list(known.order_by(Lower("name")).values_list("name", flat=True)[:MOST_NAMES])


def ledger_publications(project: Project) -> list[str]:
    """The publications of a project's articles, by the alphabet."""
    of_project = Article.objects.filter(project_articles__project=project)
    known = Publication.objects.filter(pk__in=of_project.values("publication"))
    return list(known.order_by(Lower("name")).values_list("name", flat=True)[:MOST_NAMES])
