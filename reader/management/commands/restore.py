"""`make restore FILE=…`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reader.backups import BackupError, restore


class Command(BaseCommand):
    help = "Put the content of a backup in the place of the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="replace the data that is there")

    def handle(self, *, file: Path, force: bool, **options: Any) -> None:
        try:
            restore(file, replace=force)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored from {file}. The next start applies newer migrations.")
