"""Pictures of articles that came in before pictures were kept, or without a worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reader.services.pictures import Tally, articles_with_pictures, fetch_pictures_of


class Command(BaseCommand):
    help = (
        "Fetch the pictures of articles that are not there, as after a restore: workers do this "
        "for new articles by themselves."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--failed", action="store_true", help="also those that could not be fetched before"
        )

    def handle(self, **options: Any) -> None:
        total = Tally()
        for article_id in articles_with_pictures():
            tally = fetch_pictures_of(article_id, failed_too=options["failed"])
            total.stored += tally.stored
            total.failed += tally.failed
        self.stdout.write(f"{total.stored} pictures stored, {total.failed} failed")
