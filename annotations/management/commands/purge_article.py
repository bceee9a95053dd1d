"""Erase an article for good."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.management.confirm import add_yes_argument, erase
from annotations.services.erasing import purge_article
from reader.models import Article


class Command(BaseCommand):
    help = "Erase an article with its revisions, annotations, shares and all their history."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", type=UUID, help="the article's id, as in its address")
        add_yes_argument(parser)

    def handle(self, **options: Any) -> None:
        article = Article.objects.filter(pk=options["id"]).first()
        if article is None:
            raise CommandError(f"There is no article {options['id']}.")
        what = f"article {article.pk} (“{article.title}”)"
        erase(self, what, lambda: purge_article(options["id"]), yes=options["yes"])
