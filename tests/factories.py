"""Rows for tests, each made by one plain call; names are invented."""

from typing import Any

from reader.models import Membership, Project, Role, User

PASSWORD = "correct-horse-battery"


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
