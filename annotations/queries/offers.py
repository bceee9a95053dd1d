"""What an editor offers: names, claims, and the allegations that a denial may answer."""

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.db.models.functions import Lower

from annotations.models import Annotation, Attribution, AttributionRole, Claim, Kind, Speaker
from annotations.passage import Passage
from annotations.queries.passages import passages
from annotations.services.speakers import MAX_NAME, level_name, speakers_known_as
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


def newest_claims(project: Project, leave_out: Collection[int], number: int) -> list[int]:
    """The ids of the claims that were stated last, those merged away left out."""
    claims = Claim.objects.filter(project=project, canonical=None).exclude(pk__in=leave_out)
    return list(claims.order_by("-pk").values_list("pk", flat=True)[:number])


def speakers_meant(project: Project, names: Iterable[str], article: Article) -> frozenset[int]:
    """The ids, as they are read after merging, of all whom these names may mean, by name or alias,
    whether they are saved or only typed; a name that is new means nobody.

    Args:
        article: whose unnamed sources are known by their names too.
    """
    levelled = [level_name(name) for name in names if len(name) <= MAX_NAME]
    known = speakers_known_as(project, levelled, article) if levelled else ()
    return frozenset(one.canonical_id or one.pk for one in known)


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


def answerable(denial: Passage, project: Project, own: Collection[int]) -> list[Passage]:
    """The allegations of the denial's article that it may answer, nearest first: mentions left
    out, and those all of whose claims it is linked to already.

    Args:
        own: ids of those who deny: what one of them alleges is never among them.
    """
    allegations = Annotation.objects.filter(
        project=project, article=denial.source.id, kind=Kind.ALLEGATION
    ).exclude(pk=denial.id)
    offered = [
        one
        for one in passages(allegations)
        if one.alleges
        and one.speaker_ids.isdisjoint(own)
        and not (one.claim_ids and one.claim_ids <= denial.claim_ids)
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
