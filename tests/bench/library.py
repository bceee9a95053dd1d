"""The library page when there are few articles, and when there are many."""

from itertools import repeat

from annotations.queries.library import PAGE, Cursor
from reader.models import Project, ProjectArticle
from tests.bench.load import get, milliseconds
from tests.bench.people import Person
from tests.bench.results import Result
from tests.bench.scale import Scale
from tests.served import Site

TIMES = 3
DEEP = 100
"""The page that is looked at deep in the list."""


def times(site: Site, scale: Scale, project: Project, member: Person) -> dict[str, float]:
    """Milliseconds of a first page for each who looks, and of a deep one if there are so many."""
    requests = {
        "anonymous": get("/"),
        "member": get("/", cookie=member.cookie),
    }
    places = ProjectArticle.objects.filter(project=project).order_by("-listed_at", "-article")
    last = places.values_list("listed_at", "article")[PAGE * (DEEP - 1) - 1 :].first()
    if last:
        requests[f"page {DEEP}, anonymous"] = get(f"/?before={Cursor(*last)}".replace("+", "%2B"))
    return {
        who: milliseconds(site.port, repeat(request), scale.repeats)
        for who, request in requests.items()
    }


def results(scale: Scale, few: dict[str, float], many: dict[str, float]) -> list[Result]:
    """Each time among many articles beside the one among few; a deep page beside a first one."""
    rows = []
    for who, time in many.items():
        limit = few.get(who, many["anonymous"])
        beside = f"with {scale.few_articles:,}" if who in few else "first page"
        rows.append(
            Result(
                f"library page with {scale.many_articles:,} articles, {who}",
                f"{time:.1f} ms",
                f"{beside} {limit:.1f} ms",
                f"{time / limit:.2f}",
                f"≤ {TIMES}",
                time / limit <= TIMES,
            )
        )
    return rows
