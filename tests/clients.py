"""Browsers without a browser: Django's test client, as somebody."""

from django.test import Client

from reader.models import Project, User
from tests.factories import make_member, make_user


def signed_in(user: User) -> Client:
    """A client with a session of this user."""
    client = Client()
    client.force_login(user)
    return client


def as_member(project: Project, email: str, role: str) -> Client:
    """A client of somebody new, who has this role in the project."""
    user = make_user(email)
    make_member(project, user, role)
    return signed_in(user)


def stranger() -> Client:
    """A client of somebody who has an account and nothing to do with any project."""
    return signed_in(make_user("charlie@example.org"))
