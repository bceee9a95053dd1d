"""The library page when there are few articles, and when there are many."""

from itertools import repeat

from annotations.queries.library import PAGE
from reader.models import Project, ProjectArticle
from reader.queries.walk import Cursor
from tests.bench.load import get, milliseconds
from tests.bench.people import Person
from tests.bench.results import Result
from tests.bench.scale import Scale
from tests.served import Site

TIMES = 3
DEEP = 100
"""The page that is looked at deep in the list."""


EMPTY = "empty view"


def times(site: Site, scale: Scale, project: Project, member: Person) -> dict[str, float]:
    """Milliseconds of a first page for each who looks, and of a deep one if there are so many;
    also of the empty view, as a measure of how busy the machine is at the moment."""
    requests = {
        EMPTY: get("/empty/"),
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
    """Each time among many articles beside the one among few; a deep page beside a first one.

    Minutes lie between the two: in the ratio each is counted in empty views of its own minute.
    """
    rows = []
    for who, time in many.items():
        if who == EMPTY:
            continue
        first = who in few
        limit, unit = (few[who], few[EMPTY]) if first else (many["anonymous"], many[EMPTY])
        ratio = (time / many[EMPTY]) / (limit / unit)
        beside = f"with {scale.few_articles:,}" if first else "first page"
        rows.append(
            Result(
                f"library page with {scale.many_articles:,} articles, {who}",
                f"{time:.1f} ms",
                f"{beside} {limit:.1f} ms",
                f"{ratio:.2f}",
                f"≤ {TIMES}",
                ratio <= TIMES,
            )
        )
    return rows
