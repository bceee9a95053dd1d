"""Where else the same words stand: who sees which places."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Annotation, Withdrawal
from annotations.services.marking import delete
from reader.models import Article, Project, ProjectArticle, Readers, Role, Visibility
from reader.search import limits
from reader.services.indexing import index_all
from tests.annotations.dam import NEAR, SAID, Dam, grades, make_dam, opened, titles
from tests.factories import make_article, make_mark, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def dam() -> Dam:
    return make_dam()


def test_each_grade_is_told_apart(dam: Dam) -> None:
    make_article(None, f"“{SAID.upper()}”", title="Same")
    make_article(None, f"They wrote: {SAID[:-1]} of March.", title="Contained")
    make_article(None, NEAR, title="Near")
    make_article(None, "The dam at Orrhaven was often inspected after the war.", title="Another")
    assert grades(dam.bob, dam.path) == ["same", "contained", "near"]
    assert titles(dam.bob, dam.path) == {"Same", "Contained", "Near"}
    page = opened(dam.bob, dam.path).content.decode()
    assert "Perhaps the same" in page
    assert "“dam” here, “dams” there; “was” here, “were” there" in page
    assert '<b class="differs">dams</b>' in page


def test_the_passage_itself_is_no_hit_and_the_same_article_is_said_to_be(dam: Dam) -> None:
    assert titles(dam.bob, dam.path) == set()
    assert "Nowhere else." in opened(dam.bob, dam.path).content.decode()
    again = make_article(dam.project, f"{SAID}\n\nIt rained.\n\n{SAID}", title="Twice")
    mark = make_mark(dam.project, again, SAID)
    page = opened(dam.bob, f"/annotations/{mark.pk}/same-words/")
    assert page.content.decode().count("In this same article") == 1


def test_what_is_not_indexed_yet_is_said_and_not_called_absent(dam: Dam) -> None:
    client = Client()
    client.force_login(dam.bob)
    waits = "Not every article has been looked through"
    index_all()
    assert waits not in client.get(dam.path).content.decode()
    make_article(None, SAID, title="Same")
    assert waits in client.get(dam.path).content.decode()
    found = client.get("/search/", {"q": "zebra"}).content.decode()
    assert "wait to be indexed and cannot be found yet" in found
    index_all()
    assert waits not in client.get(dam.path).content.decode()
    assert "wait to be indexed" not in client.get("/search/", {"q": "zebra"}).content.decode()


@pytest.mark.parametrize("user", ["charlie", None])
def test_who_is_no_member_gets_nothing(dam: Dam, user: str | None) -> None:
    dam.project.visibility = Visibility.PUBLIC
    dam.project.save()
    client = Client()
    if user:
        client.force_login(getattr(dam, user))
    place = f"/projects/dam/articles/{dam.article.pk}/same-words/?start=11&end=60"
    for path in (dam.path, place):
        assert client.get(path).status_code == 404
    assert client.post(f"{dam.path}mark/").status_code == 404
    assert client.post(f"/annotations/{dam.mark.pk}/unmark/").status_code == 404


def test_a_deleted_passage_has_no_such_page(dam: Dam) -> None:
    delete(dam.mark.pk)
    assert opened(dam.alice, dam.path).status_code == 404


def test_a_private_article_of_others_is_never_shown(dam: Dam) -> None:
    make_article(dam.other, f"Secret. {SAID}", title="Secret")
    assert titles(dam.bob, dam.path) == set()
    make_member(dam.other, dam.bob, Role.VIEWER)
    assert titles(dam.bob, dam.path) == {"Secret"}


@pytest.mark.parametrize(
    ("readers_see", "seen"), [(Readers.WHOLE, {"Elsewhere"}), (Readers.PASSAGES, set())]
)
def test_of_public_projects_only_what_they_show_whole(
    dam: Dam, readers_see: str, seen: set[str]
) -> None:
    article = make_article(dam.other, SAID, title="Elsewhere")
    make_mark(dam.other, article, SAID)
    Project.objects.filter(pk=dam.other.pk).update(
        visibility=Visibility.PUBLIC, readers_see=readers_see
    )
    assert titles(dam.bob, dam.path) == seen


@pytest.mark.parametrize("what", ["page", "text"])
def test_what_is_withdrawn_is_for_members_only(dam: Dam, what: str) -> None:
    article = make_article(dam.other, SAID, title="Withdrawn")
    Project.objects.filter(pk=dam.other.pk).update(
        visibility=Visibility.PUBLIC, readers_see=Readers.WHOLE
    )
    place = ProjectArticle.objects.get(article=article)
    withdrawn = (
        {"project_article": place} if what == "page" else {"revision": article.current_revision}
    )
    Withdrawal.objects.create(project=dam.other, reason="An error.", **withdrawn)
    assert titles(dam.bob, dam.path) == set()
    make_member(dam.other, dam.bob, Role.VIEWER)
    assert titles(dam.bob, dam.path) == {"Withdrawn"}


def test_hidden_articles_don_t_crowd_out_those_that_may_be_read(
    dam: Dam, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.queries.same_words.CANDIDATES", 1)
    make_article(None, NEAR, title="Near")
    for number in range(3):
        make_article(dam.other, SAID, title=f"Secret {number}")
    # The passage's own article comes before.
    assert titles(dam.bob, dam.path) == set()
    monkeypatch.setattr("reader.queries.same_words.CANDIDATES", 2)
    assert titles(dam.bob, dam.path) == {"Near"}


def test_a_story_is_shown_once_with_its_copies(dam: Dam) -> None:
    text = f"{SAID}\n\n" + "The water rose all night and nobody slept. " * 12
    make_article(None, text, title="The flood", publication="The Reed", url="https://a.example/1")
    make_article(None, text, title="The flood", publication="The Wharf", url="https://b.example/1")
    assert Article.objects.filter(lead__isnull=False).count() == 1
    page = opened(dam.bob, dam.path)
    assert titles(dam.bob, dam.path) == {"The flood"}
    assert re.search(r"also in\s+<a href=\"/articles/[^>]+>The Wharf</a>", page.content.decode())


def test_places_of_undated_and_dated_articles(dam: Dam) -> None:
    make_article(None, SAID, title="Dated", published_on="2024-05-08")
    assert "Dates unknown" in opened(dam.bob, dam.path).content.decode()
    Article.objects.update(published_on="2023-07-01", published_precision="day")
    Article.objects.filter(title="Dated").update(published_on="2024-05-01")
    assert "10 months apart" in opened(dam.bob, dam.path).content.decode()


def test_differences_of_translated_words_may_be_the_translators(dam: Dam) -> None:
    make_article(None, NEAR)
    said = "differences may be the translator’s"
    assert said not in opened(dam.bob, dam.path).content.decode()
    Annotation.objects.filter(pk=dam.mark.pk).update(flags=["translated"])
    assert said in opened(dam.bob, dam.path).content.decode()


def test_short_passages_are_not_looked_for(dam: Dam) -> None:
    mark = make_mark(dam.project, dam.article, "Nobody asked why.")
    page = opened(dam.bob, f"/annotations/{mark.pk}/same-words/").content.decode()
    assert "No sentence of it has six words or more" in page


def test_words_that_she_said_breaks_in_two_are_one_sentence(dam: Dam) -> None:
    one, other = "“The dam at Lorrick,”", "“was never inspected before the flood.”"
    article = make_article(dam.project, f"{one} she said, {other}", title="Broken")
    mark = make_mark(dam.project, article, [one, other])
    assert titles(dam.bob, f"/annotations/{mark.pk}/same-words/") == {"The dam"}


def test_selected_words_are_looked_for_too(dam: Dam) -> None:
    make_article(None, NEAR, title="Near")
    path = f"/projects/dam/articles/{dam.article.pk}/same-words/"
    page = opened(dam.bob, path, start=11, end=11 + len(SAID))
    (sentence,) = page.context["page"].sentences
    assert sentence.words == SAID
    assert [group.grade for group in sentence.groups] == ["near"]
    assert "Mark there" not in page.content.decode()
    for wrong in ({}, {"start": 5}, {"start": 9000, "end": 9100}, {"start": "x", "end": 9}):
        assert opened(dam.bob, path, **wrong).status_code == 302


def test_too_long_is_said(dam: Dam, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.0)
    assert "took too long" in opened(dam.bob, dam.path).content.decode()


def test_the_number_of_queries_does_not_grow(dam: Dam) -> None:
    make_article(None, NEAR, title="Near")
    client = Client()
    client.force_login(dam.bob)

    def counted() -> int:
        index_all()
        client.get(dam.path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(dam.path).status_code == 200
        return len(queries)

    few = counted()
    for number in range(15):
        make_article(None, f"On day {number} they said: {SAID}", title=f"Place {number}")
        make_article(dam.project, f"Once more, {number}: {NEAR}", title=f"Own {number}")
    assert counted() == few
    assert few <= 25
