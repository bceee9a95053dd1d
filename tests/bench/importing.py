"""Prepared articles in, beside COPY of the same rows."""

import io
import json
import tempfile
import time
from collections.abc import Callable
from functools import partial

from django.db import connection, transaction

from reader.ingest.bulk import import_all
from reader.ingest.incoming import Refusal
from reader.ingest.sources import Sources
from reader.models import Article, Revision
from tests.bench.corpus import texts
from tests.bench.results import Result
from tests.bench.scale import Scale

Row = tuple[str, ...]

WORDS = 520  # about 3,000 characters
SHARE = 1 / 3
TABLES = (Article._meta.db_table, Revision._meta.db_table)


def measure(scale: Scale) -> list[Result]:
    """Rows/s of `import_all` from a .jsonl file, and of COPY into the same, empty tables."""
    number = scale.imported
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".jsonl") as file:
        documents = texts(WORDS)
        for n in range(number):
            file.write(_row(n, documents[n % len(documents)].text))
        file.flush()
        imports, copies = [], []
        for _ in range(2):
            _empty()
            imports.append(_seconds(partial(_import, file.name, number)))
            rows = [_copied_out(table) for table in TABLES]
            _empty()
            copies.append(_seconds(partial(_copy, rows)))
    _empty()
    imported, copied = number / min(imports), number / min(copies)
    return [
        Result(
            f"import of {number:,} prepared articles of {len(documents[0].text) / 1e3:.0f} kB",
            f"{imported:,.0f} rows/s",
            f"COPY {copied:,.0f} rows/s",
            f"{imported / copied:.2f}",
            "≥ 0.33",
            imported / copied >= SHARE,
        )
    ]


def _row(number: int, text: str) -> str:
    row = {
        "title": f"Ferry {number} leaves the harbour before noon",
        "url": f"https://news.example/imported/{number}",
        "published_on": "2026-05-04",
        "byline": "Mira Okonjo",
        "publication": "Herald",
        "language": "en",
        "text": f"{number}. {text}",
    }
    return json.dumps(row, ensure_ascii=False) + "\n"


def _import(path: str, expected: int) -> None:
    sources = Sources([path], io.BufferedReader(io.BytesIO()), lambda _: None)
    outcomes = list(import_all(sources, None))
    refused = [one for one in outcomes if isinstance(one, Refusal)]
    if refused or len(outcomes) != expected:
        raise RuntimeError(f"{len(outcomes)} of {expected} rows came in; refused: {refused[:3]}")


def _copied_out(table: str) -> list[Row]:
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
        return list(copy.rows())


def _copy(rows: list[list[Row]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, of_table in zip(TABLES, rows, strict=True):
            with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                for row in of_table:
                    copy.write_row(row)


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")


def _seconds(work: Callable[[], None]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
