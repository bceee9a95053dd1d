"""What workers do: each task is a few words around a service, which it loads when it runs.

Any task may be run twice, since a worker may be killed between its work and the note that it is
done. `reader.services.queue` puts them into the queue, always in the transaction that makes the
work; `upkeep` are those that workers start by the clock, `worker` runs them all.
"""

from uuid import UUID

from procrastinate import JobContext
from procrastinate.contrib.django import app

__all__ = ["app", "fetch_entry", "fetch_pictures", "index_articles", "look_again", "poll_feed"]


@app.task(name="poll_feed", queue="feeds", pass_context=True)
def poll_feed(context: JobContext, feed_id: int) -> None:
    """Ask a feed that is due what is new."""
    from reader.services.polling import poll

    poll(feed_id, context.job.attempts)


@app.task(name="fetch_entry", queue="pages", pass_context=True)
def fetch_entry(context: JobContext, entry_id: int) -> None:
    """Fetch the page of an entry that waits for it, and of others of its feed."""
    from reader.services.entry_pages import fetch_pages

    fetch_pages(entry_id, context.job.attempts, context.should_abort)


@app.task(name="look_again", queue="pages", pass_context=True)
def look_again(context: JobContext, article_id: str) -> None:
    """Fetch a watched article again that is due."""
    from reader.services.watching import look

    look(UUID(article_id), context.job.attempts)


# No lock: several may index at once, and where a worker died with it others must go on.
@app.task(name="index_articles", queue="search", queueing_lock="index_articles")
def index_articles() -> None:
    """Index articles that wait to be found by searches."""
    from reader.services.queue import index_backlog

    index_backlog()


# Where files of this site's DATA_DIR are written, so only workers that share it may take these.
@app.task(name="fetch_pictures", queue="pictures")
def fetch_pictures(article_id: str) -> None:
    """Fetch the pictures of an article."""
    from reader.services.pictures import fetch_pictures_of

    fetch_pictures_of(UUID(article_id))
