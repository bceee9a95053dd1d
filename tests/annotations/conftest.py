"""One project with an article, its owner Alice and the annotator Bob, for most tests here."""

import pytest

from reader.models import Article, Project, Role, User
from tests.factories import make_article, make_member, make_project, make_user

TEXT = (
    "The works poisoned the river, said Ida Voss, a fisher.\n\n"
    "“Nothing leaked,” said Mira Okonjo, “not a drop.” Zoë 😀 disagreed.\n\n"
    "The works denied that anything had leaked."
)


@pytest.fixture
def alice() -> User:
    return make_user("alice@example.org")


@pytest.fixture
def bob() -> User:
    return make_user("bob@example.org")


@pytest.fixture
def project(alice: User, bob: User) -> Project:
    project = make_project("spill")
    make_member(project, alice, Role.OWNER)
    make_member(project, bob, Role.ANNOTATOR)
    return project


@pytest.fixture
def article(project: Project) -> Article:
    return make_article(project, TEXT)
