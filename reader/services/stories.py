"""What people decide about articles that are shown as one story."""

from django.db import transaction

from reader.ingest.identity import lock_scope
from reader.ingest.joining import rejoin_story
from reader.models import Article


def take_apart(article: Article) -> None:
    """Show the article on its own from now on; no later arrival joins it to another."""
    _decide(article, alone=True)


def put_together(article: Article) -> None:
    """Let the article be shown with others of its story again."""
    _decide(article, alone=False)


@transaction.atomic
def _decide(article: Article, *, alone: bool) -> None:
    lock_scope(article.scope)
    article = Article.objects.select_for_update(of=("self",), no_key=True).get(pk=article.pk)
    if article.stands_alone == alone:
        return
    article.stands_alone = alone
    article.save(update_fields=["stands_alone"])
    rejoin_story(article)
