"""kill -9 while people mark: what was acknowledged is there, once, and the site comes back."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from reader.database import place, postgres
from tests.crowd import PATIENCE, Crowd, Words, gather, send_until_acknowledged, stored, tasks
from tests.embedded import temporary_data_dir
from tests.served import Site, served, until
from tests.visitor import Visitor

CLIENTS = 8
ANNOTATIONS = 600
BACK_SECONDS = 30  # takes one or two where nothing else keeps the machine busy


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with temporary_data_dir() as folder, served(folder) as one:
        yield one


@pytest.fixture(scope="module")
def crowd(site) -> Crowd:
    return gather(site, CLIENTS)


def worker(site: Site) -> psutil.Process:
    return site.workers[0]


def postmaster(site: Site) -> psutil.Process:
    server = postgres.postmaster(place.find(site.data_dir))
    assert server is not None
    return server


@pytest.mark.parametrize("victim", [worker, postmaster])
def test_what_was_acknowledged_outlives_a_kill(site, crowd, victim):
    earlier = stored(site)
    todo = tasks(crowd, ANNOTATIONS)
    acknowledged: list[Words] = []

    def annotate(session: str, mine: list[Words]) -> None:
        with Visitor(site.port, session) as browser:
            for words in mine:
                send_until_acknowledged(browser, crowd, words)
                acknowledged.append(words)

    with ThreadPoolExecutor(CLIENTS) as people:
        at_work = [
            people.submit(annotate, session, todo[n::CLIENTS])
            for n, session in enumerate(crowd.sessions)
        ]
        for done in (ANNOTATIONS // 4, ANNOTATIONS // 2):
            assert until(lambda done=done: len(acknowledged) >= done, PATIENCE)
            killed = victim(site)
            known = list(acknowledged)
            killed.kill()
            assert until(lambda killed=killed: not killed.is_running(), BACK_SECONDS)
            assert until(lambda: site.is_up, BACK_SECONDS)
            assert set(known) <= set(stored(site))
        for one in at_work:
            one.result()

    assert stored(site) == sorted(earlier + todo, key=lambda words: words.id)
    assert until(lambda: len(site.workers) == 2)
