"""The people of the measured site, signed in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.test import Client

from reader.models import Membership, Project, Readers, Role, User, Visibility

NUMBER = 8


@dataclass(frozen=True, slots=True)
class Person:
    """An account, and the key of a session in which it is signed in."""

    user: User
    session: str

    @property
    def cookie(self) -> str:
        return f"sessionid={self.session}"


def make_people() -> list[Person]:
    """Accounts without a password."""
    return [make_person(f"person{n}@bench.example") for n in range(NUMBER)]


def make_person(email: str) -> Person:
    """An account without a password, signed in; the one that is there, if it is."""
    user = User.objects.filter(email=email).first() or User.objects.create_user(email)
    client = Client()
    client.force_login(user)
    return Person(user, client.session.session_key or "")


def make_project(slug: str, people: Sequence[Person]) -> Project:
    """A public project that shows whole articles, and in which all of these annotate."""
    project = Project.objects.create(
        slug=slug, name=slug.capitalize(), visibility=Visibility.PUBLIC, readers_see=Readers.WHOLE
    )
    Membership.objects.bulk_create(
        Membership(project=project, user=person.user, role=Role.ANNOTATOR) for person in people
    )
    return project
