"""A project's annotations out, by the command and over HTTP."""

import http.client
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.people import Person
from tests.bench.results import Result
from tests.served import ROOT, Site

BUDGET_ROWS = 20_000
BUDGET_MB = 50


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the command took: seconds, and megabytes at most."""

    seconds: float
    megabytes: float


def measure(site: Site, slug: str, empty_slug: str, number: int, member: Person) -> list[Result]:
    """Rows/s and memory of the command; beside it the same for a project without annotations,
    which is what starting the command takes. Then the same export over HTTP.

    Raises:
        RuntimeError: another number of annotations came out.
    """
    idle, full = _command(empty_slug, 0), _command(slug, number)
    rate = number / (full.seconds - idle.seconds)
    over = full.megabytes - idle.megabytes
    streamed = _over_http(site, f"/projects/{slug}/export/jsonl", member, number)
    return [
        Result(
            f"export of {number:,} annotations, command",
            f"{rate:,.0f} rows/s",
            f"{full.seconds:.1f} s, of which {idle.seconds:.1f} s to start",
            budget=f"≥ {BUDGET_ROWS:,}",
            kept=rate >= BUDGET_ROWS,
        ),
        Result(
            "the same, memory of the process",
            f"{over:.0f} MB over idle",
            f"idle {idle.megabytes:.0f} MB",
            budget=f"< {BUDGET_MB} MB",
            kept=over < BUDGET_MB,
        ),
        Result(f"export of {number:,} annotations, HTTP", f"{number / streamed:,.0f} rows/s"),
    ]


def _command(slug: str, expected: int) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "export.jsonl"
        command = [sys.executable, "manage.py", "export_annotations"]
        begin = time.perf_counter()
        process = psutil.Popen([*command, "--project", slug, "--output", target], cwd=ROOT)
        most = 0
        # Looked at again and again: what the system keeps as the most includes this process's own
        # memory, of which the other began as a copy.
        while process.poll() is None:
            with suppress(psutil.NoSuchProcess):
                most = max(most, process.memory_info().rss)
            time.sleep(0.02)
        seconds = time.perf_counter() - begin
        with target.open("rb") as lines:
            _check(sum(map(_is_annotation, lines)), expected)
    return Run(seconds, most / 1e6)


def _over_http(site: Site, path: str, member: Person, expected: int) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=120)
    begin = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": member.cookie})
    found = sum(map(_is_annotation, connection.getresponse()))
    seconds = time.perf_counter() - begin
    connection.close()
    _check(found, expected)
    return seconds


def _is_annotation(line: bytes) -> bool:
    return b'"annotation"' in line[:60]


def _check(found: int, expected: int) -> None:
    if found != expected:
        raise RuntimeError(f"{found} annotations were exported, not {expected}")
