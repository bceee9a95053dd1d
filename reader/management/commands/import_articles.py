"""Articles from files, folders and standard input."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from getpass import getuser
from io import BufferedReader
from typing import Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from reader.ingest.bulk import import_all
from reader.ingest.details import check_details
from reader.ingest.incoming import Arrival, ByHand, Defaults, Incoming, Refusal
from reader.ingest.pipeline import Result
from reader.ingest.sources import Sources
from reader.management.importing import into_project
from reader.queries.indexing import backlog
from reader.services.errors import Refused


class Command(BaseCommand):
    help = (
        "Import articles. An address, or without one the text or the file name, finds an article "
        "again: what has not changed stays as it is, and a new text is a new revision. Run it "
        "again at any time, also after it was stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="PATH",
            help="a .txt, .html or .jsonl file, a folder of them, or - for standard input; rows of "
            ".jsonl have title, url, published_on, byline, publication, language, and text or html",
        )
        parser.add_argument(
            "--project",
            metavar="SLUG",
            help="the project that they belong to, made if missing (else they go to the library)",
        )
        missing = "for articles that do not say it themselves"
        parser.add_argument("--publication", metavar="NAME", default="", help=missing)
        parser.add_argument(
            "--published-on",
            metavar="DATE",
            default="",
            help=f"{missing}: 2021-03-29, 2021-03 or 2021; your login name is kept with it",
        )
        parser.add_argument("--language", metavar="TAG", default="", help=f"{missing}: en, pt-BR")

    def handle(self, **options: Any) -> None:
        try:
            defaults = _defaults(options)
        except Refused as refused:
            raise CommandError(refused.message) from refused
        project = into_project(options["project"], self.stdout)
        counts: Counter[str] = Counter()
        refusals: list[Refusal] = []
        with tqdm(unit="B", unit_scale=True, disable=None, leave=False) as bar:
            sources = Sources(options["paths"], cast(BufferedReader, sys.stdin.buffer), bar.update)
            bar.total = sources.size()
            try:
                for outcome in import_all(_filled(sources, defaults), project):
                    if isinstance(outcome, Refusal):
                        refusals.append(outcome)
                    else:
                        counts[outcome.result] += 1
                    bar.set_postfix(counts, refused=len(refusals), refresh=False)
            except KeyboardInterrupt:
                self._say(counts, refusals)
                raise CommandError(
                    "Stopped. What was imported so far stays; run it again to go on.",
                    returncode=130,
                ) from None
        self._say(counts, refusals)
        if refusals:
            raise SystemExit(1)

    def _say(self, counts: Counter[str], refusals: list[Refusal]) -> None:
        for refusal in refusals:
            self.stderr.write(f"refused: {refusal.where}: {refusal.reason}")
        left = backlog()
        if left.waiting:
            number = f"{left.waiting:,}{' or more' if left.is_more else ''}"
            self.stdout.write(
                f"To be indexed for search: {number}. A worker does it; so does "
                "manage.py reindex --waiting."
            )
        said = [f"{result}: {counts[result]}" for result in Result]
        self.stdout.write(", ".join([*said, f"refused: {len(refusals)}"]))


def _defaults(options: dict[str, Any]) -> Defaults:
    details = check_details(
        {name: options[name] for name in ("publication", "published_on", "language")}
    )
    return Defaults(
        publication=details.publication,
        language=details.language,
        published=details.published,
        dated_by=ByHand(login=_login()),
    )


def _login() -> str:
    """Who runs the command; where the machine has no name for them (in a container), the number."""
    try:
        return getuser()[:100]
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def _filled(arrivals: Sources, defaults: Defaults) -> Iterator[Arrival]:
    for arrival in arrivals:
        yield defaults.fill(arrival) if isinstance(arrival, Incoming) else arrival
