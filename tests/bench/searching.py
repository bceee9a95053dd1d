"""The library and search, with few generated articles and with a million.

Making the million takes half an hour, so it is only done when it is asked for (`--million`).
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from tests.bench.results import Result, table
from tests.served import ROOT

FEW, MANY = 10_000, 1_000_000
TIMES = 3
WORDS, PHRASES = 100, 500
"""Milliseconds."""

INDEXED = 500
"""Articles/s."""

HEADING = "## Searching a million articles"

_BUDGETS = {
    "search, a frequent word": WORDS,
    "search, a rare word": WORDS,
    "search, two words": WORDS,
    "search, a phrase": PHRASES,
}


@dataclass(frozen=True, slots=True)
class Measured:
    """What `tests.bench.searched_site` measured."""

    articles: int
    indexed: float
    times: Mapping[str, float]
    plans: Mapping[str, str]


@cache
def measured(articles: int, *given: str) -> Measured:
    """Measure a site with so many articles, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.searched_site", f"--articles={articles}", *given],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return Measured(**found)


def results(few: Measured, many: Measured | None = None) -> list[Result]:
    """Each time against its budget, and beside that with few articles."""
    one = many or few
    rows = [_row(name, time, few, one) for name, time in one.times.items()]
    if one.indexed:
        rows.append(
            Result(
                f"indexing {one.articles:,} articles of 90 words for search",
                f"{one.indexed:,.0f}/s by one worker",
                budget=f"≥ {INDEXED}/s",
                kept=one.indexed >= INDEXED,
            )
        )
    return rows


def _row(name: str, time: float, few: Measured, one: Measured) -> Result:
    beside = few.times[name] if one is not few else None
    ratio = time / beside if beside else None
    budget, kept = "", None
    if name in _BUDGETS:
        budget, kept = f"≤ {_BUDGETS[name]} ms", time <= _BUDGETS[name]
    elif name == "library page" and ratio:
        budget, kept = f"≤ {TIMES}", ratio <= TIMES
    return Result(
        f"{name}, {one.articles:,} articles",
        f"{time:.1f} ms",
        f"with {few.articles:,} {beside:.1f} ms" if beside else "",
        f"{ratio:.2f}" if ratio else "",
        budget,
        kept,
    )


def section(command: str, on: str, few: Measured, many: Measured) -> str:
    """What docs/benchmarks.md says of it."""
    today = datetime.now(UTC).date()
    plans = "\n\n".join(f"### {name}\n\n```text\n{plan}\n```" for name, plan in many.plans.items())
    scans = [name for name, plan in many.plans.items() if "Seq Scan on reader_article" in plan]
    return _SECTION.format(
        heading=HEADING,
        day=f"{today:%-d %B %Y}",
        command=command,
        on=on,
        table=table(results(few, many)),
        plans=plans,
        scans="None reads the table of articles from end to end."
        if not scans
        else f"**The table of articles is read from end to end by: {', '.join(scans)}.**",
    )


def section_of(page: str) -> str:
    """What a page says of it already; empty where it says nothing."""
    _, heading, text = page.partition(HEADING)
    return (heading + text.partition("\n## ")[0]).rstrip() + "\n" if heading else ""


_SECTION = """\
{heading}

Measured on {day} by `{command}`; {on}.

The articles are made by `manage.py make_corpus`: short ones, of 60 to 120 words from a vocabulary
of 30,000 with Zipf's frequencies, in four languages, from 40 publications and 12 years; every
hundredth has ten annotations. Longer texts take more room and more time to index, but a search
reads the index of words, and texts only for phrases and for the thirty that are shown. Searches
are timed in one process, medians of fifteen; pages over HTTP. The sites are measured one after the
other: where a ratio is below 1, the machine was busier with the smaller one.

{table}

What Postgres does for the six main questions (`EXPLAIN (ANALYZE, BUFFERS)`; years that it did not
come to are left out, long lines and long plans are cut).
{scans}

{plans}
"""
