"""A site with so many generated articles and sentences hidden in them, and how the same words are
found again.

`python -m tests.bench.same_words_site --articles N` prints what it measured as JSON. It is a
process of its own, since a process can only know one database.
"""

import json
import pickle
import statistics
import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from reader.supervisor import on_stop_signals
from tests.bench.site import production_site

SEED, WORDS = 7, 90
BATCH = 5_000


def main() -> int:
    """Make the articles, measure, and print it."""
    parser = ArgumentParser(prog="python -m tests.bench.same_words_site", description=__doc__)
    parser.add_argument("--articles", type=int, required=True)
    parser.add_argument("--data-dir", type=Path, help="one that is kept, and not filled again")
    parser.add_argument(
        "--prints-only", action="store_true", help="without the documents that searches read"
    )
    options = parser.parse_args()
    on_stop_signals(lambda number, _: sys.exit(128 + number))
    with production_site(options.data_dir) as site:
        site.queue_worker.suspend()
        try:
            print(json.dumps(_measure(options)))
        finally:
            site.queue_worker.resume()
    return 0


def _measure(options: Namespace) -> dict[str, Any]:
    kept = options.data_dir / "asked.pickle" if options.data_dir else None
    if kept and kept.exists():
        rate, asked = 0.0, pickle.loads(kept.read_bytes())
    else:
        rate, asked = _fill(options.articles, prints_only=options.prints_only)
        if kept:
            kept.write_bytes(pickle.dumps(asked))
    return {"articles": options.articles, "indexed": rate, **_looked_up(asked), **_room()}


def _fill(articles: int, *, prints_only: bool) -> tuple[float, list[Any]]:
    """The articles, indexed: how many a second, 0 with prints only, and what to look for."""
    # Models can be imported only now that Django is set up.
    from reader.management.corpus import Corpus
    from reader.models import Article
    from tests.bench.planting import plant
    from tests.bench.run import settle, step

    corpus = Corpus(SEED, WORDS)
    with step(f"{articles:,} articles"):
        for _ in corpus.write(range(articles)):
            pass
    with step("sentences"):
        asked = plant(corpus, list(Article.objects.order_by("pk").values_list("pk", flat=True)))
    begin = time.perf_counter()
    with step("index"):
        _print_all() if prints_only else _index_all()
    rate = 0.0 if prints_only else articles / (time.perf_counter() - begin)
    with step("settle"):
        settle()
    return rate, asked


def _index_all() -> None:
    from reader.services.indexing import index_all

    index_all()


def _print_all() -> None:
    """Prints alone, their index made at the end."""
    from django.db import connection, transaction

    from reader.models import Article
    from reader.services.printing import write_prints

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE reader_searchbacklog")
        cursor.execute(
            "SELECT pg_get_indexdef(indexrelid) FROM pg_index "
            "WHERE indexrelid = 'sentence_prints'::regclass"
        )
        (made_by,) = cursor.fetchone()
        cursor.execute("DROP INDEX sentence_prints")
    ids = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    for begin in range(0, len(ids), BATCH):
        with transaction.atomic():
            write_prints(ids[begin : begin + BATCH])
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute(made_by)


def _looked_up(asked: list[Any]) -> dict[str, Any]:
    """How long it takes to look for each sentence, and what is found."""
    from reader.models import User
    from reader.sameness import Grade, level
    from reader.search.sight import Sight
    from tests.bench.people import make_person

    sight = Sight.of(User.objects.get(pk=make_person("reader@bench.example").user.pk))
    times: list[float] = []
    right = wrong = 0
    found: dict[str, int] = dict.fromkeys(Grade, 0)
    hidden: dict[str, int] = dict.fromkeys(Grade, 0)
    wrongs: dict[str, int] = dict.fromkeys(Grade, 0)
    for statement in asked:
        words = level(statement.words)
        _look_up(sight, words)
        begin = time.perf_counter()
        hits = _look_up(sight, words)
        times.append((time.perf_counter() - begin) * 1000)
        where = statement.everywhere
        for hit in hits:
            # Two articles may have the very same lead.
            is_right = hit.article_id in where or hit.likeness.grade == Grade.SAME
            right, wrong = right + is_right, wrong + (not is_right)
            wrongs[hit.likeness.grade] += not is_right
        seen = {hit.article_id for hit in hits}
        for grade, articles in statement.hidden.items():
            hidden[grade] += len(articles)
            found[grade] += len(articles & seen)
    times.sort()
    longest = max(asked, key=lambda one: len(one.words) if one.hidden else 0)
    return {
        "median": statistics.median(times),
        "p95": times[int(len(times) * 0.95)],
        "slowest": times[-1],
        "precision": right / max(1, right + wrong),
        "wrong": wrongs,
        "recall": {grade: found[grade] / hidden[grade] for grade in Grade},
        "plan": _plan(sight, level(longest.words)),
    }


def _look_up(sight: Any, words: Any) -> list[Any]:
    from annotations.queries.search_terms import MarksOnArticles, Speakers
    from reader.queries.same_words import same_words
    from reader.search.limits import TooBroadError

    try:
        (answer,) = same_words(sight, MarksOnArticles(sight, Speakers()).withdrawn(), [words])
    except TooBroadError:
        return []
    return answer.hits


def _plan(sight: Any, words: Any) -> str:
    from tests.bench.searched_site import _plan as plan_of

    return plan_of(lambda: _look_up(sight, words), "reader_sentenceprints s")


def _room() -> dict[str, int]:
    """Bytes of the prints, and of their index."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_table_size('reader_sentenceprints'), pg_relation_size('sentence_prints'),"
            " (SELECT avg(cardinality(prints)) FROM reader_sentenceprints)::int"
        )
        table, index, each = cursor.fetchone()
    return {"table_bytes": table, "index_bytes": index, "prints": each}


if __name__ == "__main__":
    sys.exit(main())
