"""Looking again at an article's address."""

from dataclasses import replace
from datetime import timedelta

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.ingest.address import fetch_article
from reader.ingest.pipeline import Outcome, store
from reader.models import Article, Revision, User
from reader.services.errors import Refused

PAUSE = timedelta(minutes=1)
"""Between two looks at one page, out of politeness."""


class TooSoon(Refused):
    """The page was fetched a moment ago."""


def fetch_again(article: Article, user: User | None = None) -> Outcome:
    """Fetch an article's page; another text than the newest becomes a further revision.

    It takes a while: nobody should hold a transaction open meanwhile.

    Raises:
        TooSoon: a text of it came in a moment ago.
        Refused: the article has no address.
        FetchError, ExtractError: as in `fetch_article`; nothing has changed then.
    """
    if not article.url:
        raise Refused(_("The article has no address."))
    last = Revision.objects.filter(article=article).aggregate(last=Max("fetched_at"))["last"]
    if last and timezone.now() - last < PAUSE:
        raise TooSoon(_("It was fetched a moment ago. Wait a minute."))
    incoming, _html = fetch_article(article.url)
    # Wherever the site sent us, it is this article that we looked at.
    details = replace(incoming.details, url=article.url)
    return store(replace(incoming, details=details), article.scope, user)
