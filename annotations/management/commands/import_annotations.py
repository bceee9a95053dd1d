"""`manage.py import_annotations`: annotations from a file into a project."""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from annotations.formats.fields import NotReadable
from annotations.formats.reading import read
from annotations.services.importing import (
    Content,
    Line,
    Result,
    annotator_called,
    import_annotations,
)
from reader.models import Project
from reader.services.errors import Refused

MAX_LINE = 20_000_000
"""Bytes: more than the longest article can give, written as JSON."""


class Command(BaseCommand):
    help = (
        "Import annotations: JSON Lines as export_annotations writes them, or rows that name "
        "their words and a hint of position (docs/formats.md). Each row is imported once, "
        "however often the file is; exits with 1 if any row was refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a .jsonl file, or - for standard input")
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument(
            "--as", dest="email", metavar="EMAIL", help="the member whose annotations they become"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be imported")

    def handle(self, *, file: str, project: str, email: str | None, **options: Any) -> None:
        into = Project.objects.filter(slug=project).first()
        if into is None:
            raise CommandError(
                f"There is no project “{project}”. Bring its articles in first, which makes it: "
                f"manage.py import_articles PATH --project {project}"
            )
        counts: Counter[Result] = Counter()
        with ExitStack() as stack:
            try:
                annotator = annotator_called(into, email) if email else None
                source = stack.enter_context(Path(file).open("rb")) if file != "-" else None
            except Refused as refused:
                raise CommandError(refused.message) from None
            except OSError as error:
                raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
            if options["dry_run"]:
                stack.enter_context(transaction.atomic())
            rows = lines(source or sys.stdin.buffer)
            for outcome in import_annotations(into, rows, annotator):
                counts[outcome.result] += 1
                if outcome.result == Result.REFUSED:
                    self.stderr.write(f"line {outcome.line}: {outcome.reason}")
            if options["dry_run"]:
                transaction.set_rollback(True)
        self.stdout.write(("Nothing was written. " if options["dry_run"] else "") + said(counts))
        if counts[Result.REFUSED]:
            sys.exit(1)


def lines(source: BinaryIO) -> Iterator[Line]:
    """The lines of a file with what they hold, one in memory at a time; empty ones are left out."""
    number = 0
    while raw := source.readline(MAX_LINE):
        number += 1
        if len(raw) == MAX_LINE:
            while len(raw) == MAX_LINE and not raw.endswith(b"\n"):
                raw = source.readline(MAX_LINE)
            yield number, NotReadable(f"The line is longer than {MAX_LINE / 1e6:.0f} MB.")
        elif raw.strip():
            yield number, _read(raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw)


def _read(raw: bytes) -> Content:
    try:
        return read(raw.decode())
    except UnicodeDecodeError:
        return NotReadable("The line is not UTF-8.")
    except NotReadable as error:
        return error


def said(counts: Counter[Result]) -> str:
    """The counts for people."""
    placed = counts[Result.PLACED]
    by_words = f" ({placed:,} of them placed by their words)" if placed else ""
    return (
        f"imported: {counts[Result.IMPORTED] + placed:,}{by_words}, "
        f"already here: {counts[Result.UNCHANGED]:,}, refused: {counts[Result.REFUSED]:,}"
    )
