"""What workers do for the marking half."""

from uuid import UUID

from reader.tasks import app


@app.task(name="reanchor", queue="articles")
def reanchor(article_id: str) -> None:
    """Place an article's marked passages in its newest text."""
    from annotations.services.reanchoring import reanchor_article

    reanchor_article(UUID(article_id))
