import pytest

from annotations.services.placing import use_in
from reader.models import ProjectArticle, Publication
from reader.queries.lists import publications
from reader.services.articles import save_changed
from tests.factories import make_article, make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def tide() -> Publication:
    return Publication.objects.create(name="The Tide")


@pytest.fixture
def gull() -> Publication:
    return Publication.objects.create(name="The Gull")


def test_publications_are_those_of_the_projects_and_of_the_library_if_asked(tide, gull):
    mine, other = make_project("mine"), make_project("other")
    make_article(mine, "Mine.", publication="The Tide")
    shelf = make_article(None, "On the shelf.", publication="The Gull")

    assert list(publications([mine], library=False)) == [tide]
    assert list(publications([mine], library=True)) == [gull, tide]
    assert list(publications([other], library=False)) == []

    use_in(other, shelf, make_user())
    assert list(publications([other], library=False)) == [gull]


def test_an_article_of_another_publication_takes_its_places_along(tide, gull):
    project = make_project()
    article = make_article(project, "Mine.", publication="The Tide")
    article.publication = gull
    save_changed(article)

    assert ProjectArticle.objects.get().publication == gull
    assert list(publications([project], library=False)) == [gull]

    article.publication = None
    save_changed(article)
    assert list(publications([project], library=False)) == []
