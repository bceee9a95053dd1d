"""Articles' details: corrected by hand, and kept in step wherever they show.

Revisions are not touched: they keep what was received.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.dates import GivenDate, listing_moment
from reader.ingest.details import Details
from reader.ingest.identity import lock_scope
from reader.ingest.urlkey import url_key
from reader.models import Article, FeedEntry, Project, ProjectArticle, User
from reader.services.errors import Conflict, Refused
from reader.services.publications import publications_named


@transaction.atomic
def edit_details(article: Article, details: Details, version: int, editor: User) -> Article:
    """Correct what is said about an article. A changed date keeps who set it, and when.

    Args:
        version: the one that the person saw.

    Raises:
        Refused: there is no title, or another article has the address.
        Conflict: somebody else was faster.
    """
    lock_scope(article.scope)
    article = (
        Article.objects.select_for_update(of=("self",), no_key=True)
        .select_related("publication", "scope")
        .get(pk=article.pk)
    )
    if article.version != version:
        raise Conflict(article)
    if not details.title:
        raise Refused(_("An article needs a title."), "title")
    if details == details_of(article):
        return article
    _set_address(article, details.url)
    if article.title != details.title:
        article.title, article.title_derived = details.title, False
    article.byline, article.language = details.byline, details.language
    article.publication = publications_named([details.publication]).get(details.publication)
    if (article.published_on, article.published_precision) != details.published:
        article.published_on, article.published_precision = details.published
        article.date_set_by, article.date_set_login = editor, ""
        article.date_set_at = timezone.now()
    save_changed(article)
    return article


def details_of(article: Article) -> Details:
    """An article's details as they are."""
    return Details(
        title=article.title,
        url=article.url,
        byline=article.byline,
        publication=article.publication.name if article.publication else "",
        language=article.language,
        published=GivenDate(article.published_on, article.published_precision),
    )


def save_changed(article: Article) -> None:
    """Save an article whose details or text changed, and note it on every page that shows it."""
    article.version += 1
    moment = listing_moment(article.published_on, article.first_seen_at)
    if article.listed_at != moment:
        article.listed_at = moment
        FeedEntry.objects.filter(article=article).update(listed_at=moment)
    ProjectArticle.objects.filter(article=article).exclude(
        listed_at=moment, publication=article.publication
    ).update(listed_at=moment, publication=article.publication)
    article.save()
    note_on_pages(article.pk)


def note_on_pages(article_id: UUID) -> None:
    """Note that every page which shows the article has changed (`public_page_stamp`)."""
    projects = Project.objects.filter(project_articles__article=article_id)
    # Locked in order: another change of articles in the same projects may run beside this one.
    locked = projects.order_by("pk").select_for_update(of=("self",), no_key=True)
    Project.objects.filter(pk__in=[one.pk for one in locked]).update(version=F("version") + 1)


def _set_address(article: Article, url: str) -> None:
    key = url_key(url)
    others = Article.objects.filter(scope=article.scope, url_key=key).exclude(pk=article.pk)
    if key and others.exists():
        raise Refused(_("Another article here has this address."), "url")
    article.url, article.url_key = url, key
