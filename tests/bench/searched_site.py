"""A site with so many generated articles, and how long it takes to search them.

`python -m tests.bench.searched_site --articles N` prints what it measured as JSON. It is a process
of its own, since a process can only know one database.
"""

import json
import re
import statistics
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from itertools import repeat
from pathlib import Path
from typing import Any

from reader.supervisor import on_stop_signals
from tests.bench.site import production_site
from tests.served import Site

SEED, WORDS = 1, 90
EVERY = 100
"""Of so many articles one is marked, with ten annotations."""

REPEATS = 15
LIBRARY_REPEATS = 60
LINES = 36
"""Of a plan, at most."""


def main() -> int:
    """Make the articles, unless they are there, measure, and print it."""
    parser = ArgumentParser(prog="python -m tests.bench.searched_site", description=__doc__)
    parser.add_argument("--articles", type=int, required=True)
    parser.add_argument("--data-dir", type=Path, help="one that an earlier run has filled")
    options = parser.parse_args()
    on_stop_signals(lambda number, _: sys.exit(128 + number))
    with production_site(options.data_dir) as site:
        site.queue_worker.suspend()
        try:
            print(json.dumps(_measure(site, options.articles)))
        finally:
            site.queue_worker.resume()
    return 0


def _measure(site: Site, articles: int) -> dict[str, Any]:
    # Models can be imported only now that Django is set up.
    from annotations.queries.searching import Sort, facets, search_articles, search_passages
    from reader.management.corpus import Corpus
    from reader.search import parse
    from reader.search.sight import Sight
    from tests.bench.load import get, milliseconds

    indexed = _fill(articles)
    member = _member()
    corpus = Corpus(SEED, WORDS)
    sight = Sight.of(member.user)
    texts = {
        "a frequent word": "minister",
        "a rare word": corpus.vocabulary[-1],
        "two words": "harbour ferry",
        "a phrase": '"harbour ferry"',
        "a word in one publication": f'minister in:"{corpus.outlets[9]}"',
        "a word in one month": "minister date:2020-03",
        "an unread word": "minister is:unread",
        "what alleges": "kind:allegation",
    }
    times = {
        f"search, {name}": _time(lambda text=text: search_articles(sight, parse(text)))
        for name, text in texts.items()
    }
    word = parse("minister")
    times["search by relevance"] = _time(lambda: search_articles(sight, word, sort=Sort.RELEVANCE))
    times["facets of a frequent word"] = _time(lambda: facets(sight, word))
    times["passages, a frequent word"] = _time(lambda: search_passages(sight, parse("harbour")))
    times["library page"] = milliseconds(
        site.port, repeat(get("/", cookie=member.cookie)), LIBRARY_REPEATS
    )
    times["search page, a frequent word"] = milliseconds(
        site.port, repeat(get("/search/?q=minister", cookie=member.cookie)), REPEATS
    )
    plans = {
        "The library page": _plan(lambda: _client(member).get("/"), "reader_article"),
        "A frequent word": _plan(
            lambda: search_articles(sight, word), "reader_searchdocument d WHERE"
        ),
        "A rare word": _plan(
            lambda: search_articles(sight, parse(texts["a rare word"])), "UNION ALL"
        ),
        "A phrase": _plan(lambda: search_articles(sight, parse(texts["a phrase"])), "UNION ALL"),
        "What alleges (`kind:allegation`)": _plan(
            lambda: search_articles(sight, parse("kind:allegation")), "UNION ALL"
        ),
        "Facets": _plan(lambda: facets(sight, word), "WITH found"),
    }
    return {"articles": articles, "indexed": indexed, "times": times, "plans": plans}


def _fill(articles: int) -> float:
    """The articles, indexed; articles/s that were indexed, 0 where they were there already."""
    from django.core.management import call_command

    from reader.models import Article, SearchBacklog
    from reader.services.indexing import index_all
    from tests.bench.run import settle, step

    if not Article.objects.exists():
        with step(f"{articles:,} articles"):
            call_command("make_corpus", articles=articles, words=WORDS, seed=SEED, verbosity=0)
    waiting = SearchBacklog.objects.count()
    begin = time.perf_counter()
    with step("index"):
        index_all()
    taken = time.perf_counter() - begin
    with step("settle"):
        settle()
    return waiting / taken if waiting else 0.0


def _member() -> Any:
    """Somebody for whom everything is unread, in a project with annotations."""
    from datetime import UTC, datetime

    from reader.models import Article, Project, ProjectArticle, User
    from tests.bench.corpus import Written, annotate
    from tests.bench.people import make_person, make_project
    from tests.bench.run import settle

    member = make_person("searcher@bench.example")
    User.objects.filter(pk=member.user.pk).update(unread_since=datetime(2000, 1, 1, tzinfo=UTC))
    member.user.refresh_from_db()
    if not Project.objects.filter(slug="searched").exists():
        project = make_project("searched", [member])
        rows = Article.objects.filter(current_revision__word_count__gte=60).order_by("url_key")
        chosen = list(
            rows.values_list(
                "pk", "current_revision", "current_revision__text", "listed_at", "publication"
            )[: Article.objects.count() // EVERY]
        )
        annotate(project, member.user, [Written(*row[:3]) for row in chosen], 10)
        ProjectArticle.objects.bulk_create(
            ProjectArticle(
                project=project, article_id=row[0], listed_at=row[3], publication_id=row[4]
            )
            for row in chosen
        )
        settle()
    return member


def _client(member: Any) -> Any:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.cookies["sessionid"] = member.session
    return client


def _time(work: Callable[[], object]) -> float:
    """Milliseconds: the median, after a first time."""
    work()
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1000


def _plan(work: Callable[[], object], about: str) -> str:
    """How Postgres answered the dearest of the statements about something."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from psycopg.sql import SQL

    from reader.search.limits import limited

    with CaptureQueriesContext(connection) as context:
        work()
    plans = []
    for query in context.captured_queries:
        statement = query["sql"]
        if about in statement and statement.lstrip().startswith(("SELECT", "WITH")):
            with limited() as asking:
                rows = asking.rows(
                    SQL("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) " + statement)
                )
            plans.append([row[0] for row in rows])
    return max(map(_shortened, plans), key=_execution)


def _execution(plan: str) -> float:
    found = re.search(r"Execution Time: ([\d.]+)", plan)
    return float(found[1]) if found else 0.0


def _shortened(lines: list[str]) -> str:
    """A plan without the years that were not searched, and without the words of conditions."""
    kept: list[str] = []
    skipped = -1
    for line in lines:
        depth = len(line) - len(line.lstrip())
        if skipped >= 0 and depth > skipped:
            continue
        skipped = depth if "never executed" in line else -1
        if skipped < 0 and "Index Searches" not in line:
            kept.append(line if len(line) <= 100 else line[:99] + "…")
    ends = kept[-2:]
    if len(kept) > LINES:
        kept = [*kept[: LINES - 3], "  …", *ends]
    return "\n".join(kept)


if __name__ == "__main__":
    sys.exit(main())
