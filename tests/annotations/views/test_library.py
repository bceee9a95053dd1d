"""The library and a project's page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.models import Publication, Role, Visibility
from tests.factories import make_article, make_mark, make_member, make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def public():
    return make_project("harbour", visibility=Visibility.PUBLIC)


def titles(page):
    return [entry.article.title for entry in page.context["page"].entries]


def test_everybody_sees_articles_of_public_projects_only(client, project, public):
    make_article(None, "Library.", title="Library")
    make_article(project, "Private.", title="Private")
    make_article(public, "Public.", title="Public")
    assert titles(client.get("/")) == ["Public"]


def test_members_see_theirs_and_the_library(client, project, public, bob):
    make_article(None, "Library.", title="Library", published_on="2026-01-01")
    make_article(project, "Mine.", title="Mine", published_on="2026-01-02")
    make_article(public, "Public.", title="Public", published_on="2026-01-03")
    make_article(make_project("other"), "Theirs.", title="Theirs")
    client.force_login(bob)
    assert titles(client.get("/")) == ["Public", "Mine", "Library"]


def test_filters_by_project_and_publication(client, project, public, bob):
    make_article(project, "One.", title="One", publication="The Courier")
    make_article(project, "Two.", title="Two", publication="The Mercantile")
    make_article(public, "Three.", title="Three", publication="The Courier")
    client.force_login(bob)
    courier = Publication.objects.get(name="The Courier").pk
    assert titles(client.get("/", {"project": "spill"})) == ["Two", "One"]
    assert titles(client.get("/", {"publication": courier})) == ["Three", "One"]
    assert titles(client.get("/", {"project": "spill", "publication": courier})) == ["One"]


@pytest.mark.parametrize(
    "query", [{"project": "secret"}, {"publication": "x"}, {"before": "x"}, {"publication": "9"}]
)
def test_filters_that_name_nothing_visible_are_passed_over(client, public, query):
    make_project("secret")
    make_article(public, "Public.", title="Public")
    assert titles(client.get("/", query)) == ["Public"]


def test_older_articles_keep_the_filter(client, public):
    for number in range(31):
        make_article(public, f"Text {number}.", title=str(number), published_on="2026-01-01")
    page = client.get("/", {"project": "harbour"})
    older = page.context["page"].older
    assert "project=harbour" in older
    rest = client.get(f"/{older}")
    assert len(titles(page)) == 30
    assert set(titles(page)) | set(titles(rest)) == {str(number) for number in range(31)}
    assert rest.context["page"].older == ""
    assert "Newest" in rest.content.decode()


def test_a_projects_page_counts_what_it_shows(client, project, article, alice, bob):
    for kind in ("quote", "denial", "denial"):
        make_mark(project, article, "Zoë", kind, bob)
    client.force_login(bob)
    html = client.get("/projects/spill/").content.decode()
    for shown in ("1 article", "Bob", "1 quote", "2 denials", "0 allegations"):
        assert shown in " ".join(html.replace("</span>", "").split())
    assert "/projects/spill/settings/" not in html
    client.force_login(alice)
    assert "/projects/spill/settings/" in client.get("/projects/spill/").content.decode()


@pytest.mark.parametrize("address", ["/", "/projects/harbour/"])
@pytest.mark.parametrize("member", [False, True])
def test_as_many_queries_for_one_article_or_thirty(client, public, bob, address, member):
    reader = make_user("rita@example.org")
    make_member(public, reader, Role.VIEWER)
    if member:
        client.force_login(reader)

    def queries(number):
        for n in range(number):
            article = make_article(public, f"Text {number} {n}.", publication=f"Paper {n}")
            make_mark(public, article, "Text", by=bob)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    few = queries(2)
    assert queries(28) == few <= (30 if address.startswith("/projects/") else 17)
