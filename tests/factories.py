"""Rows for tests, each made by one plain call; names are invented."""

from typing import Any

from reader.ingest.details import check_details
from reader.ingest.incoming import from_page, from_text
from reader.ingest.pipeline import store
from reader.models import Article, Membership, Project, Role, User

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
