"""Which passages wait for a decision, and who learns of it."""

from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from annotations.queries.changes import undecided_count
from annotations.queries.library import list_articles, listed
from annotations.services.marking import delete
from annotations.services.reanchoring import reanchor_article
from reader.models import Article, Project, Role, User
from reader.queries.walk import Sources
from tests.annotations.queries.test_fates import CORRECTED
from tests.annotations.services.test_reanchoring import TEXT, URL, WORDS, decide, revise
from tests.factories import make_article, make_mark, make_member, make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob() -> User:
    return make_user("bob@example.org")


@pytest.fixture
def project(bob: User) -> Project:
    project = make_project("ferry", visibility="public")
    make_member(project, bob, Role.VIEWER)
    return project


@pytest.fixture
def article(project: Project) -> Article:
    """One of its passages changed, one is gone, one only moved."""
    article = make_article(project, TEXT, url=URL)
    for words in WORDS:
        make_mark(project, article, words)
    revise(article, CORRECTED)
    return Article.objects.get(pk=article.pk)


def changed(visitor, *projects: Project) -> list[tuple[tuple[Project, int], ...]]:
    page = list_articles(visitor, projects, Sources(list(projects)))
    return [one.changed for one in page.entries]


def test_members_learn_how_many_wait(bob, project, article):
    assert changed(bob, project) == [((project, 2),)]
    assert undecided_count(project) == 2


def test_readers_do_not(bob, project, article):
    assert changed(AnonymousUser(), project) == [()]
    assert changed(make_user("charlie@example.org"), project) == [()]


def test_what_is_decided_or_deleted_waits_no_more(bob, project, article):
    first, second, _ = project.annotations.order_by("created_at")
    decide(first, article.newest, "right")
    assert changed(bob, project) == [((project, 1),)]
    delete(second.pk)
    assert changed(bob, project) == [()]


def test_only_the_newest_text_is_asked_about(bob, project, article):
    revise(article, f"{CORRECTED} It rained.")
    assert changed(bob, project) == [((project, 2),)]
    revise(article, TEXT)
    assert changed(bob, project) == [()]


def test_each_project_has_its_own(bob, project, article):
    other, closed = make_project("boats", visibility="public"), make_project("shut")
    make_member(other, bob)
    Article.objects.update(scope=None)
    for one in (other, closed):
        make_mark(one, article, WORDS[2])
    revise(Article.objects.get(), TEXT.replace("the engines had been", "both engines were"))
    assert dict(listed(bob, [article], [project, other])[0].changed)[other] == 1
    assert [one for one, _ in listed(bob, [article], [project, other, closed])[0].changed] == [
        project,
        other,
    ]


@pytest.mark.parametrize("number", [1, 12])
def test_as_many_queries_however_many(bob, project, number, django_assert_num_queries):
    articles = []
    for n in range(number):
        article = make_article(project, f"{TEXT} {n}", url=f"{URL}/{n}")
        make_mark(project, article, WORDS[0])
        articles.append(article)
    with django_assert_num_queries(5):
        listed(bob, articles, [project])


def test_the_library_leads_to_the_queue(client: Client, bob, project, article):
    client.force_login(bob)
    shown = unescape(client.get("/").content.decode())
    assert '<a class="changed" href="/projects/ferry/changes/">2 passages changed</a>' in shown
    client.logout()
    assert "passages changed" not in client.get("/").content.decode()


def test_placing_twice_asks_once(bob, project, article):
    assert reanchor_article(article.pk) == 0
    assert changed(bob, project) == [((project, 2),)]
