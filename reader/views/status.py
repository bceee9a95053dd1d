"""How the feeds and the workers are doing."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from reader.accounts import signed_in
from reader.queries import status as queries
from reader.queries.feeds import feeds_in_trouble
from reader.queries.status import Depth, FailedJob

_TASKS = {
    "poll_feed": _("Feeds to be read"),
    "fetch_entry": _("Articles to be fetched from their pages"),
    "reanchor": _("Changed articles whose passages are to be placed"),
    "look_again": _("Watched articles to be fetched again"),
    "fetch_pictures": _("Articles whose pictures are to be fetched"),
    "index_articles": _("Rounds of indexing for the search"),
    "schedule_polls": _("Looking for feeds that are due"),
    "schedule_looks": _("Looking for watched articles that are due"),
    "forget_failures": _("Tidying up"),
}


class Line(NamedTuple):
    """A task in words, and how much of it there is."""

    task: str
    depth: Depth


class Failure(NamedTuple):
    """A task in words, and the job that failed."""

    task: str
    job: FailedJob


@login_required
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """What waits, who works and what fails; for owners of the site also the jobs that failed."""
    now = queries.status()
    failed = queries.failed_jobs() if signed_in(request).is_staff else []
    return render(
        request,
        "feeds/status.html",
        {
            "status": now,
            "lines": [Line(_in_words(depth.task), depth) for depth in now.depths],
            "failing": feeds_in_trouble(),
            "failed": [Failure(_in_words(job.task), job) for job in failed],
        },
    )


def _in_words(task: str) -> str:
    return str(_TASKS.get(task, task))
