"""The ledger of a big project, and the page of a claim, beside an empty view."""

import statistics
import time
from itertools import cycle, repeat

from django.test import Client

from annotations.models import Claim
from reader.models import Project
from reader.services.projects import touch
from tests.bench.load import Connection, get, milliseconds
from tests.bench.people import Person
from tests.bench.reading import queries
from tests.bench.results import Result
from tests.bench.scale import Scale
from tests.served import Site

ARTICLES, EACH = 400, 50
"""400 articles with 50 annotations make 20,000 of them, and 2,000 claims."""

TIMES = 10
CLAIMS = 100
"""Claims whose pages are opened in turn."""

CHANGES = 10
"""Changes of the project, each with a visit after it."""


def measure(site: Site, scale: Scale, project: Project, member: Person) -> list[Result]:
    """Milliseconds beside those of an empty view, and queries.

    Pages of a ledger that many ask for are kept as long as nothing in it has changed; so the first
    visit after a change is measured too, and looking for a word, which is never kept.
    """
    ledger = f"/projects/{project.slug}/ledger/"
    claims = list(Claim.objects.filter(project=project).values_list("pk", flat=True)[:CLAIMS])
    pages = [f"/claims/{claim}/" for claim in claims]
    empty = milliseconds(site.port, repeat(get("/empty/")), scale.repeats)
    found = Claim.objects.filter(project=project).count()
    title = f"ledger of {found:,} claims, {ARTICLES * EACH:,} annotations"
    rows = []
    for what, paths, cookie, budget in (
        (title, [ledger], "", TIMES),
        (f"{title}, member", [ledger], member.cookie, TIMES),
        (f"{title}, without a denial", [f"{ledger}?without=on"], "", TIMES),
        (f"{title}, second page", [f"{ledger}?after={claims[-1]}"], "", TIMES),
        (f"{title}, with a word", [f"{ledger}?text=That"], "", None),
        ("page of a claim", pages, "", None),
    ):
        requests = cycle([get(path, **({"cookie": cookie} if cookie else {})) for path in paths])
        took = milliseconds(site.port, requests, scale.repeats // 2)
        ratio = took / empty
        rows.append(
            Result(
                what,
                f"{took:.1f} ms",
                f"empty view {empty:.1f} ms",
                f"{ratio:.1f}",
                f"≤ {budget}" if budget else "",
                ratio <= budget if budget else None,
            )
        )
    return [*rows, _changed(site, project, title)]


def _changed(site: Site, project: Project, title: str) -> Result:
    """The visit after a change of the project: nothing of the page is kept."""
    path = f"/projects/{project.slug}/ledger/"
    times = []
    with Connection(site.port) as one:
        for _ in range(CHANGES):
            touch(project)
            begin = time.perf_counter()
            one.ask(get(path))
            times.append(time.perf_counter() - begin)
    asked = queries(Client(SERVER_NAME="localhost"), f"{path}?text=That")
    milliseconds = statistics.median(times) * 1000
    return Result(f"{title}, after a change", f"{milliseconds:.1f} ms, {asked} queries")
