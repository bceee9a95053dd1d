"""Articles and revisions as rows: new ones, further revisions, and gaps filled in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from reader.dates import listing_moment
from reader.ingest.copy import copy_in, next_ids
from reader.ingest.incoming import Incoming
from reader.ingest.joining import rejoin_story
from reader.ingest.stories import story_key
from reader.models import Article, Project, ProjectArticle, Publication, Revision, User
from reader.services.articles import save_changed
from reader.signals import revised
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
    articles, revisions, places = [], [], []
    for (article_id, one), revision_id in zip(new, next_ids(Revision, len(new)), strict=True):
        moment = listing_moment(one.details.published.on, now)
        publication = publications.get(one.details.publication)
        articles.append(
            {
                "id": article_id,
                "scope_id": scope.pk if scope else None,
                "publication_id": publication.pk if publication else None,
                "url": one.details.url,
                "url_key": one.url_key,
                "file_name": one.file_name,
                "title": one.details.title,
                "title_derived": one.title_derived,
                "byline": one.details.byline,
                "language": one.details.language,
                **_date(one, now),
                "listed_at": moment,
                "first_seen_at": now,
                "current_revision_id": revision_id,
                "stands_alone": False,
                "story_key": story_key(one.document.text),
                "version": 1,
            }
        )
        revisions.append(
            {"id": revision_id, "article_id": article_id, "number": 1, **_revision(one, now)}
        )
        places.append((article_id, moment, publication.pk if publication else None))
    # Articles and revisions name each other; Postgres checks that when the transaction ends.
    copy_in(Article, articles)
    copy_in(Revision, revisions)
    if scope:
        place(places, scope, user, now)


def place(
    articles: Iterable[tuple[UUID, datetime, int | None]],
    project: Project,
    user: User | None,
    now: datetime,
) -> None:
    """Write the places of articles (id, `listed_at`, publication) in a project that has none of
    them."""
    rows = [
        {
            "project_id": project.pk,
            "article_id": article_id,
            "listed_at": listed_at,
            "publication_id": publication_id,
            "added_by_id": user.pk if user else None,
            "added_at": now,
        }
        for article_id, listed_at, publication_id in articles
    ]
    copy_in(ProjectArticle, rows)


def revise(article_id: UUID, incoming: Incoming, publications: Publications, now: datetime) -> None:
    """A further revision. The article follows it, except where people have corrected it."""
    article = _locked(article_id)
    before = article.current_revision
    if before is None:
        raise ValueError(f"article {article_id} has no revision to follow")
    revision = Revision.objects.create(
        article=article, number=before.number + 1, **_revision(incoming, now)
    )
    article.current_revision = revision
    article.story_key = story_key(revision.text)
    if article.title == before.title and (article.title_derived or not incoming.title_derived):
        article.title, article.title_derived = revision.title, incoming.title_derived
    if article.byline == before.byline and revision.byline:
        article.byline = revision.byline
    if not article.date_set_at and revision.published_on:
        article.published_on, article.published_precision = incoming.details.published
    _fill(article, incoming, publications, now)
    save_changed(article)
    rejoin_story(article)
    revised.send(Article, article_id=article_id)


def fill_gaps(
    article_id: UUID, incoming: Incoming, publications: Publications, now: datetime
) -> None:
    """Give an article, whose text came again, the details that it lacked."""
    article = _locked(article_id)
    _fill(article, incoming, publications, now)
    save_changed(article)


def _locked(article_id: UUID) -> Article:
    return (
        Article.objects.select_for_update(of=("self",), no_key=True)
        .select_related("current_revision")
        .defer("current_revision__text", "current_revision__markup", "current_revision__raw")
        .get(pk=article_id)
    )


def _fill(article: Article, incoming: Incoming, publications: Publications, now: datetime) -> None:
    details = incoming.details
    if not article.publication_id:
        article.publication = publications.get(details.publication)
    article.language = article.language or details.language
    article.file_name = article.file_name or incoming.file_name
    if incoming.dated_by and not article.published_on and not article.date_set_at:
        for name, value in _date(incoming, now).items():
            setattr(article, name, value)


def _date(incoming: Incoming, now: datetime) -> dict[str, Any]:
    """The article's fields for its date, and for who gave it by hand."""
    by = incoming.dated_by
    return {
        "published_on": incoming.details.published.on,
        "published_precision": incoming.details.published.precision,
        "date_set_by_id": by.user_id if by else None,
        "date_set_login": by.login if by else "",
        "date_set_at": now if by else None,
    }


def _revision(incoming: Incoming, now: datetime) -> dict[str, Any]:
    """A revision's fields, but for its article and number."""
    details = incoming.details
    return {
        "text": incoming.document.text,
        "markup": incoming.document.to_json(),
        "title": details.title,
        "byline": details.byline,
        # A date that a person gave is the article's; a revision holds what was received.
        "published_on": None if incoming.dated_by else details.published.on,
        "sha256": incoming.sha256,
        "word_count": word_count(incoming.document.text),
        "fetched_at": now,
        "extractor": incoming.extractor,
        "raw": incoming.raw,
    }
