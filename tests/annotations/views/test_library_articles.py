"""An article of the library can be used in several projects, and taken out of them again."""

import pytest
from django.test import Client
from django.urls import reverse

from reader.models import Article, Project, ProjectArticle, Role, User
from tests.factories import make_article, make_mark, make_member, make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared() -> Article:
    return make_article(None, "The ferry ran aground, said Mira Okonjo.", title="Aground")


@pytest.fixture
def other(bob: User) -> Project:
    project = make_project("boats")
    make_member(project, bob, Role.CURATOR)
    return project


def send(user: User, name: str, project: Project, article: Article, **data: str):
    client = Client()
    client.force_login(user)
    where = {"slug": project.slug, "article_id": article.pk}
    return client.post(reverse(name, kwargs=where), data)


def test_an_annotator_uses_it_in_another_project(bob, project, other, shared) -> None:
    response = send(bob, "place", project, shared, to="boats")
    assert response.url == reverse("article", kwargs={"slug": "boats", "article_id": shared.pk})
    assert ProjectArticle.objects.filter(project=other, article=shared).exists()
    before = other.version
    send(bob, "place", project, shared, to="boats")
    other.refresh_from_db()
    assert ProjectArticle.objects.filter(project=other).count() == 1
    assert other.version == before + 1


def test_nobody_puts_it_where_they_do_not_annotate(alice, project, other, shared) -> None:
    assert send(alice, "place", project, shared, to="boats").status_code == 404
    assert (
        send(make_user("charlie@example.org"), "place", project, shared, to="boats").status_code
        == 404
    )


def test_a_projects_own_article_stays_its_own(bob, project, other, article) -> None:
    response = send(bob, "place", project, article, to="boats")
    assert response.url == reverse("article", kwargs={"slug": "spill", "article_id": article.pk})
    assert not ProjectArticle.objects.filter(project=other).exists()


def test_it_is_taken_out_unless_something_is_marked(bob, project, other, shared) -> None:
    send(bob, "place", project, shared, to="boats")
    mark = make_mark(other, shared, "The ferry ran aground", by=bob)
    send(bob, "take_out", other, shared)
    assert ProjectArticle.objects.filter(project=other).exists()
    mark.delete()
    send(bob, "take_out", other, shared)
    assert not ProjectArticle.objects.filter(project=other).exists()


def test_taking_out_is_for_curators_and_never_loses_an_article(
    alice, bob, project, article
) -> None:
    assert send(bob, "take_out", project, article).status_code == 404
    send(alice, "take_out", project, article)
    assert ProjectArticle.objects.filter(project=project, article=article).exists()
