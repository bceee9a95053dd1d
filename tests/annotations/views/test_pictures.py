"""Pictures on the pages of articles: who gets them, and what a browser is told about them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from annotations.models import Annotation
from annotations.services.sharing import revoke, share
from annotations.services.withdrawals import withdraw
from annotations.subjects import Subject
from reader.access import Seat
from reader.ingest.pictures import path_of
from reader.models import Article, Picture, Project, Role, User
from tests.clients import signed_in
from tests.factories import (
    in_library,
    make_article,
    make_mark,
    make_member,
    make_project,
    make_user,
)
from tests.pictures import give_picture

pytestmark = pytest.mark.django_db
SOURCE, WAITING = "https://a.example/boat.jpg", "https://a.example/waiting.jpg"
HTML = (
    f"<p>The ferry ran aground.</p><figure><img src='{SOURCE}' alt='A boat &amp; a pier'>"
    f"<figcaption>The ferry at dawn</figcaption></figure><figure><img src='{WAITING}' alt=no>"
    "<figcaption>Its captain</figcaption></figure><p>It came free.</p>"
)


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def alice() -> User:
    return make_user()


@pytest.fixture
def project(alice: User) -> Project:
    project = make_project(visibility="public", readers_see="whole")
    make_member(project, alice, Role.OWNER)
    return project


@pytest.fixture
def article(project: Project) -> Article:
    return make_article(project, html=HTML, title="Aground")


@pytest.fixture
def picture(article: Article) -> Picture:
    return give_picture(article, SOURCE)


def page_of(project: Project, article: Article) -> str:
    return f"/projects/{project.slug}/articles/{article.pk}/"


def path_in(where: str, picture: Picture) -> str:
    return f"{where}pictures/{picture.sha256}.webp"


def subject(
    project: Project, user: User, article: Article | None = None, marked: Annotation | None = None
) -> Subject:
    return Subject(Seat(user, project, Role.OWNER), article, marked)


def test_a_page_shows_what_is_stored_and_the_captions_of_the_rest(
    client: Client, project: Project, article: Article, picture: Picture
) -> None:
    where = page_of(project, article)
    shown = client.get(where).content.decode()
    assert re.findall(r"<img[^>]*>", shown[shown.index('id="text"') :]) == [
        f'<img src="{path_in(where, picture)}" alt="A boat &amp; a pier" width="640" height="480" '
        'loading="lazy" decoding="async">'
    ]
    assert "<figure><figcaption>Its captain</figcaption></figure>" in shown
    assert "a.example" not in shown


def test_a_picture_that_arrives_changes_the_page(
    client: Client, project: Project, article: Article
) -> None:
    caches["pages"].clear()
    where = page_of(project, article)
    before = client.get(where)
    assert "<img" not in before.content.decode()
    give_picture(article, SOURCE)
    after = client.get(where, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "<img" in after.content.decode()


def test_what_a_browser_is_told(
    client: Client, project: Project, article: Article, picture: Picture
) -> None:
    path = path_in(page_of(project, article), picture)
    response = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == path_of(picture.sha256).read_bytes()
    assert response["Content-Type"] == "image/webp"
    assert response["Content-Length"] == str(path_of(picture.sha256).stat().st_size)
    assert "Content-Encoding" not in response
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    again = client.get(path, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


def test_a_file_that_is_lost_is_not_found(
    client: Client, project: Project, article: Article, picture: Picture
) -> None:
    path_of(picture.sha256).unlink()
    assert client.get(path_in(page_of(project, article), picture)).status_code == 404


def test_who_may_see_it(
    client: Client, alice: User, project: Project, article: Article, picture: Picture
) -> None:
    path = path_in(page_of(project, article), picture)
    bob, charlie = make_user("bob@example.org"), make_user("charlie@example.org")
    make_member(project, bob, Role.VIEWER)
    everyone = (signed_in(alice), signed_in(bob), signed_in(charlie), client)
    for visibility, readers_see, statuses in (
        ("public", "whole", [200, 200, 200, 200]),
        ("public", "passages", [200, 200, 404, 404]),
        ("private", "whole", [200, 200, 404, 404]),
    ):
        Project.objects.filter(pk=project.pk).update(visibility=visibility, readers_see=readers_see)
        assert [one.get(path).status_code for one in everyone] == statuses


def test_it_belongs_to_its_article_and_project_alone(
    client: Client, project: Project, article: Article, picture: Picture
) -> None:
    other = make_article(project, html=HTML.replace("ran", "went"), title="Another")
    elsewhere = make_project("elsewhere", visibility="public", readers_see="whole")
    for path in (
        path_in(page_of(project, other), picture),
        path_in(page_of(elsewhere, article), picture),
        f"{page_of(project, article)}pictures/{'0' * 64}.webp",
        f"{page_of(project, article)}pictures/..%2f..%2fsecret_key.webp",
    ):
        assert client.get(path).status_code == 404


def test_in_ones_own_notes(client: Client, alice: User, article: Article, picture: Picture) -> None:
    in_library(article)
    where = f"/articles/{article.pk}/"
    own = signed_in(alice)
    assert path_in(where, picture) in own.get(where).content.decode()
    assert own.get(path_in(where, picture)).status_code == 200
    assert client.get(path_in(where, picture)).status_code == 404


def test_excerpts_have_none(
    client: Client, project: Project, article: Article, picture: Picture
) -> None:
    Project.objects.filter(pk=project.pk).update(readers_see="passages")
    make_mark(project, article, "It came free")
    shown = client.get(page_of(project, article)).content.decode()
    assert "It came free" in shown
    assert "<img" not in shown


@pytest.mark.parametrize("what", ["page", "text"])
def test_a_withdrawn_page_hides_its_pictures(
    what: str, client: Client, alice: User, project: Project, article: Article, picture: Picture
) -> None:
    path = path_in(page_of(project, article), picture)
    taken = subject(project, alice, article)
    withdraw(taken, alice, "A court said so.", text_only=what == "text")
    assert client.get(path).status_code == 404
    assert signed_in(alice).get(path).status_code == 200
    shown = client.get(page_of(project, article)).content.decode()
    assert "pictures/" not in shown


def test_a_link_shows_the_pictures_of_what_is_shared(
    client: Client, alice: User, project: Project, article: Article, picture: Picture
) -> None:
    Project.objects.filter(pk=project.pk).update(visibility="private")
    project.refresh_from_db()
    one = share(subject(project, alice, article), alice)
    whole = share(subject(project, alice), alice)
    for page, code in (
        (f"/share/{one.code}/", one.code),
        (f"/share/{whole.code}/articles/{article.pk}/", whole.code),
    ):
        path = path_in(page, picture)
        assert path in client.get(page).content.decode()
        response = client.get(path)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        assert client.get(path.replace(code, "unknown")).status_code == 404
    assert client.get(path_in(f"/share/{whole.code}/", picture)).status_code == 404
    other = make_article(project, html=HTML.replace("ran", "went"), title="Another")
    moved = f"/share/{one.code}/articles/{other.pk}/"
    assert client.get(path_in(moved, give_picture(other, SOURCE))).status_code == 404
    Project.objects.filter(pk=project.pk).update(readers_see="passages")
    assert client.get(path_in(f"/share/{one.code}/", picture)).status_code == 404


def test_a_link_that_ended_shows_none(
    client: Client, alice: User, project: Project, article: Article, picture: Picture
) -> None:
    taken = subject(project, alice, article)
    revoked = share(taken, alice)
    over = share(taken, alice, timezone.now() + timedelta(hours=1))
    revoke(revoked)
    type(over).objects.filter(pk=over.pk).update(expires_at=timezone.now() - timedelta(hours=1))
    for one in (revoked, over):
        assert client.get(path_in(f"/share/{one.code}/", picture)).status_code == 404


def test_a_link_to_a_passage_shows_none(
    client: Client, alice: User, project: Project, article: Article, picture: Picture
) -> None:
    marked = make_mark(project, article, "It came free", by=alice)
    one = share(subject(project, alice, article, marked), alice)
    assert "<img" not in client.get(f"/share/{one.code}/").content.decode()
    assert client.get(path_in(f"/share/{one.code}/", picture)).status_code == 404


def test_pictures_take_one_query_more(
    client: Client, project: Project, picture: Picture, article: Article
) -> None:
    plain = make_article(project, "Only words.", title="Words")
    many = make_article(
        project,
        html="".join(f"<p>{n}</p><img src=https://a.example/{n}>" for n in range(10)),
        title="Many",
    )
    for number in range(10):
        give_picture(many, f"https://a.example/{number}")
    counts = []
    for one in (plain, article, many):
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(project, one), headers={"Cookie": "a=b"})
        counts.append(len(queries))
    assert counts[1] == counts[2] == counts[0] + 1
