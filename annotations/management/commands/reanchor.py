"""Placing passages in the newest texts, where a worker has not done it yet."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Exists, OuterRef

from annotations.models import Anchor, Annotation
from annotations.services.reanchoring import reanchor_article


class Command(BaseCommand):
    help = (
        "Place marked passages in the newest text of each article. Workers do it as texts arrive; "
        "this goes over all articles, and on where it was broken off."
    )

    def handle(self, **options: Any) -> None:
        here = Anchor.objects.filter(
            annotation=OuterRef("pk"), revision=OuterRef("article__current_revision")
        )
        missing = Annotation.objects.filter(~Exists(here)).values_list("article", flat=True)
        articles = missing.order_by("article").distinct()
        placed = sum(reanchor_article(article_id) for article_id in articles)
        self.stdout.write(f"{len(articles)} articles, {placed} passages placed anew.")
