"""Rows for tests, each made by one plain call; names are invented."""

from collections.abc import Sequence
from typing import Any

from annotations.models import Annotation, Kind
from annotations.services.claims import LinkTo
from annotations.services.editing import Fields, edit
from annotations.services.marking import mark
from annotations.services.places import Place
from reader.ingest.details import check_details
from reader.ingest.incoming import from_page, from_text
from reader.ingest.pipeline import store
from reader.models import (
    Article,
    EntryStatus,
    Feed,
    FeedEntry,
    Label,
    Membership,
    Project,
    Role,
    Subscription,
    User,
    uuid7,
)

PASSWORD = "correct-horse-battery"
TEXT = (
    "The harbour office denied on Monday that the ferry had run aground.\n\n"
    "“Nothing touched the ground,” said Mira Okonjo, its director."
)


def make_user(email: str = "alice@example.org", **fields: Any) -> User:
    """An account whose name is the first part of its address, and whose password is PASSWORD."""
    fields.setdefault("name", email.partition("@")[0].capitalize())
    return User.objects.create_user(email, fields.pop("password", PASSWORD), **fields)


def make_project(slug: str = "spill", **fields: Any) -> Project:
    """A private project without members."""
    fields.setdefault("name", slug.replace("-", " ").capitalize())
    return Project.objects.create(slug=slug, **fields)


def make_member(project: Project, user: User, role: str = Role.ANNOTATOR) -> Membership:
    return Membership.objects.create(project=project, user=user, role=role)


def make_article(
    project: Project | None, text: str = TEXT, *, html: str = "", **details: str
) -> Article:
    """An article that came in as everybody's do, into a project or (None) the library.

    Args:
        html: takes the place of `text`.
        details: title, url, byline, publication, language, published_on.
    """
    checked = check_details(details)
    incoming = from_page(html, checked) if html else from_text(text, checked)
    return Article.objects.select_related("current_revision", "publication").get(
        pk=store(incoming, project).article_id
    )


def in_library(article: Article) -> Article:
    """The article as one of the library: other projects may use it too."""
    article.scope = None
    article.save(update_fields=["scope"])
    return article


def place_of(article: Article, words: str, after: int = 0) -> Place:
    """Where the words first stand in the article's text, from code point `after` on."""
    assert article.current_revision
    start = article.current_revision.text.index(words, after)
    return Place(start, start + len(words), words)


def make_mark(
    project: Project,
    article: Article,
    words: str | Sequence[str],
    kind: str = Kind.QUOTE,
    by: User | None = None,
    **fields: Any,
) -> Annotation:
    """An annotation on the first place of these words, or of several pieces of them.

    Args:
        by: the annotator.
        fields: those of `Fields` (speakers, targets, note …), saved as an edit would; `claims`
            are statements that it is linked to.
    """
    pieces = [words] if isinstance(words, str) else words
    places = [place_of(article, piece) for piece in pieces]
    assert article.current_revision
    annotation = mark(
        project, article, article.current_revision, by, id=uuid7(), kind=kind, places=places
    ).annotation
    links = [LinkTo(statement) for statement in fields.pop("claims", ())]
    if not fields and not links:
        return annotation
    fields.setdefault("wording", annotation.wording)
    said = Fields(kind=kind, links=links, **fields)
    return edit(annotation.pk, annotation.version, said, by)


def fields_of(annotation: Annotation, **changes: Any) -> Fields:
    """What the annotation's own row says, as an edit takes it; names and links as given."""
    names = ("kind", "wording", "cue", "flags", "said_on", "note", "note_public")
    return Fields(**{name: getattr(annotation, name) for name in names} | changes)


def make_subscription(user: User, title: str, *labels: str) -> Subscription:
    """A feed that the person reads under these labels; it has listed nothing yet."""
    feed, _ = Feed.objects.get_or_create(
        url=f"https://{title.lower().replace(' ', '-')}.example/feed", defaults={"title": title}
    )
    subscription = Subscription.objects.create(user=user, feed=feed)
    for name in labels:
        subscription.labels.add(Label.objects.get_or_create(user=user, name=name)[0])
    return subscription


def make_entry(feed: Feed, article: Article) -> FeedEntry:
    """The feed listed this article."""
    return FeedEntry.objects.create(
        feed=feed,
        key=article.pk.hex,
        title=article.title,
        status=EntryStatus.STORED,
        article=article,
        listed_at=article.listed_at,
    )
