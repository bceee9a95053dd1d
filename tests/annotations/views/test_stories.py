"""“Also in …” on the reading page, and taking a story apart."""

import pytest
from django.test import Client

from reader.models import Article, Project, Role, User
from tests.factories import make_article, make_member, make_project, make_user
from tests.reader.ingest.test_stories import BODY

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    return make_user("alice@example.org")


@pytest.fixture
def project(alice: User) -> Project:
    project = make_project("ferry", visibility="public", readers_see="whole")
    make_member(project, alice, Role.ANNOTATOR)
    return project


@pytest.fixture
def copies(project: Project) -> tuple[Article, Article]:
    def make(name: str) -> Article:
        url = f"https://{name}.example/ferry"
        return make_article(project, BODY, url=url, publication=name.capitalize(), title=name)

    return make("courier"), make("herald")


def path(article: Article) -> str:
    return f"/projects/ferry/articles/{article.pk}/"


def test_a_lead_names_its_copies_and_a_copy_its_lead(client, alice, copies) -> None:
    first, second = copies
    client.force_login(alice)
    page = client.get(path(first)).content.decode()
    assert "Also in:" in page
    assert f'href="{path(second)}">Herald</a>' in page
    page = client.get(path(second)).content.decode()
    assert "The same story, seen first in:" in page
    assert f'href="{path(first)}">Courier</a>' in page


def test_readers_are_led_to_the_originals(client, copies) -> None:
    first, second = copies
    page = client.get(path(first)).content.decode()
    assert f'href="{second.url}" rel="noreferrer noopener">Herald</a>' in page
    assert "Take apart" not in page


def test_a_public_page_learns_of_a_copy(client, project, copies) -> None:
    first, _ = copies
    etag = client.get(path(first))["ETag"]
    make_article(project, BODY, url="https://packet.example/x", publication="Packet")
    answer = client.get(path(first), headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert "Packet" in answer.content.decode()


def test_taken_apart_and_put_together(client, alice, copies) -> None:
    first, second = copies
    client.force_login(alice)
    answer = client.post(f"{path(second)}apart/", follow=True)
    page = answer.content.decode()
    assert "“herald” is shown on its own now." in page
    assert "Shown on its own, apart from" in page
    assert "Also in:" not in client.get(path(first)).content.decode()
    page = client.post(f"{path(second)}together/", follow=True).content.decode()
    assert "The same story, seen first in:" in page


def test_only_annotators_may(client: Client, project: Project, copies) -> None:
    _, second = copies
    viewer = make_user("vera@example.org")
    make_member(project, viewer, Role.VIEWER)
    for who in (None, make_user("charlie@example.org"), viewer):
        if who:
            client.force_login(who)
        for what in ("apart", "together"):
            assert client.post(f"{path(second)}{what}/").status_code == 404
    assert Article.objects.get(pk=second.pk).lead_id


def test_other_articles_of_the_library_may_be_taken_apart_by_anybody_signed_in(
    client, alice
) -> None:
    first, second = (
        make_article(None, BODY, url=f"https://{name}.example/x", publication=name)
        for name in ("courier", "herald")
    )
    client.force_login(alice)
    assert "Also in:" in client.get(f"/articles/{first.pk}/").content.decode()
    client.post(f"/articles/{second.pk}/apart/")
    assert Article.objects.get(pk=second.pk).lead is None


def test_the_library_shows_a_story_once(client, alice) -> None:
    for name in ("courier", "herald", "mercantile"):
        url = f"https://{name}.example/x"
        make_article(None, BODY, url=url, publication=name.capitalize(), title=f"By the {name}")
    client.force_login(alice)
    page = client.get("/").content.decode()
    assert "By the courier" in page
    assert "By the herald" not in page
    assert "Also in" in page
    for name in ("Herald", "Mercantile"):
        copy = Article.objects.get(publication__name=name)
        assert f'<a href="/articles/{copy.pk}/">{name}</a>' in page


def test_a_project_shows_a_story_once(client, alice, copies) -> None:
    _, second = copies
    for path_ in ("/", "/projects/ferry/"):
        page = client.get(path_).content.decode()
        assert page.count('class="entry"') == 1
        assert f'<a href="{second.url}" rel="noreferrer noopener">Herald</a>' in page
    client.force_login(alice)
    assert f'<a href="{path(second)}">Herald</a>' in client.get("/").content.decode()
    client.post(f"{path(second)}apart/")
    assert client.get("/projects/ferry/").content.decode().count('class="entry"') == 2
