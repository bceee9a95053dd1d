"""Adding an article by its address: fetched, shown, corrected, saved.

Bob annotates in the project.
"""

from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from reader.models import Article, Project, Revision, User
from reader.services.projects import personal_project
from reader.tasks import fetch_pictures
from reader.views import address
from tests.factories import make_user
from tests.pictures import drawn
from tests.reader.ingest.test_extract import MORE, WORDS, linked, page
from tests.reader.views.forms import hidden, page_of
from tests.website import Website

pytestmark = pytest.mark.django_db

ADD = "/articles/add/address/"
HEAD = linked(headline="Ferry aground", author="Ada Lune", datePublished="2025-03-04")


@pytest.fixture
def client(client: Client, bob: User) -> Client:
    client.force_login(bob)
    return client


def ask(client: Client, url: str, project: str = "ferry") -> HttpResponse:
    return client.post(ADD, {"url": url, "project": project})


def save(client: Client, previewed: HttpResponse, **typed: str) -> HttpResponse:
    sent = {**hidden(previewed), **typed}
    return client.post("/articles/add/", {**sent, "step": "save"})


class TestTheForm:
    def test_it_is_for_people_with_an_account(self) -> None:
        response = Client().get(ADD, {"url": "https://courier.example/a?b=1"})
        assert response.status_code == 302
        assert "courier.example" in response["Location"]

    def test_a_bookmark_fills_it_in_and_fetches_nothing(
        self, client: Client, site: Website
    ) -> None:
        response = client.get(ADD, {"url": site.address + "/a?b=1&c", "project": "ferry"})
        assert f'value="{site.address}/a?b=1&c"' in page_of(response)
        assert '<option value="ferry" selected>' in page_of(response)
        assert site.asked == []

    def test_the_bookmarklet_leads_here(self, client: Client) -> None:
        assert (
            """href="javascript:void(location.href='http://testserver/articles/add/address/?url='"""
            """+encodeURIComponent(location.href))\""""
        ) in page_of(client.get(ADD))

    def test_others_find_no_form_for_the_project(self, project: Project) -> None:
        client = Client()
        client.force_login(make_user("charlie@example.org"))
        assert client.get(ADD, {"project": "ferry"}).status_code == 404

    def test_a_stranger_cannot_add_to_the_project(self, project: Project, site: Website) -> None:
        client = Client()
        client.force_login(make_user("charlie@example.org"))
        response = ask(client, site.page("/a", page()))
        assert "Select a valid choice" in page_of(response)
        assert site.asked == []


