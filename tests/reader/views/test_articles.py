"""Adding an article by hand.

Alice owns the project, Bob annotates in it, Vera only reads, Charlie is a stranger.
"""

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from reader.models import Article, OldSlug, Project, ProjectArticle, Revision, Role, User
from reader.services.projects import personal_project
from tests.clients import as_member, stranger
from tests.factories import TEXT, make_article, make_member, make_project
from tests.reader.views.forms import hidden, page_of

pytestmark = pytest.mark.django_db

ADD = "/articles/add/"
URL = "https://courier.example/2025/ferry"


@pytest.fixture
def client(client: Client, bob: User) -> Client:
    client.force_login(bob)
    return client


def preview(client: Client, **typed: str) -> HttpResponse:
    return client.post(ADD, {"project": "ferry", "text": TEXT, **typed, "step": "preview"})


def save(client: Client, previewed: HttpResponse) -> HttpResponse:
    return client.post(ADD, {**hidden(previewed), "step": "save"})


class TestAdding:
    def test_the_form_is_for_people_with_an_account(self) -> None:
        response = Client().get(ADD)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")

    def test_the_form_offers_the_projects_where_one_annotates(self, client: Client) -> None:
        make_member(make_project("read-only"), User.objects.get(), Role.VIEWER)
        make_project("strange")
        page = page_of(client.get(ADD))
        assert '<option value="ferry">The ferry</option>' in page
        assert '<option value="" selected>My notes: only you</option>' in page
        assert "read-only" not in page
        assert "strange" not in page

    def test_the_project_of_the_address_is_chosen(self, client: Client, project: Project) -> None:
        OldSlug.objects.create(slug="old", project=project)
        for slug in ("ferry", "old"):
            page = page_of(client.get(ADD, {"project": slug}))
            assert '<option value="ferry" selected>' in page

    def test_ones_own_notes_are_chosen_by_their_address(self, client: Client, bob: User) -> None:
        page = page_of(client.get(ADD, {"project": personal_project(bob).slug}))
        assert '<option value="" selected>' in page

    @pytest.mark.parametrize("role", [Role.VIEWER, None])
    def test_others_find_no_form_for_the_project(self, project: Project, role: Role | None) -> None:
        client = as_member(project, "vera@example.org", role) if role else stranger()
        assert client.get(ADD, {"project": "ferry"}).status_code == 404

    @pytest.mark.parametrize("step", ["preview", "save"])
    def test_a_stranger_cannot_add_to_the_project(self, project: Project, step: str) -> None:
        response = stranger().post(
            ADD, {"project": "ferry", "text": TEXT, "step": step, "seen": "imported"}
        )
        assert response.status_code == 200
        assert "Select a valid choice" in page_of(response)
        assert not Article.objects.exists()

    def test_a_preview_shows_what_it_will_look_like_and_saves_nothing(self, client: Client) -> None:
        response = preview(client, byline="Ada <b>Lune</b>")
        page = response.content.decode()
        assert "“Nothing touched the ground,” said Mira Okonjo, its director.</p>" in page
        assert "Title taken from the first sentence." in page
        assert "date not given" in page
        assert "publication not given" in page
        assert "Ada &lt;b&gt;Lune&lt;/b&gt;" in page
        assert not Article.objects.exists()

    def test_saving_after_the_preview(self, client: Client, project: Project, bob: User) -> None:
        typed = {
            "title": "Ferry not aground",
            "publication": "The Courier",
            "byline": "Ada Lune",
            "published_on": "2025-03",
            "url": URL,
            "language": "en",
        }
        response = save(client, preview(client, **typed))
        article = Article.objects.get()
        path = reverse("article", kwargs={"slug": "ferry", "article_id": article.pk})
        assert response["Location"] == path
        assert article.scope == project
        assert article.current_revision.text == TEXT
        assert (article.title, article.byline, article.url) == (
            "Ferry not aground",
            "Ada Lune",
            URL,
        )
        assert str(article.publication) == "The Courier"
        assert article.published_precision == "month"
        assert article.date_set_by == bob
        assert article.date_set_at is not None
        assert ProjectArticle.objects.get().added_by == bob

    def test_saving_in_ones_own_notes(self, client: Client, bob: User) -> None:
        response = save(client, preview(client, project=""))
        article = Article.objects.get()
        assert article.scope == personal_project(bob)
        assert response["Location"] == reverse("article", kwargs={"article_id": article.pk})

    def test_a_date_is_never_made_up(self, client: Client) -> None:
        save(client, preview(client))
        article = Article.objects.get()
        assert (article.published_on, article.date_set_by, article.date_set_at) == (
            None,
            None,
            None,
        )

    def test_a_stated_date_is_the_articles_own(self, client: Client) -> None:
        response = preview(client, text=f" date 2021-03-29 {TEXT}")
        assert "29 March 2021" in page_of(response)
        save(client, response)
        article = Article.objects.get()
        assert article.published_on.isoformat() == "2021-03-29"
        assert article.date_set_at is None
        assert article.current_revision.text == TEXT

    @pytest.mark.parametrize(
        ("text", "read_as", "shown"),
        [
            ("<p>One <em>two</em>.</p>", "", "<p>One <em>two</em>.</p>"),
            (
                "<p>One <em>two</em>.</p>",
                "text",
                "&lt;p&gt;One &lt;em&gt;two&lt;/em&gt;.&lt;/p&gt;",
            ),
            ("One <em>two</em>.", "", "One &lt;em&gt;two&lt;/em&gt;."),
            ("One <em>two</em>.", "html", "<p>One <em>two</em>.</p>"),
            ("<p onclick='x()'>One.<script>x()</script></p>", "", "<p>One.</p>"),
            ("<meta charset='windows-1251'><p>Café</p>", "", "<p>Café</p>"),
        ],
    )
    def test_text_or_html(self, client: Client, text: str, read_as: str, shown: str) -> None:
        page = preview(client, text=text, read_as=read_as).content.decode()
        written = re.search(r'<article id="text".*?</article>', page, re.DOTALL)[0]
        assert shown in written

    def test_going_back_loses_nothing(self, client: Client) -> None:
        typed = {"text": "One.\r\n\r\n<b>Two</b> & three.", "title": "A “title”", "read_as": "text"}
        previewed = preview(client, **typed)
        response = client.post(ADD, {**hidden(previewed), "step": "edit"})
        page = response.content.decode()
        assert (
            unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)[1])
            == (typed["text"])
        )
        assert 'value="A “title”"' in page
        assert re.search(r'value="text"[^>]*checked', page)
        assert '<option value="ferry" selected>' in page

    @pytest.mark.parametrize(
        ("field", "typed", "reason"),
        [
            ("text", " \n ", "There is no text."),
            ("text", "<p>x</p>" * 400_000, "The text has 3.2 MB; 2 MB is the most."),
            ("title", "x" * 501, "The title has 501 characters"),
            ("published_on", "last week", "“last week” is not a date."),
            ("url", "javascript:alert(1)", "must begin with http:// or https://"),
            ("language", "English!", "is not a language tag"),
        ],
    )
    def test_errors_stand_beside_their_field(
        self, client: Client, field: str, typed: str, reason: str
    ) -> None:
        response = preview(client, **{"title": "Kept", field: typed})
        assert reason in str(response.context["form"].errors[field])
        page = page_of(response)
        assert reason in page
        assert field == "title" or 'value="Kept"' in page
        assert not Article.objects.exists()

    def test_the_same_again_is_shown_and_not_saved(self, client: Client, project: Project) -> None:
        article = make_article(project)
        response = preview(client)
        assert "There is nothing to save." in page_of(response)
        assert f"/projects/ferry/articles/{article.pk}/" in page_of(response)
        assert save(client, response).status_code == 302
        assert Revision.objects.count() == 1

    def test_saving_twice_makes_one(self, client: Client) -> None:
        previewed = preview(client)
        first, second = save(client, previewed), save(client, previewed)
        assert first["Location"] == second["Location"]
        assert Article.objects.count() == 1

    def test_a_known_address_is_said_and_offered_as_a_revision(
        self, client: Client, project: Project
    ) -> None:
        article = make_article(project, url=URL)
        response = preview(client, text="Other words.", url=f"{URL}/")
        assert "Save as a new revision" in page_of(response)
        assert f"/projects/ferry/articles/{article.pk}/" in page_of(response)
        save(client, response)
        article.refresh_from_db()
        assert article.current_revision.number == 2

    def test_a_revision_is_never_saved_unasked(self, client: Client, project: Project) -> None:
        previewed = preview(client, text="Other words.", url=URL)
        make_article(project, url=URL)
        response = save(client, previewed)
        assert "Save as a new revision" in page_of(response)
        assert Revision.objects.count() == 1
        save(client, response)
        assert Revision.objects.count() == 2

    def test_details_that_lack_can_be_filled_in(self, client: Client, project: Project) -> None:
        article = make_article(project)
        response = preview(client, published_on="2025")
        assert "Fill in the details" in page_of(response)
        save(client, response)
        article.refresh_from_db()
        assert article.published_precision == "year"

    def test_the_same_text_at_another_address_is_said(
        self, client: Client, project: Project
    ) -> None:
        make_article(project, url=URL)
        response = preview(client, url="https://other.example/")
        assert "already, at another address" in page_of(response)
        save(client, response)
        assert Article.objects.count() == 2

    def test_other_projects_articles_are_not_told_of(self, client: Client) -> None:
        make_article(make_project("secret"), url=URL)
        assert "already" not in page_of(preview(client, url=URL))
