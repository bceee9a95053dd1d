"""`manage.py export_annotations`: a project's annotations into a file."""

import os
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.formats import FORMATS
from annotations.queries.exporting import records
from reader.models import Project


class Command(BaseCommand):
    help = "Export a project's annotations, with its speakers and claims (docs/formats.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--format", default="jsonl", choices=FORMATS)
        parser.add_argument("--output", metavar="FILE", help="instead of standard output")

    def handle(self, *, project: str, output: str | None, **options: Any) -> None:
        source = Project.objects.filter(slug=project).first()
        if source is None:
            raise CommandError(f"There is no project “{project}”.")
        pieces = FORMATS[options["format"]].write(records(source))
        if output is None:
            for piece in pieces:
                self.stdout.write(piece.decode(), ending="")
            return
        try:
            write_whole(Path(output), pieces)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from None


def write_whole(path: Path, pieces: Iterator[bytes]) -> None:
    """Write a file that is there whole or not at all: a file of that name stays until then.

    Raises:
        OSError: it cannot be written.
    """
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as partial:
        try:
            partial.writelines(pieces)
            partial.flush()
            os.fsync(partial.fileno())
            # As private as any new file of this person, where a temporary one is for them alone.
            umask = os.umask(0)
            os.umask(umask)
            Path(partial.name).chmod(0o666 & ~umask)
            Path(partial.name).replace(path)
        except BaseException:
            Path(partial.name).unlink()
            raise
