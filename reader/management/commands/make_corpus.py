"""Generated articles to measure with."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from reader.management.corpus import ADDRESS, Corpus
from reader.models import Article


class Command(BaseCommand):
    help = (
        "Fill the library with generated articles, to see how the site does with many. Meant for "
        "a database of its own: nothing but deleting the database takes them out again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--articles", type=int, required=True, metavar="N", help="how many")
        parser.add_argument(
            "--words", type=int, default=90, metavar="W", help="in a middling text (default: 90)"
        )
        parser.add_argument(
            "--seed", type=int, default=1, metavar="S", help="another one gives other articles"
        )
        parser.add_argument(
            "--yes", action="store_true", help="also into a database with real articles"
        )

    def handle(self, **options: Any) -> None:
        if options["articles"] < 1 or options["words"] < 1 or options["seed"] < 0:
            raise CommandError("Articles and words are counted from 1, seeds from 0.")
        if not options["yes"] and Article.objects.exclude(url__startswith=ADDRESS).exists():
            raise CommandError(
                "The database has real articles, among which the generated ones would stand for "
                "ever. Give the corpus a database of its own (DATA_DIR), or say --yes."
            )
        corpus = Corpus(options["seed"], options["words"])
        # Where an earlier run of this seed ended, this one goes on.
        begin = Article.objects.filter(url__startswith=f"{ADDRESS}{corpus.seed}/").count()
        with tqdm(total=options["articles"], unit="article", disable=None) as bar:
            for done in corpus.write(range(begin, begin + options["articles"])):
                bar.update(done)
        self.stdout.write(
            f"Made {options['articles']:,} articles. Workers index them for search; "
            "manage.py reindex --waiting does it now."
        )
