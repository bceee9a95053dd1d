"""Articles and revisions as rows: new ones, further revisions, and gaps filled in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from reader.dates import listing_moment
from reader.ingest.copy import copy_in, next_ids
from reader.ingest.incoming import Incoming
from reader.models import Article, Project, ProjectArticle, Publication, Revision, User
from reader.services.articles import save_changed
from reader.text import word_count

Publications = Mapping[str, Publication]


def add_new(
    new: Sequence[tuple[UUID, Incoming]],
    publications: Publications,
    scope: Project | None,
    user: User | None,
    now: datetime,
) -> None:
    """Write articles under these ids, each with its first revision and its place in the project."""
    articles, revisions = [], []
    for (article_id, one), revision_id in zip(new, next_ids(Revision, len(new)), strict=True):
        article = Article(
            id=article_id,
            scope=scope,
            url=one.details.url,
            url_key=one.url_key,
            title=one.details.title,
            title_derived=one.title_derived,
            byline=one.details.byline,
            listed_at=listing_moment(one.details.published.on, now),
            first_seen_at=now,
            current_revision_id=revision_id,
        )
        _date(article, one, now)
        _fill(article, one, publications)
        articles.append(article)
        revisions.append(_revision(article_id, 1, one, now, revision_id))
    # Articles and revisions name each other; Postgres checks that when the transaction ends.
    copy_in(articles)
    copy_in(revisions)
    if scope:
        place(articles, scope, user)


def place(articles: Sequence[Article], project: Project, user: User | None) -> None:
    """Write the articles' places in a project that does not have them yet."""
    copy_in(
        [
            ProjectArticle(
                project=project, article_id=one.pk, listed_at=one.listed_at, added_by=user
            )
            for one in articles
        ]
    )


def revise(article_id: UUID, incoming: Incoming, publications: Publications, now: datetime) -> None:
    """A further revision. The article follows it, except where people have corrected it."""
    article = _locked(article_id)
    before = article.current_revision
    if before is None:
        raise ValueError(f"article {article_id} has no revision to follow")
    number = before.number + 1
    revision = _revision(article_id, number, incoming, now)
    revision.save(force_insert=True)
    article.current_revision = revision
    if article.title == before.title and (article.title_derived or not incoming.title_derived):
        article.title, article.title_derived = revision.title, incoming.title_derived
    if article.byline == before.byline and revision.byline:
        article.byline = revision.byline
    if not article.date_set_at and revision.published_on:
        article.published_on, article.published_precision = incoming.details.published
    _fill_all(article, incoming, publications, now)
    save_changed(article)


def fill_gaps(
    article_id: UUID, incoming: Incoming, publications: Publications, now: datetime
) -> None:
    """Give an article, whose text came again, the details that it lacked."""
    article = _locked(article_id)
    _fill_all(article, incoming, publications, now)
    save_changed(article)


def _locked(article_id: UUID) -> Article:
    return (
        Article.objects.select_for_update(of=("self",))
        .select_related("current_revision")
        .defer("current_revision__text", "current_revision__markup", "current_revision__raw")
        .get(pk=article_id)
    )


def _fill_all(
    article: Article, incoming: Incoming, publications: Publications, now: datetime
) -> None:
    _fill(article, incoming, publications)
    if incoming.dated_by and not article.published_on and not article.date_set_at:
        _date(article, incoming, now)


def _fill(article: Article, incoming: Incoming, publications: Publications) -> None:
    details = incoming.details
    if not article.publication_id:
        article.publication = publications.get(details.publication)
    article.language = article.language or details.language
    article.file_name = article.file_name or incoming.file_name


def _date(article: Article, incoming: Incoming, now: datetime) -> None:
    article.published_on, article.published_precision = incoming.details.published
    if incoming.dated_by:
        article.date_set_by_id = incoming.dated_by.user_id
        article.date_set_login = incoming.dated_by.login
        article.date_set_at = now


def _revision(
    article_id: UUID, number: int, incoming: Incoming, now: datetime, pk: int | None = None
) -> Revision:
    details = incoming.details
    return Revision(
        pk=pk,
        article_id=article_id,
        number=number,
        text=incoming.document.text,
        markup=incoming.document.to_json(),
        title=details.title,
        byline=details.byline,
        # A date that a person gave is the article's; a revision holds what was received.
        published_on=None if incoming.dated_by else details.published.on,
        sha256=incoming.sha256,
        word_count=word_count(incoming.document.text),
        fetched_at=now,
        extractor=incoming.extractor,
        raw=incoming.raw,
    )
