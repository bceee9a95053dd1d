"""All measurements, in an order in which none disturbs another."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle

from django.db import connection

from tests.bench import (
    anchoring,
    claims,
    corrections,
    exporting,
    feeds,
    importing,
    ledger,
    library,
    memory,
    reading,
    rendering,
    weight,
)
from tests.bench.corpus import annotate, write_articles
from tests.bench.creating import Creating
from tests.bench.people import Person, make_people, make_project
from tests.bench.results import Result
from tests.bench.scale import Scale
from tests.served import Site

WORDS, LISTED_WORDS = 1_000, 150
"""In an article that is opened, and in one that is only listed."""

ANNOTATIONS, LISTED_ANNOTATIONS = 50, 10

OTHERS = {1: 40, 500: 10}
"""Other numbers of annotations on an article, and how many such articles."""

MARKED = 100
"""Articles of the project that annotations are made in."""

OLD, OLDER = 10**6, 2 * 10**6
"""Places behind all articles of the list, in minutes."""


def run(site: Site, scale: Scale) -> list[Result]:
    """Everything, in the order of the table."""
    with step("memory"):
        idle = memory.measure(site, "just started, idle")
    # Else it would index what comes in, beside whatever is measured.
    site.queue_worker.suspend()
    try:
        found = _measure(site, scale)
    finally:
        site.queue_worker.resume()
    with step("memory"):
        used = memory.measure(site, "idle again after all this", budget=False)
    return [*found, *idle, *used]


def _measure(site: Site, scale: Scale) -> list[Result]:
    with step("rendering"):
        rendered = rendering.measure()
    with step("re-anchoring"):
        anchored = anchoring.measure()
    with step("importing"):
        imported = importing.measure(scale)
    with step("feeds"):
        polled = feeds.measure(scale)
    people = make_people()
    with step("correcting"):
        corrected = corrections.measure(people)
    listed = _library(site, scale, people)
    kept = _ledger(site, scale, people)
    read = _reading(site, scale, people)
    return [*read, *imported, *polled, *listed, *kept, *rendered, *anchored, *corrected]


def _library(site: Site, scale: Scale, people: list[Person]) -> list[Result]:
    """The library page, with few articles and with many, and the export of their annotations."""
    member = people[0]
    make_project("empty", people)
    project = make_project("listed", people)
    with step("few articles"):
        articles = write_articles(project, range(scale.few_articles), LISTED_WORDS)
        annotate(project, member.user, articles, LISTED_ANNOTATIONS)
        settle()
    with step("library"):
        few = library.times(site, scale, project, member)
    with step("many articles"):
        places = range(scale.few_articles, scale.many_articles)
        articles = write_articles(project, places, LISTED_WORDS)
        missing = scale.exported // LISTED_ANNOTATIONS - scale.few_articles
        annotate(project, member.user, articles[:missing], LISTED_ANNOTATIONS)
        settle()
    with step("library"):
        many = library.times(site, scale, project, member)
    with step("exporting"):
        exported = exporting.measure(site, "listed", "empty", scale.exported, member)
    return [*exported, *library.results(scale, few, many)]


def _ledger(site: Site, scale: Scale, people: list[Person]) -> list[Result]:
    """The ledger of a big project."""
    project = make_project("ledger", people)
    with step("claims"):
        articles = write_articles(project, range(OLDER, OLDER + ledger.ARTICLES), LISTED_WORDS)
        annotate(project, people[0].user, articles, ledger.EACH)
        settle()
    with step("ledger"):
        measured = ledger.measure(site, scale, project, people[0])
    with step("similar claims"):
        many = make_project("claims", people)
        claims.write(many)
        settle()
        return [*measured, *claims.measure(many)]


def _reading(site: Site, scale: Scale, people: list[Person]) -> list[Result]:
    """The reading page, and marking on it."""
    member = people[0]
    project = make_project("read", people)
    with step("articles to read"):
        articles = write_articles(project, range(OLD, OLD + scale.read), WORDS)
        annotate(project, member.user, articles, ANNOTATIONS)
        others = {}
        for each, number in OTHERS.items():
            other = make_project(f"read-{each}", people)
            others[each] = other, write_articles(other, range(OLD, OLD + number), WORDS)
            annotate(other, member.user, others[each][1], each)
        marked = make_project("marked", people)
        to_mark = write_articles(marked, range(OLD, OLD + MARKED), WORDS)
        annotate(marked, member.user, to_mark, ANNOTATIONS)
        settle()
    with step("reading"):
        rates = reading.rates(site, scale, project, articles, member)
        growth = reading.growth(site, scale, others)
        first_load = weight.measure(site, reading.path_of(project, articles[0]))
    with step("creating"):
        created = Creating(site, marked, cycle(to_mark), people).measure(scale)
    return [*rates, *growth, *first_load, *created]


def settle() -> None:
    """Let Postgres learn what is in the tables, and write out what is left to write."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what is done, and how long it took."""
    sys.stderr.write(f"{name} … ")
    begin = time.perf_counter()
    yield
    sys.stderr.write(f"{time.perf_counter() - begin:.1f} s\n")