class TestFetching:
    def test_the_result_is_shown_and_not_saved(self, client: Client, site: Website) -> None:
        response = ask(client, site.page("/a", page(head=HEAD)))
        shown = page_of(response)
        assert "Ferry aground" in shown
        assert "4 March 2025" in shown
        assert "read as trafilatura" in shown
        assert "<h2>The second this year</h2>" in shown
        assert not Article.objects.exists()

    def test_saving_keeps_what_was_received(
        self, client: Client, site: Website, project: Project, bob: User
    ) -> None:
        content = page(head=HEAD)
        site.redirect("/short", "/a")
        site.page("/a", content)
        response = save(client, ask(client, site.address + "/short"))
        article = Article.objects.get()
        assert response["Location"] == f"/projects/ferry/articles/{article.pk}/"
        assert article.scope == project
        assert (article.title, article.byline) == ("Ferry aground", "Ada Lune")
        assert article.url == site.address + "/a"
        assert article.language == "en"
        assert article.published_on.isoformat() == "2025-03-04"
        assert article.date_set_at is None
        revision = article.current_revision
        assert revision.received == content
        assert len(revision.raw) < len(content)
        assert revision.extractor.startswith("trafilatura 2.")
        assert "<script" not in revision.text

    def test_pictures_are_fetched_when_it_is_saved(
        self, client: Client, site: Website, settings: Settings, tmp_path: Path
    ) -> None:
        settings.DATA_DIR = tmp_path
        site.page("/1.jpg", drawn(), "image/jpeg")
        figure = "<figure><img src=/1.jpg alt='A ferry'><figcaption>Aground</figcaption></figure>"
        previewed = ask(client, site.page("/a", page(WORDS + figure + MORE, HEAD)))
        shown = previewed.content.decode()
        assert "<figure><figcaption>Aground</figcaption></figure>" in shown
        assert "<img" not in shown
        assert "/1.jpg" not in site.asked
        save(client, previewed)
        (job,) = ProcrastinateJob.objects.filter(task_name="fetch_pictures")
        fetch_pictures.func(**job.args)
        picture = Article.objects.get().pictures.get()
        assert (picture.source, picture.status) == (site.address + "/1.jpg", "stored")

    def test_details_can_be_corrected(self, client: Client, site: Website, bob: User) -> None:
        previewed = ask(client, site.page("/a", page(head=HEAD)), project="")
        save(client, previewed, title="A ferry aground", published_on="2025-03-03")
        article = Article.objects.get()
        assert article.scope == personal_project(bob)
        assert article.title == "A ferry aground"
        assert article.date_set_by == bob
        assert article.current_revision.extractor.startswith("trafilatura")

    def test_a_corrected_text_is_the_persons(self, client: Client, site: Website) -> None:
        previewed = ask(client, site.page("/a", page(head=HEAD)))
        save(client, previewed, text="<p>Only this, after all.</p>")
        revision = Revision.objects.get()
        assert revision.text == "Only this, after all."
        assert revision.extractor == "HTML"
        assert revision.received == b"<p>Only this, after all.</p>"

    def test_going_back_loses_nothing(self, client: Client, site: Website) -> None:
        previewed = ask(client, site.page("/a", page(head=HEAD)))
        response = client.post("/articles/add/", {**hidden(previewed), "step": "edit"})
        assert "<h2>The second this year</h2>" in page_of(response)
        again = client.post("/articles/add/", {**hidden(previewed), "step": "preview"})
        save(client, again)
        assert Revision.objects.get().extractor.startswith("trafilatura")

    def test_nobody_else_can_save_it_as_received(self, client: Client, site: Website) -> None:
        previewed = ask(client, site.page("/a", page(head=HEAD)), project="")
        other = Client()
        other.force_login(make_user("charlie@example.org"))
        save(other, previewed)
        revision = Revision.objects.get()
        assert revision.extractor == "HTML"
        assert b"<script" not in revision.received

    def test_a_changed_page_is_offered_as_a_revision(self, client: Client, site: Website) -> None:
        save(client, ask(client, site.page("/a", page())))
        assert "There is nothing to save." in page_of(ask(client, site.address + "/a"))
        response = ask(client, site.page("/a", page(WORDS + MORE + WORDS.replace("a", "o"))))
        assert "Save as a new revision" in page_of(response)
        save(client, response)
        assert Revision.objects.count() == 2

    def test_no_transaction_is_open_meanwhile(
        self, client: Client, site: Website, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = len(connection.savepoint_ids)
        depths = []
        fetch_article = address.fetch_article

        def watched(url: str) -> object:
            depths.append(len(connection.savepoint_ids) - before)
            return fetch_article(url)

        monkeypatch.setattr(address, "fetch_article", watched)
        ask(client, site.page("/a", page()))
        assert depths == [0]


class TestFailures:
    @pytest.mark.parametrize(
        ("typed", "reason"),
        [
            ("", "Type or paste the address of an article."),
            ("courier.example/a", "must begin with http:// or https://"),
            ("https://me:secret@courier.example/", "contains a user name or password"),
            ("http://169.254.169.254/latest/meta-data", "not on the open internet"),
            ("http://10.0.0.1/", "not on the open internet"),
        ],
    )
    def test_addresses(self, client: Client, typed: str, reason: str) -> None:
        response = ask(client, typed)
        assert reason in str(response.context["form"].errors["url"])
        assert f'value="{typed}"' in page_of(response) or not typed
        assert '<option value="ferry" selected>' in page_of(response)

    def test_sites(self, client: Client, site: Website) -> None:
        for url, reason in [
            (site.address + "/missing", "The site answered “404 Not Found”."),
            (site.page("/pdf", b"%PDF-", "application/pdf"), "of the type application/pdf"),
            (site.page("/short", page("<p>Subscribe to read on.</p>")), "characters of text were"),
        ]:
            response = ask(client, url)
            assert reason in page_of(response)
            assert "paste its text" in page_of(response)
            assert f'value="{url}"' in page_of(response)
        assert not Article.objects.exists()

    def test_robots(self, client: Client, site: Website) -> None:
        site.page("/robots.txt", "User-agent: *\nDisallow: /")
        assert "asks programs not to read" in page_of(ask(client, site.page("/a", page())))

    def test_pasting_instead_keeps_the_address(self, client: Client) -> None:
        response = client.get("/articles/add/", {"url": "https://courier.example/a"})
        assert 'value="https://courier.example/a"' in page_of(response)
