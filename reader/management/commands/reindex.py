"""The search index, made anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from reader.models import SearchBacklog
from reader.services.indexing import index_some, put_all_into_backlog


class Command(BaseCommand):
    help = (
        "Index all articles for search anew, here and now. Workers index what is new or changed "
        "by themselves. Stopped and started again with --waiting, it goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--waiting", action="store_true", help="only what waits to be indexed anyway"
        )

    def handle(self, **options: Any) -> None:
        if not options["waiting"]:
            put_all_into_backlog()
        total = 0
        waiting = SearchBacklog.objects.count()
        with tqdm(total=waiting, unit="article", disable=None, leave=False) as bar:
            while done := index_some():
                bar.update(done)
                total += done
        self.stdout.write(f"Indexed {total:,} articles.")
