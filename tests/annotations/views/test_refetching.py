"""“Fetch again” on the reading page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotations.models import Anchor
from reader.ingest.address import fetch_article
from reader.ingest.pipeline import store
from reader.models import Article, ArticleWatch, Project, Revision, Role, User
from reader.services.watching import watch
from tests.factories import make_article, make_mark, make_member, make_project, make_user
from tests.reader.ingest.test_extract import MORE, WORDS, page
from tests.website import Website

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project("ferry")


@pytest.fixture
def alice(project: Project) -> User:
    alice = make_user("alice@example.org")
    make_member(project, alice, Role.ANNOTATOR)
    return alice


@pytest.fixture
def article(site: Website, project: Project) -> Article:
    """Fetched an hour ago."""
    url = site.page("/ferry", page())
    article = Article.objects.get(pk=store(fetch_article(url)[0], project).article_id)
    Revision.objects.update(fetched_at=timezone.now() - timedelta(hours=1))
    return article


def again(client: Client, article: Article) -> str:
    path = f"/projects/ferry/articles/{article.pk}/fetch/"
    return client.post(path, follow=True).content.decode()


def test_another_text_is_a_revision_and_the_old_one_stays(client, alice, site, article) -> None:
    client.force_login(alice)
    site.page("/ferry", page(WORDS + MORE + "<p>Nobody was hurt, the harbour office added.</p>"))
    shown = again(client, article)
    assert "The text has changed" in shown
    assert "changed once, on" in shown
    first, second = Revision.objects.filter(article=article).order_by("number")
    assert "Nobody was hurt" in second.text
    assert "Nobody was hurt" not in first.text


def test_the_same_text_is_none(client, alice, article) -> None:
    client.force_login(alice)
    assert "The text has not changed." in again(client, article)
    assert Revision.objects.filter(article=article).count() == 1


def test_a_redirect_leads_to_a_revision_of_the_same_article(client, alice, site, article) -> None:
    client.force_login(alice)
    site.page("/elsewhere", page(WORDS + MORE + "<p>Nobody was hurt, it was said later.</p>"))
    site.redirect("/ferry", f"{site.address}/elsewhere", status=301)
    assert "The text has changed" in again(client, article)
    assert Article.objects.get().url == f"{site.address}/ferry"


def test_a_page_that_is_gone_changes_nothing(client, alice, site, article) -> None:
    client.force_login(alice)
    site.page("/ferry", "gone", status=410)
    assert "Not fetched. The site answered “410" in again(client, article)
    assert Revision.objects.filter(article=article).count() == 1


def test_one_page_is_not_asked_for_twice_a_minute(client, alice, site, article) -> None:
    client.force_login(alice)
    Revision.objects.update(fetched_at=timezone.now())
    assert "Wait a minute." in again(client, article)
    assert site.asked.count("/ferry") == 1


def test_a_text_without_an_address_cannot_be_fetched(client, alice, project) -> None:
    client.force_login(alice)
    assert "The article has no address." in again(client, make_article(project))


def test_passages_are_placed_at_once(client, alice, project, site, article) -> None:
    client.force_login(alice)
    words = article.newest.text[:20]
    make_mark(project, article, words, by=alice)
    site.page("/ferry", page(f"<p>An earlier version was wrong about the tide.</p>{WORDS}{MORE}"))
    again(client, article)
    moved = Anchor.objects.get(revision__number=2)
    assert moved.status == "moved"
    assert moved.fragments.get().exact == words


def switch(client: Client, article: Article, on: str) -> str:
    path = f"/projects/ferry/articles/{article.pk}/watch/"
    return client.post(path, {"on": on}, follow=True).content.decode()


def test_an_article_is_watched_and_no_longer(client, alice, article) -> None:
    client.force_login(alice)
    shown = switch(client, article, "1")
    assert "The article is watched" in shown
    assert "Watched: first look" in shown
    assert "Stop watching" in shown
    ArticleWatch.objects.update(last_fetched_at=timezone.now(), last_error="The site slept.")
    shown = client.get(f"/projects/ferry/articles/{article.pk}/").content.decode()
    assert "Watched: last looked on" in shown
    assert "It failed: The site slept." in shown
    ArticleWatch.objects.update(next_fetch_at=None)
    shown = client.get(f"/projects/ferry/articles/{article.pk}/").content.decode()
    assert "No longer watched. The site slept." in shown
    assert "Watch again" in shown
    assert "no longer watched" in switch(client, article, "0")
    assert not ArticleWatch.objects.exists()


def test_a_text_without_an_address_cannot_be_watched(client, alice, project) -> None:
    client.force_login(alice)
    assert "Not watched. The article has no address." in switch(client, make_article(project), "1")


def test_only_annotators_may(client, project, article, site) -> None:
    viewer = make_user("vera@example.org")
    make_member(project, viewer, Role.VIEWER)
    for who in (None, make_user("charlie@example.org"), viewer):
        if who:
            client.force_login(who)
        for name in ("fetch", "watch"):
            path = f"/projects/ferry/articles/{article.pk}/{name}/"
            assert client.post(path).status_code == 404
    assert not ArticleWatch.objects.exists()


def test_members_see_that_it_is_watched_and_readers_do_not(client, alice, project, article) -> None:
    Project.objects.update(visibility="public", readers_see="whole")
    watch(article, alice)
    path = f"/projects/ferry/articles/{article.pk}/"
    assert "Watched:" not in client.get(path).content.decode()
    viewer = make_user("vera@example.org")
    make_member(project, viewer, Role.VIEWER)
    client.force_login(viewer)
    shown = client.get(path).content.decode()
    assert "Watched:" in shown
    assert "Stop watching" not in shown
