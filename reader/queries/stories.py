"""Where else the story of an article stands."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from reader.models import Article

MOST = 20
"""Articles named beside their lead."""


def with_copies(articles: QuerySet[Article]) -> QuerySet[Article]:
    """The articles, each knowing whether others are shown with it (`leads_others`)."""
    return articles.annotate(leads_others=Exists(Article.objects.filter(lead=OuterRef("pk"))))


def told_elsewhere(article: Article) -> list[Article]:
    """The articles that are shown with this one, or the one that it is shown with; a query only
    where there is any. What leads others is known of articles from `with_copies`."""
    others = Article.objects.select_related("publication").order_by("pk")
    if article.lead_id:
        return list(others.filter(pk=article.lead_id))
    leads = getattr(article, "leads_others", False)
    return list(others.filter(lead=article)[:MOST]) if leads else []


def copies_of(leads: Collection[UUID]) -> dict[UUID, list[Article]]:
    """The articles that are shown with each of these, as they came in; one query."""
    found: dict[UUID, list[Article]] = defaultdict(list)
    copies = Article.objects.filter(lead__in=leads).select_related("publication").order_by("pk")
    for copy in copies[: MOST * max(1, len(leads))]:
        if copy.lead_id and len(found[copy.lead_id]) < MOST:
            found[copy.lead_id].append(copy)
    return found
