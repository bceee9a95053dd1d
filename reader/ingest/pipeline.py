"""Articles into the database: the only way in.

The steps: lock the scope, see which articles are there, copy in the new ones, add revisions,
fill gaps. One article from a page and a thousand from a file take the same way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from reader.ingest.identity import Index, lock_scope
from reader.ingest.incoming import Incoming
from reader.ingest.joining import join_stories
from reader.ingest.writing import add_new, fill_gaps, place, revise
from reader.models import Article, Project, User, uuid7
from reader.services.projects import touch
from reader.services.publications import publications_named
from reader.services.queue import defer_indexing, defer_pictures


class Result(StrEnum):
    """What became of an incoming article; "completed" is an old text with a new detail."""

    IMPORTED = "imported"
    REVISED = "revised"
    COMPLETED = "completed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an incoming article, and which article it is now."""

    result: Result
    article_id: UUID


def foresee(incoming: Incoming, scope: Project | None) -> Outcome:
    """What `store` would do at this moment; an article that is not there has a random id."""
    return _judge(Index.load(scope, [incoming]), incoming)


def store(incoming: Incoming, scope: Project | None, user: User | None = None) -> Outcome:
    """Store one article, as `store_all` does."""
    (outcome,) = store_all([incoming], scope, user)
    return outcome


@transaction.atomic
def store_all(
    incoming: Sequence[Incoming], scope: Project | None, user: User | None = None
) -> list[Outcome]:
    """Store articles in their order, all or none of them. Returns an outcome for each.

    An article that is there already gets a new revision if its text is another one now; if not,
    publication, language, file name and a date by hand are filled in where it had none. Pictures
    of new texts are fetched later, by a worker.

    Args:
        scope: the project that they belong to, and that alone may see them; None is the library.
        user: who adds them.
    """
    lock_scope(scope)
    now = timezone.now()
    index = Index.load(scope, incoming)
    outcomes = [_judge(index, one) for one in incoming]
    by_result: dict[Result, list[tuple[UUID, Incoming]]] = {result: [] for result in Result}
    for outcome, one in zip(outcomes, incoming, strict=True):
        by_result[outcome.result].append((outcome.article_id, one))
    publications = publications_named(
        one.details.publication
        for result, ones in by_result.items()
        if result != Result.UNCHANGED
        for _, one in ones
    )
    add_new(by_result[Result.IMPORTED], publications, scope, user, now)
    join_stories([article_id for article_id, _ in by_result[Result.IMPORTED]])
    for article_id, one in by_result[Result.REVISED]:
        revise(article_id, one, publications, now)
    for article_id, one in by_result[Result.COMPLETED]:
        fill_gaps(article_id, one, publications, now)
    new_texts = by_result[Result.IMPORTED] + by_result[Result.REVISED]
    defer_pictures(article_id for article_id, one in new_texts if one.document.pictures())
    if scope:
        new = {article_id for article_id, _ in by_result[Result.IMPORTED]}
        _keep_in_project(scope, {outcome.article_id for outcome in outcomes} - new, user, now)
        if new:
            touch(scope)
    if len(by_result[Result.UNCHANGED]) < len(incoming):
        defer_indexing()
    return outcomes


def _judge(index: Index, incoming: Incoming) -> Outcome:
    """What is to become of `incoming`; `index` learns it."""
    known = index.find(incoming)
    if known is None:
        article_id = uuid7()
        index.add(incoming, article_id)
        return Outcome(Result.IMPORTED, article_id)
    if known.sha256 != incoming.sha256:
        index.revise(known, incoming)
        return Outcome(Result.REVISED, known.article_id)
    if known.gaps(incoming):
        index.fill(known, incoming)
        return Outcome(Result.COMPLETED, known.article_id)
    return Outcome(Result.UNCHANGED, known.article_id)


def _keep_in_project(
    project: Project, article_ids: Iterable[UUID], user: User | None, now: datetime
) -> None:
    """What comes in again belongs to the project again."""
    missing = list(
        Article.objects.filter(pk__in=article_ids)
        .exclude(project_articles__project=project)
        .values_list("id", "listed_at", "publication")
    )
    if missing:
        place(missing, project, user, now)
        touch(project)
