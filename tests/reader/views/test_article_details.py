"""Correcting the details of an article.

Alice owns the project, Bob annotates in it, Vera only reads, Charlie is a stranger.
"""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from reader.models import Article, Project, ProjectArticle, Revision, Role, User
from tests.clients import as_member, stranger
from tests.factories import make_article, make_user
from tests.reader.views.forms import hidden, page_of

pytestmark = pytest.mark.django_db

URL = "https://courier.example/2025/ferry"


@pytest.fixture
def client(client: Client, bob: User) -> Client:
    client.force_login(bob)
    return client


class TestEditing:
    def edit(self, client: Client, article: Article, **typed: str) -> HttpResponse:
        path = reverse("edit_article", kwargs={"article_id": article.pk})
        inputs = {"title": article.title, "version": str(article.version), **typed}
        return client.post(path, inputs)

    def test_an_annotator_corrects_the_details(
        self, client: Client, project: Project, bob: User
    ) -> None:
        article = make_article(project, title="Wrnog", published_on="2025-03-14")
        before = Project.objects.get().version
        response = self.edit(
            client,
            article,
            title="Right",
            byline="Ada Lune",
            publication="the courier",
            published_on="2025-03-15",
            url=URL,
            language="en",
        )
        assert response["Location"] == f"/projects/ferry/articles/{article.pk}/"
        article = Article.objects.get()
        assert (article.title, article.byline, article.url) == ("Right", "Ada Lune", URL)
        assert article.url_key
        assert article.version == 2
        assert article.date_set_by == bob
        assert ProjectArticle.objects.get().listed_at == article.listed_at
        assert article.listed_at.date().isoformat() == "2025-03-15"
        assert Project.objects.get().version == before + 1
        revision = Revision.objects.get()
        assert revision.title == "Wrnog"
        assert revision.published_on.isoformat() == "2025-03-14"

    def test_the_form_shows_what_is_there(self, client: Client, project: Project) -> None:
        article = make_article(project, title="A “title”", published_on="2025-03", url=URL)
        page = client.get(f"/articles/{article.pk}/edit/?project=ferry").content.decode()
        assert 'value="A “title”"' in page
        assert 'value="2025-03"' in page
        assert f'value="{URL}"' in page
        assert f'<a href="/projects/ferry/articles/{article.pk}/">' in page

    def test_an_unchanged_form_changes_nothing(self, client: Client, project: Project) -> None:
        article = make_article(project, published_on="2025-03")
        self.edit(client, article, published_on="2025-03")
        article = Article.objects.get()
        assert (article.version, article.date_set_at, article.title_derived) == (1, None, True)

    def test_a_date_can_be_taken_away(self, client: Client, project: Project, bob: User) -> None:
        article = make_article(project, published_on="2025-03")
        self.edit(client, article)
        article = Article.objects.get()
        assert (article.published_on, article.date_set_by) == (None, bob)
        assert article.listed_at == article.first_seen_at
        page = page_of(client.get(f"/articles/{article.pk}/edit/"))
        assert "The date was set by Bob on" in page

    def test_the_second_of_two_is_asked(self, client: Client, project: Project) -> None:
        article = make_article(project, title="One")
        alice = as_member(project, "alice@example.org", Role.OWNER)
        self.edit(alice, article, title="Alice’s")
        response = self.edit(client, article, title="Bob’s", byline="Ada Lune")
        page = page_of(response)
        assert response.status_code == 409
        assert "Alice’s</dd>" in page
        assert 'value="Bob’s"' in page
        assert 'value="Ada Lune"' in page
        assert Article.objects.get().title == "Alice’s"
        again = hidden(response) | {"title": "Bob’s"}
        assert client.post(f"/articles/{article.pk}/edit/", again).status_code == 302
        assert Article.objects.get().title == "Bob’s"

    @pytest.mark.parametrize(
        ("field", "typed", "reason"),
        [
            ("title", " ", "An article needs a title."),
            ("url", "https://courier.example/taken#x", "Another article here has this address."),
            ("published_on", "2025-13", "There is no day 2025-13. Write the date as 2021-03-29."),
        ],
    )
    def test_errors_stand_beside_their_field(
        self, client: Client, project: Project, field: str, typed: str, reason: str
    ) -> None:
        make_article(project, "Other.", url="https://courier.example/taken")
        article = make_article(project)
        response = self.edit(client, article, **{field: typed, "byline": "Kept"})
        assert reason in response.context["form"].errors[field]
        assert 'value="Kept"' in page_of(response)
        article.refresh_from_db()
        assert (article.version, article.byline) == (1, "")

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_who_may_not(self, project: Project, method: str) -> None:
        article = make_article(project)
        path = f"/articles/{article.pk}/edit/"
        vera = as_member(project, "vera@example.org", Role.VIEWER)
        assert getattr(vera, method)(path).status_code == 404
        assert getattr(stranger(), method)(path).status_code == 404
        assert getattr(Client(), method)(path).status_code == 302

    def test_the_library_is_for_owners_of_the_site(self, client: Client) -> None:
        article = make_article(None)
        path = f"/articles/{article.pk}/edit/"
        assert client.get(path).status_code == 404
        staff = Client()
        staff.force_login(make_user("staff@example.org", is_staff=True))
        assert staff.get(path).status_code == 200
        self.edit(staff, article, title="Right")
        assert Article.objects.get().title == "Right"

    def test_no_such_article(self, client: Client) -> None:
        path = "/articles/01890000-0000-7000-8000-000000000000/edit/"
        assert client.get(path).status_code == 404
