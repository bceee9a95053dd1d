"""A project in which Bob annotates, for most tests of articles here."""

import pytest

from reader.models import Project, Role, User
from tests.factories import make_member, make_project, make_user


@pytest.fixture
def project() -> Project:
    return make_project("ferry", name="The ferry")


@pytest.fixture
def bob(project: Project) -> User:
    bob = make_user("bob@example.org")
    make_member(project, bob, Role.ANNOTATOR)
    return bob
