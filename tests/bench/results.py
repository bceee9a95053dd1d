"""What was measured, and how it is shown."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the table, in words; `kept` is None where there is no budget."""

    work: str
    measured: str
    limit: str = ""
    ratio: str = ""
    budget: str = ""
    kept: bool | None = None

    @property
    def cells(self) -> list[str]:
        verdict = {True: "kept", False: "**missed**", None: ""}[self.kept]
        return [self.work, self.measured, self.limit, self.ratio, self.budget, verdict]


HEADINGS = ["Work", "Measured", "Limit", "Ratio", "Budget", ""]


def table(results: Sequence[Result]) -> str:
    """All results."""
    return markdown(HEADINGS, [result.cells for result in results])


def markdown(headings: list[str], cells: Sequence[list[str]]) -> str:
    """A Markdown table whose columns stand straight in a terminal too."""
    rows = [headings, *cells]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def machine() -> str:
    """What it was measured on: without it the figures mean nothing."""
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores ({_processor()}), {platform.system()}, "
        f"Python {platform.python_version()}; load before the run {load:.1f}"
    )


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def page(results: Sequence[Result], command: str, on: str, sections: str) -> str:
    """docs/benchmarks.md; `sections` are those at its end, with tables of their own."""
    today = datetime.now(UTC).date()
    return _PAGE.format(
        day=f"{today:%-d %B %Y}", command=command, on=on, table=table(results), sections=sections
    )


_PAGE = """\
# Benchmarks

What the work costs, beside the least that it could cost on the same machine in the same minutes.
Only the ratio of the two can be carried to another machine; a budget is kept or missed by it.

Measured on {day} by `{command}`, which wrote this page; {on}.

{table}

## How to read it

- The site runs as `make run` runs it, with production settings: `manage.py serve`, two web
  processes of four threads each, and the embedded Postgres on its own, in a temporary folder.
  Whoever asks runs on the same machine and takes a part of it.
- The *empty view* is a Django view that returns nothing, in the same server behind the same
  middleware. The *bare INSERTs* and *COPY* are psycopg on the same Postgres, into the same tables
  with the same indexes, constraints and triggers, commits included.
- Requests/s are those of eight connections at once; both sides of a ratio take turns, and the
  median of the turns counts. Milliseconds are medians of one connection.
- *Queries* are those of the view; besides them each request asks Postgres once whether the kept
  connection still lives.
- Feeds stand on a site in a process of its own. The *bare requests* ask it for the same addresses,
  as many at once as the workers do, and drop what they get.
- The site's own worker is stopped while other things are measured; its memory counts.
- An article "nothing cached" is one that nobody has opened since the site was started.
- Generated articles have invented words; a page of the library shows 30 of them with ten
  annotations each. Between the library with few articles and the one with many lie minutes, so
  in their ratio each time is counted in empty views of its own minute.

{sections}"""
