"""Articles into the database: once, again, changed, and by several at a time."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest
from django.db import connection

from reader.ingest.details import check_details
from reader.ingest.incoming import ByHand, Defaults, Incoming, from_page, from_text
from reader.ingest.pipeline import Result, store, store_all
from reader.models import Article, Project, ProjectArticle, Publication, Revision, User
from tests.factories import TEXT, make_project, make_user

URL = "https://courier.example/2025/ferry"


def text_of(words: str = TEXT, file_name: str = "", **details: str) -> Incoming:
    return replace(from_text(words, check_details(details)), file_name=file_name)


@pytest.fixture
def project(db: None) -> Project:
    return make_project("ferry")


def test_a_new_article_is_whole(project: Project) -> None:
    incoming = text_of(
        title="Ferry “not aground”",
        url=URL,
        byline="Ada Lune",
        publication="The Courier",
        language="en",
        published_on="2025-03",
    )
    outcome = store(incoming, project)
    assert outcome.result == Result.IMPORTED
    article = Article.objects.get(pk=outcome.article_id)
    assert article.scope == project
    assert article.title == "Ferry “not aground”"
    assert not article.title_derived
    assert article.publication is not None
    assert article.publication.name == "The Courier"
    assert (article.published_on.isoformat(), article.published_precision) == (
        "2025-03-01",
        "month",
    )
    assert article.date_set_at is None
    assert article.listed_at.date() == article.published_on
    revision = article.current_revision
    assert revision.number == 1
    assert revision.text == TEXT
    assert revision.word_count == 21
    assert [r.type for r in revision.document.blocks()] == ["paragraph", "paragraph"]
    place = ProjectArticle.objects.get(project=project, article=article)
    assert place.listed_at == article.listed_at


def test_nothing_is_made_up(project: Project) -> None:
    article = Article.objects.get(pk=store(text_of(), project).article_id)
    assert article.published_on is None
    assert article.published_precision == ""
    assert article.listed_at == article.first_seen_at
    assert article.title_derived
    assert article.title == "The harbour office denied on Monday that the ferry had run aground."
    assert (article.byline, article.url, article.publication) == ("", "", None)


@pytest.mark.parametrize("details", [{}, {"url": URL}])
def test_the_same_again_changes_nothing(project: Project, details: dict[str, str]) -> None:
    first = store(text_of(**details), project)
    before = (Project.objects.get().version, Article.objects.get().version)
    again = store(text_of(**details), project)
    assert again.result == Result.UNCHANGED
    assert again.article_id == first.article_id
    assert Revision.objects.count() == 1
    assert (Project.objects.get().version, Article.objects.get().version) == before


def test_an_address_with_a_new_text_is_a_revision(project: Project) -> None:
    first = store(text_of(title="One", url=URL, published_on="2025-03-14"), project)
    version = Project.objects.get().version
    again = store(text_of("Other words.", title="Two", url=f"{URL}?utm_source=x"), project)
    assert again.result == Result.REVISED
    assert again.article_id == first.article_id
    article = Article.objects.get()
    assert article.title == "Two"
    assert article.url == URL
    assert article.published_on.isoformat() == "2025-03-14"
    assert article.version == 2
    assert Project.objects.get().version == version + 1
    assert article.current_revision.number == 2
    assert [r.title for r in article.revisions.all()] == ["One", "Two"]


def test_an_article_may_return_to_an_earlier_text(project: Project) -> None:
    for words in ("One text.", "Another.", "One text."):
        store(text_of(words, url=URL), project)
    assert [r.text for r in Revision.objects.order_by("number")] == [
        "One text.",
        "Another.",
        "One text.",
    ]


def test_a_file_name_finds_the_article_again(project: Project) -> None:
    first = store(text_of("One text.", file_name="a.txt"), project)
    again = store(text_of("Another.", file_name="a.txt"), project)
    assert again.result == Result.REVISED
    assert again.article_id == first.article_id
    assert store(text_of("One text.", file_name="b.txt"), project).result == Result.IMPORTED


def test_the_same_text_at_another_address_is_another_article(project: Project) -> None:
    store(text_of(url=URL), project)
    assert store(text_of(url="https://other.example/ferry"), project).result == Result.IMPORTED
    assert store(text_of(), project).result == Result.UNCHANGED
    assert Article.objects.count() == 2


def test_scopes_do_not_see_each_other(project: Project) -> None:
    other = make_project("other")
    results = [store(text_of(url=URL), scope).result for scope in (project, other, None)]
    assert results == [Result.IMPORTED] * 3
    assert not ProjectArticle.objects.filter(article__scope=None).exists()


def test_what_people_corrected_survives_a_revision(project: Project) -> None:
    store(text_of(title="Wrnog", byline="A", url=URL, published_on="2024"), project)
    Article.objects.update(
        title="Right", published_on="2023-01-01", date_set_at="2026-01-01T00:00Z"
    )
    store(text_of("New.", title="Wrnog 2", byline="B", url=URL, published_on="2025"), project)
    article = Article.objects.get()
    assert (article.title, article.byline) == ("Right", "B")
    assert article.published_on.isoformat() == "2023-01-01"


def test_a_derived_title_does_not_replace_a_given_one(project: Project) -> None:
    store(text_of(title="Given", url=URL), project)
    store(text_of("Other words.", url=URL), project)
    article = Article.objects.get()
    assert (article.title, article.title_derived) == ("Given", False)
    assert article.current_revision.title == "Other words."


def test_a_date_by_hand_keeps_who_and_when(project: Project) -> None:
    login = Defaults(
        published=check_details({"published_on": "2020-05-29"}).published,
        dated_by=ByHand(login="mo"),
    )
    store(login.fill(text_of()), project)
    article = Article.objects.get()
    assert article.published_on.isoformat() == "2020-05-29"
    assert (article.date_set_login, article.date_set_by) == ("mo", None)
    assert article.date_set_at is not None
    assert article.current_revision.published_on is None
    assert article.listed_at.year == 2020


def test_a_stated_date_is_not_by_hand(project: Project) -> None:
    login = Defaults(
        published=check_details({"published_on": "2020-05-29"}).published,
        dated_by=ByHand(login="mo"),
    )
    store(login.fill(text_of(published_on="2021")), project)
    article = Article.objects.get()
    assert article.published_on.isoformat() == "2021-01-01"
    assert (article.date_set_login, article.date_set_at) == ("", None)


def test_gaps_are_filled_when_an_article_comes_again(project: Project) -> None:
    store(text_of(url=URL), project)
    by_hand = Defaults(
        publication="The Courier",
        language="en",
        published=check_details({"published_on": "2020-05"}).published,
        dated_by=ByHand(login="mo"),
    )
    assert store(by_hand.fill(text_of(url=URL)), project).result == Result.COMPLETED
    article = Article.objects.get()
    assert (str(article.publication), article.language) == ("The Courier", "en")
    assert (article.published_precision, article.date_set_login) == ("month", "mo")
    assert article.version == 2
    assert ProjectArticle.objects.get().listed_at == article.listed_at
    assert store(by_hand.fill(text_of(url=URL)), project).result == Result.UNCHANGED


def test_what_comes_again_is_put_back_into_its_project(project: Project) -> None:
    store(text_of(), project)
    ProjectArticle.objects.all().delete()
    assert store(text_of(), project).result == Result.UNCHANGED
    assert ProjectArticle.objects.count() == 1


def test_publications_are_made_once_whatever_their_capitals(project: Project) -> None:
    Publication.objects.create(name="The Courier")
    names = ("The Courier", "the courier", "The Mercantile", "The Mercantile", "")
    store_all([text_of(f"Text {i}.", publication=name) for i, name in enumerate(names)], project)
    assert {p.name for p in Publication.objects.all()} == {"The Courier", "The Mercantile"}


def test_one_batch_is_like_one_after_the_other(project: Project) -> None:
    store(text_of("Old.", url=URL), project)
    batch = [
        text_of("A.", url="https://a.example/1"),
        text_of("A.", url="https://www.a.example/1/"),  # the same
        text_of("B.", url="https://a.example/1"),  # a revision of an article of this batch
        text_of("A.", url="https://a.example/1"),  # and back
        text_of("New.", url=URL),  # a revision of an old article
        text_of("New."),  # the same text without an address: that article
        text_of("Old."),  # a text that no article has any more
        text_of("Old."),
        text_of("Old.", language="en"),
    ]
    results = [one.result for one in store_all(batch, project)]
    assert results == [
        Result.IMPORTED,
        Result.UNCHANGED,
        Result.REVISED,
        Result.REVISED,
        Result.REVISED,
        Result.UNCHANGED,
        Result.IMPORTED,
        Result.UNCHANGED,
        Result.COMPLETED,
    ]
    texts = {a.url: a.current_revision.text for a in Article.objects.all()}
    assert texts == {"https://a.example/1": "A.", URL: "New.", "": "Old."}
    assert store_all(batch[:1] + batch[4:], project)[0].result == Result.UNCHANGED


def test_pages_keep_their_source(project: Project) -> None:
    html = "<h2>Aground</h2><p>The <em>ferry</em>.<script>alert(1)</script></p>"
    store(from_page(html, check_details({})), project)
    revision = Revision.objects.get()
    assert revision.text == "Aground\nThe ferry."
    assert bytes(revision.raw).decode() == html


@pytest.fixture
def user(db: None) -> User:
    return make_user("alice@example.org")


def test_who_added_it_is_kept(project: Project, user: User) -> None:
    store(text_of(), project, user)
    assert ProjectArticle.objects.get().added_by == user


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("details", [{}, {"url": URL}])
def test_two_at_once_make_one_article(details: dict[str, str]) -> None:
    project = make_project("ferry")
    at_once = Barrier(4)
    results: list[str] = []

    def run() -> None:
        try:
            at_once.wait()
            results.append(store(text_of(**details), project).result)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["imported", "unchanged", "unchanged", "unchanged"]
    assert Article.objects.count() == 1
