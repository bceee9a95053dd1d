"""What was done in a project, newest first: a query for each of the tables that know."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from annotations.activity import Did, Event, Place, Source
from annotations.models import Annotation, Claim, ClaimLink, Origin, Share, Speaker, Withdrawal
from reader.models import Project, ProjectArticle


def events(project: Project, limit: int, after: Place | None = None) -> list[Event]:
    """What members see: everything, newest first. Nine queries, whatever was done.

    Args:
        after: go on behind this one.
    """
    found = [
        *_marked(Annotation.objects.filter(project=project), limit, after),
        *_added(ProjectArticle.objects.filter(project=project), limit, after),
        *_edited(project, limit, after),
        *_reworded(Claim, "statement", project, limit, after),
        *_reworded(Speaker, "name", project, limit, after),
        *_shared(project, limit, after),
        *_withdrawn(project, limit, after),
    ]
    return _newest(found, limit)


def public_events(project: Project, annotations: QuerySet[Annotation], limit: int) -> list[Event]:
    """What readers see: which articles were added and which passages marked, by nobody. Two
    queries.

    Args:
        annotations: those of the project that readers may count.
    """
    withdrawn = Withdrawal.objects.filter(project_article=OuterRef("pk"), lifted_at=None)
    added = ProjectArticle.objects.filter(~Exists(withdrawn), project=project)
    found = [*_marked(annotations, limit), *_added(added, limit)]
    return [replace(one, by=None) for one in _newest(found, limit)]


def _newest(several: list[Event], limit: int) -> list[Event]:
    return sorted(several, key=lambda one: (one.at, one.source, one.id), reverse=True)[:limit]


def _latest(
    rows: QuerySet[Any],
    at: str,
    source: Source,
    limit: int,
    after: Place | None,
    key: str = "pk",
) -> QuerySet[Any]:
    """The newest of the rows behind a place: by `at`, then by source and key."""
    if after:
        rows = rows.filter(**{f"{at}__lte": after.at})  # what an index can begin at
        if source == after.source:
            rows = rows.exclude(**{at: after.at, f"{key}__gte": after.id})
        elif source > after.source:
            rows = rows.exclude(**{at: after.at})
    return rows.order_by(f"-{at}", f"-{key}")[:limit]


def _marked(
    annotations: QuerySet[Annotation], limit: int, after: Place | None = None
) -> Iterator[Event]:
    rows = _latest(annotations, "created_at", Source.MARKED, limit, after)
    fields = ("created_at", "pk", "annotator", "origin", "article", "article__title")
    for at, id_, by, origin, article, title in rows.values_list(*fields):
        did = Did.IMPORTED if origin == Origin.IMPORT else Did.MARKED
        yield Event(at, Source.MARKED, id_, did, by, title=title, article=article, annotation=id_)


def _added(
    places: QuerySet[ProjectArticle], limit: int, after: Place | None = None
) -> Iterator[Event]:
    rows = _latest(places, "added_at", Source.ADDED, limit, after)
    fields = ("added_at", "pk", "added_by", "article", "article__title")
    for at, id_, by, article, title in rows.values_list(*fields):
        yield Event(at, Source.ADDED, id_, Did.ADDED, by, by is None, title=title, article=article)


def _edited(project: Project, limit: int, after: Place | None) -> Iterator[Event]:
    """Changes of annotations: each change of one, and of what belongs to it, raises its version;
    that its annotator is no member any more does not."""
    links: Any = ClaimLink
    linked = links.pgh_event_model.objects.filter(
        annotation_id=OuterRef("pgh_obj_id"), pgh_created_at=OuterRef("pgh_created_at")
    )
    state = JSONObject(gone="deleted_at", version="version")
    rows = _changes(Annotation, project).annotate(
        is_linked=Exists(linked),
        before=state,
        after=_after(Annotation, state),
        title=F("article__title"),
    )
    rows = rows.exclude(after=F("before"))
    for row in _latest(rows, "pgh_created_at", Source.EDITED, limit, after, "pgh_id"):
        gone = bool(row.after and row.after["gone"])
        did = Did.LINKED if row.is_linked else Did.EDITED
        if gone != bool(row.deleted_at):
            did = Did.DELETED if gone else Did.RESTORED
        yield Event(
            row.pgh_created_at,
            Source.EDITED,
            row.pgh_id,
            did,
            row.editor,
            row.pgh_context_id is None,
            title=row.title,
            article=row.article_id,
            annotation=row.pgh_obj_id,
        )


_NOUNS = {
    Claim: (
        Source.CLAIM,
        Did.MERGED_CLAIM,
        Did.PARTED_CLAIM,
        Did.REWORDED_CLAIM,
        Did.CHANGED_CLAIM,
    ),
    Speaker: (
        Source.SPEAKER,
        Did.MERGED_SPEAKER,
        Did.PARTED_SPEAKER,
        Did.REWORDED_SPEAKER,
        Did.CHANGED_SPEAKER,
    ),
}


def _reworded(
    model: type[Claim] | type[Speaker],
    name: str,
    project: Project,
    limit: int,
    after: Place | None,
) -> Iterator[Event]:
    """Changes of claims or speakers, but for what merging another one changes in them."""
    source, merged, parted, reworded, changed = _NOUNS[model]
    state = JSONObject(name=name, into="merged_into_id", version="version")
    rows = _changes(model, project).annotate(before=state, after=_after(model, state))
    several = list(
        _latest(rows.exclude(after=F("before")), "pgh_created_at", source, limit, after, "pgh_id")
    )
    names = _names(model, {row.after["into"] for row in several if row.after})
    for row in several:
        now = row.after or row.before
        did = reworded if now["name"] != row.before["name"] else changed
        if now["into"] != row.before["into"]:
            did = merged if now["into"] else parted
        yield Event(
            row.pgh_created_at,
            source,
            row.pgh_id,
            did,
            row.editor,
            row.pgh_context_id is None,
            title=now["name"],
            into=names.get(now["into"], "") if did == merged else "",
            claim=row.pgh_obj_id if model is Claim else None,
            speaker=row.pgh_obj_id if model is Speaker else None,
        )


def _changes(model: Any, project: Project) -> QuerySet[Any]:
    """The rows of a project that were changed, as they were, and who did it."""
    found: QuerySet[Any] = model.pgh_event_model.objects.filter(
        project_id=project.pk, pgh_label="update"
    ).annotate(editor=F("pgh_context__metadata__user"))
    return found


def _after(model: Any, state: JSONObject) -> Coalesce:
    """A row after the change: as the next change found it, or as it is now."""
    following = model.pgh_event_model.objects.filter(
        pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__gt=OuterRef("pgh_id")
    ).order_by("pgh_id")
    now = model.objects.filter(pk=OuterRef("pgh_obj_id"))
    return Coalesce(
        *(Subquery(rows.annotate(state=state).values("state")[:1]) for rows in (following, now))
    )


def _names(model: type[Claim] | type[Speaker], ids: Collection[int | None]) -> dict[int, str]:
    found = model._default_manager.in_bulk([one for one in ids if one])
    return {id_: str(one) for id_, one in found.items()}


def _shared(project: Project, limit: int, after: Place | None) -> Iterator[Event]:
    nouns = ("project", "project_article__project", "annotation__project", "claim__project")
    several = [
        Share.objects.filter(**{noun: project}).order_by().values("pk")
        for noun in (*nouns, "speaker__project")
    ]
    rows = _latest(
        Share.objects.filter(pk__in=several[0].union(*several[1:], all=True)).select_related(
            "project", "project_article__article", "annotation__article", "claim", "speaker"
        ),
        "created_at",
        Source.SHARED,
        limit,
        after,
    )
    for row in rows:
        place = row.annotation or row.project_article
        yield Event(
            row.created_at,
            Source.SHARED,
            row.pk,
            Did.SHARED,
            row.created_by_id,
            title=str(place.article if place else row.claim or row.speaker or row.project),
            article=place.article_id if place else None,
            annotation=row.annotation_id,
            claim=row.claim_id,
            speaker=row.speaker_id,
        )


def _withdrawn(project: Project, limit: int, after: Place | None) -> Iterator[Event]:
    related = ("annotation__article", "project_article__article", "revision__article")
    rows = Withdrawal.objects.filter(project=project).select_related(*related)
    rows = rows.defer("revision__text", "revision__markup", "revision__raw")
    for row in _latest(rows, "at", Source.WITHDRAWN, limit, after):
        place = row.annotation or row.project_article or row.revision
        if place:
            yield Event(
                row.at,
                Source.WITHDRAWN,
                row.pk,
                Did.WITHDREW,
                row.by_id,
                title=place.article.title,
                article=place.article_id,
                annotation=row.annotation_id,
            )
