"""Articles by their addresses."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reader.ingest.address import fetch_article
from reader.ingest.pipeline import store
from reader.management.importing import into_project
from reader.services.errors import Refused


class Command(BaseCommand):
    help = (
        "Fetch articles from their addresses, within the limits and with the leave of their sites "
        "(robots.txt). An address that is here already is compared: a new text is a new revision."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("urls", nargs="+", metavar="URL", help="the address of an article")
        parser.add_argument(
            "--project",
            metavar="SLUG",
            help="the project that they belong to, made if missing (else they go to the library)",
        )

    def handle(self, **options: Any) -> None:
        project = into_project(options["project"], self.stdout)
        failed = 0
        for url in options["urls"]:
            try:
                incoming, _ = fetch_article(url)
            except Refused as refused:
                failed += 1
                self.stderr.write(f"refused: {url}: {refused.message}")
                continue
            outcome = store(incoming, project)
            self.stdout.write(f"{outcome.result}: {incoming.details.title} ({outcome.article_id})")
        if failed:
            raise CommandError(f"{failed} of {len(options['urls'])} could not be added.")
