"""Memory of a site that nobody uses at the moment."""

import psutil

from reader.database import place, postgres
from tests.bench.load import Connection, get
from tests.bench.results import Result
from tests.served import Site

# A quarter of what the lighter of two well-known annotation tools was seen to take, idle.
BUDGET_MB = 650 / 4
REQUESTS = 40


def measure(site: Site, when: str, budget: bool = True) -> list[Result]:
    """Megabytes of the web server's processes and of Postgres: proportional set size, in which
    memory that processes share counts once.

    Args:
        budget: whether this is the state that the budget is about.
    """
    with Connection(site.port) as connection:
        for _ in range(REQUESTS):
            connection.ask(get("/"))
    supervisor = psutil.Process(site.process.pid)
    web = _megabytes([supervisor, *supervisor.children(recursive=True)])
    server = postgres.postmaster(place.find(site.data_dir))
    if server is None:
        raise RuntimeError("the site's Postgres is gone")
    database = _megabytes([server, *server.children(recursive=True)])
    return [
        Result(
            f"memory, {when}",
            f"{web + database:.0f} MB",
            f"web {web:.0f} MB, Postgres {database:.0f} MB",
            budget=f"≤ {BUDGET_MB:.0f} MB" if budget else "",
            kept=web + database <= BUDGET_MB if budget else None,
        )
    ]


def _megabytes(processes: list[psutil.Process]) -> float:
    return sum(process.memory_full_info().pss for process in processes) / 1e6
