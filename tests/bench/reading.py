"""The reading page: asked for again, asked for by another reader, and for the first time."""

import re
from collections.abc import Sequence
from itertools import cycle

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.models import Project
from tests.bench.corpus import Written
from tests.bench.load import Connection, Target, compare, get, milliseconds
from tests.bench.people import Person
from tests.bench.results import Result
from tests.bench.scale import Scale
from tests.served import Site

SAME_SHARE, SAME_QUERIES = 2 / 5, 2
FIRST_SHARE, FIRST_QUERIES = 1 / 20, 8


def path_of(project: Project, article: Written) -> str:
    return f"/projects/{project.slug}/articles/{article.id}/"


def rates(
    site: Site, scale: Scale, project: Project, articles: Sequence[Written], member: Person
) -> list[Result]:
    """Requests/s of the page beside an empty view.

    Args:
        articles: as many as can be asked for; each is asked for once as an article that nobody
            has opened, the first in all other ways as well.
    """
    path = path_of(project, articles[0])
    fresh = [get(path_of(project, one)) for one in articles[1:]]
    etag = _etag(site, path)
    targets = {
        "empty": Target.of(get("/empty/")),
        "same": Target.of(get(path, if_none_match=etag), expected=b"304"),
        "shared": Target.of(get(path)),
        "first": Target.of(*fresh),
        "member": Target.of(get(path, cookie=member.cookie)),
    }
    compare(site.port, targets, scale.seconds, scale.rounds)
    empty = targets["empty"].rate
    client = Client(SERVER_NAME="localhost")
    same = queries(client, path, HTTP_IF_NONE_MATCH=client.get(path).headers["ETag"])
    first = queries(client, path_of(project, articles[-1]))
    client.cookies["sessionid"] = member.session
    members = queries(client, path)
    return [
        Result("empty view: the limit", f"{empty:,.0f}/s"),
        _row("304, nothing changed", targets["same"], empty, same, SAME_SHARE, SAME_QUERIES),
        _row("another reader's first visit", targets["shared"], empty, same),
        _row("nothing cached", targets["first"], empty, first, FIRST_SHARE, FIRST_QUERIES),
        _row("member", targets["member"], empty, members),
    ]


def _row(
    what: str,
    target: Target,
    empty: float,
    asked: int,
    share: float | None = None,
    most: int | None = None,
) -> Result:
    return Result(
        f"article page, {what}",
        f"{target.rate:,.0f}/s, {asked} queries",
        f"empty view {empty:,.0f}/s",
        f"{target.rate / empty:.3f}",
        f"≥ {share:.2f}, ≤ {most} queries" if share else "",
        target.rate / empty >= share and asked <= most if share and most else None,
    )


def growth(
    site: Site, scale: Scale, projects: dict[int, tuple[Project, Sequence[Written]]]
) -> list[Result]:
    """Milliseconds and queries of a page that nobody has opened, by its number of annotations."""
    rows = []
    for each, (project, articles) in projects.items():
        paths = [path_of(project, one) for one in articles]
        # A visitor with a cookie of any kind gets a page of their own.
        requests = cycle([get(path, cookie="seen=1") for path in paths])
        time = milliseconds(site.port, requests, scale.repeats // 4)
        asked = queries(Client(SERVER_NAME="localhost"), paths[0])
        rows.append(
            Result(
                f"article page, nothing cached, {each} annotation{'s' if each > 1 else ''}",
                f"{time:.1f} ms, {asked} queries",
                budget=f"≤ {FIRST_QUERIES} queries",
                kept=asked <= FIRST_QUERIES,
            )
        )
    return rows


def queries(client: Client, path: str, **headers: str) -> int:
    """How many queries the page takes, asked for in this process.

    Raises:
        ValueError: there is no such page.
    """
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path, **headers)
    if response.status_code not in {200, 304}:
        raise ValueError(f"{path}: {response.status_code}")
    return len(captured)


def _etag(site: Site, path: str) -> str:
    with Connection(site.port) as one:
        head = one.ask(get(path)).decode()
    found = re.search(r"(?im)^etag: (\S+)", head)
    if found is None:
        raise ValueError(f"{path} has no ETag")
    return found[1]
