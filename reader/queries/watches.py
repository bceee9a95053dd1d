"""Which articles are watched."""

from reader.models import Article, ArticleWatch


def watch_of(article: Article) -> ArticleWatch | None:
    """The article's watch, running or ended; None for one that nobody asked for."""
    return ArticleWatch.objects.filter(article=article).first()
