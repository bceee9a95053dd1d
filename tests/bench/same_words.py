"""The same words elsewhere: how long it takes to find them, and how often it is right.

`python -m tests.bench.same_words [--million] [--write]`. Making the million takes a quarter of an
hour or more, so it is only done when it is asked for.
"""

import json
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reader.supervisor import on_stop_signals
from tests.bench import anchoring
from tests.bench.results import Result, machine, table
from tests.served import ROOT

FEW, MANY = 50_000, 1_000_000
MILLISECONDS, PRECISION, RECALL = 150, 0.95, 0.95
INDEXED = 500
"""Articles/s."""

PAGE = ROOT / "docs" / "benchmarks.md"
HEADING = "## The same words elsewhere"


@dataclass(frozen=True, slots=True)
class Measured:
    """What `tests.bench.same_words_site` measured; times are milliseconds, `recall` and `wrong` go
    by grade, `prints` is how many an article has."""

    articles: int
    indexed: float
    median: float
    p95: float
    slowest: float
    precision: float
    wrong: Mapping[str, int]
    recall: Mapping[str, float]
    plan: str
    table_bytes: int
    index_bytes: int
    prints: int


def measured(articles: int, *given: str) -> Measured:
    """Measure a site with so many articles, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.same_words_site", f"--articles={articles}", *given],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    return read(done.stdout.decode())


def read(printed: str) -> Measured:
    """What such a process printed."""
    found: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return Measured(**found)


def results(one: Measured) -> list[Result]:
    """Each figure against its budget."""
    of = f"{one.articles:,} articles"
    recall = ", ".join(f"{grade} {share:.1%}" for grade, share in one.recall.items())
    rows = [
        Result(
            f"same words as a sentence, {of}",
            f"{one.median:.0f} ms, p95 {one.p95:.0f} ms, slowest {one.slowest:.0f} ms",
            budget=f"p95 ≤ {MILLISECONDS} ms",
            kept=one.p95 <= MILLISECONDS,
        ),
        Result(
            f"same words, what is found is right, {of}",
            f"{one.precision:.1%}",
            budget=f"≥ {PRECISION:.0%}",
            kept=one.precision >= PRECISION,
        ),
        Result(
            f"same words, what is there is found, {of}",
            recall,
            budget=f"≥ {RECALL:.0%}",
            kept=min(one.recall.values()) >= RECALL,
        ),
        Result(
            f"same words, room for {one.prints} prints an article, {of}",
            f"{one.table_bytes / 2**20:,.0f} MB, index {one.index_bytes / 2**20:,.0f} MB",
        ),
    ]
    if one.indexed:
        rows.append(
            Result(
                f"indexing for search and same words, {of}",
                f"{one.indexed:,.0f}/s by one worker",
                budget=f"≥ {INDEXED}/s",
                kept=one.indexed >= INDEXED,
            )
        )
    return rows


def section(command: str, on: str, several: list[Measured]) -> str:
    """What docs/benchmarks.md says of it."""
    return _SECTION.format(
        heading=HEADING,
        day=f"{datetime.now(UTC).date():%-d %B %Y}",
        command=command,
        on=on,
        table=table([row for one in several for row in results(one)]),
        articles=f"{several[-1].articles:,}",
        plan=several[-1].plan,
    )


def section_of(page: str) -> str:
    """What a page says of it already; empty where it says nothing."""
    _, heading, text = page.partition(HEADING)
    return (heading + text.partition("\n## ")[0]).rstrip() + "\n" if heading else ""


_SECTION = """\
{heading}

Measured on {day} by `{command}`; {on}.

Articles are made as for searching, of 90 words. 150 sentences of 9 to 24 words, one in five with a
common phrase in it, are hidden in six articles each: twice in the same words with other typography,
twice within a longer sentence, twice with words replaced, inserted, left out or put into another
form (near by the definition: an aligned similarity of 0.8). Each of three sentences of boilerplate,
three common phrases and the lead of an agency (its places and days differ) is in one article of 40;
leads and boilerplate are looked for, too, and must find nothing but themselves. A time is that of
the whole lookup of one sentence: common prints, candidates, their texts, comparing.

In the sample newsroom, 322 sentences are looked for and 49 places are found. Read by hand, 46 of
them repeat the sentence, and three have only its beginning or an idiom in common ("… managing
director, said that", "a piece of paper"), all of them under "Perhaps the same".

{table}

How Postgres finds the candidates of a sentence among {articles} articles:

```text
{plan}
```
"""


def main() -> int:
    """Measure, print the table, and keep it if asked to; 1 where a budget is missed."""
    parser = ArgumentParser(prog="python -m tests.bench.same_words", description=__doc__)
    parser.add_argument("--million", action="store_true", help="with a million articles, too")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name} as well")
    parser.add_argument(
        "--read", type=Path, nargs="*", default=[], help="what earlier measurements printed"
    )
    options = parser.parse_args()
    on_stop_signals(lambda number, _: sys.exit(128 + number))
    several = [read(path.read_text()) for path in options.read] or [measured(FEW)]
    if options.million:
        several.append(measured(MANY, "--prints-only"))
    found = [row for one in several for row in results(one)]
    print(table(found))
    if options.write:
        page = PAGE.read_text()
        new = section("python -m tests.bench.same_words --million --write", machine(), several)
        old = section_of(page)
        before, last, after = page.replace(old, "").partition(anchoring.HEADING)
        PAGE.write_text(f"{before.rstrip()}\n\n{new}\n{last}{after}")
    return int(any(row.kept is False for row in found))


if __name__ == "__main__":
    sys.exit(main())
