"""Watched articles: switched on and off by people, looked at by workers.

As with feeds, what takes long comes first and in no transaction; then one transaction records
what came of it, and when to look next.
"""

import random
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, Exists, Max, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from reader.ingest import schedule, watching
from reader.ingest.errors import FetchError
from reader.ingest.outlet import host_of
from reader.models import Article, ArticleWatch, Revision, User
from reader.services.entry_pages import PAUSE
from reader.services.errors import Refused
from reader.services.queue import BATCH
from reader.services.refetching import TooSoon, fetch_again
from reader.tasks import app, look_again

FATAL_ATTEMPTS = 3
"""Workers that may end while they look at an article; then it is left alone for a while."""

_GONE = frozenset({404, 410})
_LOOK = "look_again:"
_UNDONE = ("todo", "doing")
_ADDRESS = ("article", "article__url")
_RANDOM = random.SystemRandom()


@transaction.atomic
def watch(article: Article, user: User) -> ArticleWatch:
    """Begin to watch an article, or begin anew where that has ended. One that is watched already
    stays as it is.

    Raises:
        Refused: it has no address.
    """
    if not article.url:
        raise Refused(_("The article has no address."))
    now = timezone.now()
    begun = {
        "added_by": user,
        "started_at": now,
        "next_fetch_at": now + watching.SOONEST,
        "failures": 0,
        "last_error": "",
    }
    found, created = ArticleWatch.objects.select_for_update().get_or_create(
        article=article, defaults=begun
    )
    if not created and found.next_fetch_at is None:
        for name, value in begun.items():
            setattr(found, name, value)
        found.save()
    return found


def unwatch(article: Article) -> None:
    """Watch an article no longer."""
    ArticleWatch.objects.filter(article=article).delete()


def look(article_id: UUID, attempts: int = 0) -> None:
    """Look at a watched article that is due, and record the outcome. One that is not due is left
    alone.

    Args:
        attempts: how often a worker has ended while it did this.
    """
    found = (
        ArticleWatch.objects.select_related("article__scope")
        .filter(article=article_id, next_fetch_at__lte=timezone.now())
        .first()
    )
    if found is None:
        return
    if attempts >= FATAL_ATTEMPTS:
        _record(found, Refused(_("Reading this page ended the program several times.")))
        return
    try:
        fetch_again(found.article)
    except TooSoon:
        # Somebody has just seen to it.
        _record(found)
    except Refused as refused:
        _record(found, refused)
    except Exception:
        # Else it would be tried every minute, with the same fault.
        _record(found, Refused(_("This page met a fault of the program, which has been logged.")))
        raise
    else:
        _record(found)


@transaction.atomic
def _record(before: ArticleWatch, problem: Refused | None = None) -> None:
    found = (
        ArticleWatch.objects.select_for_update()
        .filter(pk=before.pk, next_fetch_at=before.next_fetch_at)
        .first()
    )
    if found is None:
        return
    now, chance = timezone.now(), _RANDOM.random()
    found.last_fetched_at = now
    if problem is None:
        newest = Revision.objects.filter(article=found.article_id).aggregate(
            at=Max("fetched_at", default=found.started_at)
        )
        found.failures, found.last_error = 0, ""
        found.next_fetch_at = watching.next_look(now, found.started_at, newest["at"], chance)
    else:
        found.failures += 1
        found.last_error = problem.message
        found.next_fetch_at = None if _is_final(found, problem) else _later(found, problem, chance)
    found.save()


def _is_final(found: ArticleWatch, problem: Refused) -> bool:
    """Whether it is not worth another look."""
    is_gone = isinstance(problem, FetchError) and problem.status in _GONE
    has_address = Article.objects.filter(pk=found.article_id).exclude(url="").exists()
    return is_gone or not has_address or watching.is_over(timezone.now(), found.started_at)


def _later(found: ArticleWatch, problem: Refused, chance: float) -> datetime:
    now = timezone.now()
    asked = problem.retry_after if isinstance(problem, FetchError) else ""
    return schedule.after_failure(now, found.failures, schedule.retry_after(asked, now), chance)


def defer_due_looks() -> int:
    """Put all watched articles that are due into the queue, in batches. Returns how many."""
    deferred = 0
    while batch := _defer_due_batch():
        deferred += batch
    return deferred


@transaction.atomic
def _defer_due_batch() -> int:
    name_of = Concat(Value(_LOOK), Cast(OuterRef("article"), CharField()))
    jobs = ProcrastinateJob.objects.filter(queueing_lock=name_of, status__in=_UNDONE)
    due = (
        ArticleWatch.objects.filter(~Exists(jobs), next_fetch_at__lte=timezone.now())
        .order_by("next_fetch_at")
        # Whoever holds one, a look or another worker's scheduler, sees to it.
        .select_for_update(skip_locked=True, of=("self",))
    )
    found = {f"{_LOOK}{one}": (one, url) for one, url in due.values_list(*_ADDRESS)[:BATCH]}
    # Asked again now that the rows are locked: another scheduler may have been faster.
    asked = ProcrastinateJob.objects.filter(queueing_lock__in=found, status__in=_UNDONE)
    for name in asked.values_list("queueing_lock", flat=True):
        found.pop(name or "", None)
    if found:
        app.job_manager.batch_defer_jobs(_looks(found))
    return len(found)


def _looks(articles: Mapping[str, tuple[UUID, str]]) -> list[Job]:
    """Of one site one page is fetched at a time, and with a pause between two."""
    now, before = timezone.now(), Counter[str]()
    jobs = []
    for name, (article_id, url) in articles.items():
        host = host_of(url)
        wait = before[host] * PAUSE
        before[host] += 1
        jobs.append(
            look_again.configure(
                lock=f"page:{host}",
                queueing_lock=name,
                schedule_at=now + wait if wait else None,
                task_kwargs={"article_id": str(article_id)},
            ).job
        )
    return jobs
