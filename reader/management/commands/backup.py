"""`make backup`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reader.backups import BackupError, backup


class Command(BaseCommand):
    help = "Write the whole database to a file in DATA_DIR/backups and print its path."

    def handle(self, **options: Any) -> None:
        try:
            path = backup(settings.DATA_DIR / "backups")
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(path))
