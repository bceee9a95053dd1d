"""The pages about an article's revisions."""

from html import unescape

import pytest
from django.test import Client

from annotations.services.sharing import share
from annotations.services.withdrawals import withdraw
from annotations.subjects import Subject
from reader.access import seat_in
from reader.models import Article, Project, Role, User
from tests.annotations.services.test_reanchoring import TEXT, URL, WORDS, revise
from tests.factories import make_article, make_mark, make_member, make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    return make_user("alice@example.org")


@pytest.fixture
def project(alice: User) -> Project:
    project = make_project("ferry", visibility="public", readers_see="whole")
    make_member(project, alice, Role.OWNER)
    return project


@pytest.fixture
def article(project: Project, alice: User) -> Article:
    """Three revisions; the second changed typography only."""
    article = make_article(project, TEXT, url=URL)
    make_mark(project, article, WORDS[1], by=alice)
    revise(article, TEXT.replace("“", '"').replace("”", '"'))
    revise(article, TEXT.replace("had run", "has run").replace("“Nothing", "It rained. “Nothing"))
    return Article.objects.get(pk=article.pk)


def page(client: Client, article: Article, path: str = "revisions/") -> str:
    answer = client.get(f"/projects/ferry/articles/{article.pk}/{path}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_the_list_says_how_much_changed_and_folds_what_is_trivial(client, article) -> None:
    shown = page(client, article)
    assert "1 revision that changed typography" in shown
    rows = shown.split('class="revision-row"')[1:]
    assert ["Revision 3" in rows[0], "Revision 1" in rows[1], "Revision 2" in rows[2]] == [True] * 3
    assert '<span class="gone">−' in rows[0]
    assert "the same words" in rows[2]
    assert 'name="robots" content="noindex"' in shown


def test_the_reading_page_says_how_often_it_changed(client, article) -> None:
    assert "changed 2 times, last on" in page(client, article, "")


def test_two_revisions_in_one_text(client, article) -> None:
    shown = page(client, article, "revisions/compare/?old=1&new=3")
    assert "<del>had</del><ins>has</ins> run aground" in shown
    assert 'name="robots" content="noindex"' in shown


def test_without_numbers_the_last_two(client, article) -> None:
    shown = page(client, article, "revisions/compare/")
    assert "From <a" in shown
    assert "revision 2</a>" in shown
    assert "revision 3</a>" in shown
    for odd in ("?old=0&new=99", "?old=x&new=", "?old=1e9"):
        page(client, article, f"revisions/compare/{odd}")


def test_two_revisions_side_by_side(client, article) -> None:
    shown = page(client, article, "revisions/compare/?old=1&new=3&view=beside")
    assert "<table" in shown
    assert "<del>had</del>" in shown


def test_the_same_words_are_called_so(client, article) -> None:
    assert "The words are the same." in page(client, article, "revisions/compare/?old=1&new=2")


def test_an_earlier_text_has_the_annotations_as_they_stood(client, article) -> None:
    shown = page(client, article, "revisions/1/")
    assert "An earlier text:" in shown
    assert f">{WORDS[1]}" in shown
    assert 'name="robots" content="noindex"' in shown
    assert client.get(f"/projects/ferry/articles/{article.pk}/revisions/9/").status_code == 404


def test_what_was_marked_later_is_not_in_an_earlier_text(client, project, alice, article) -> None:
    make_mark(project, article, "It rained", by=alice)
    assert 'data-n="2"' not in page(client, article, "revisions/1/")


def test_the_newest_text_has_its_own_page(client, article) -> None:
    answer = client.get(f"/projects/ferry/articles/{article.pk}/revisions/3/")
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/projects/ferry/articles/{article.pk}/",
    )


def test_who_sees_passages_only_sees_no_revisions(client, project, alice, article) -> None:
    Project.objects.update(readers_see="passages")
    for path in ("revisions/", "revisions/1/", "revisions/compare/"):
        address = f"/projects/ferry/articles/{article.pk}/{path}"
        assert client.get(address).status_code == 404
        client.force_login(alice)
        assert client.get(address).status_code == 200
        client.logout()


def test_a_private_project_keeps_them_to_itself(client, article) -> None:
    Project.objects.update(visibility="private")
    client.force_login(make_user("charlie@example.org"))
    for path in ("revisions/", "revisions/1/", "revisions/compare/"):
        address = f"/projects/ferry/articles/{article.pk}/{path}"
        assert client.get(address).status_code == 404


def test_a_withdrawn_text_is_not_shown_to_readers(client, project, alice, article) -> None:
    subject = Subject(seat_in(alice, project), article)
    withdraw(subject, alice, "A mistake.")
    for path in ("revisions/", "revisions/1/", "revisions/compare/"):
        address = f"/projects/ferry/articles/{article.pk}/{path}"
        assert client.get(address).status_code == 404
    client.force_login(alice)
    page(client, article)


SECRET = "a name that must not be read"


@pytest.fixture
def slipped(project: Project, alice: User) -> Article:
    """Its second text has words that were withdrawn; a third came since."""
    article = make_article(project, TEXT, url=URL)
    for words in WORDS:
        make_mark(project, article, words, by=alice)
    revise(article, TEXT.replace("had run aground", f"had {SECRET} aground"))
    article = Article.objects.get(pk=article.pk)
    make_mark(project, article, SECRET, by=alice)
    withdraw(Subject(seat_in(alice, project), article), alice, "A mistake.", text_only=True)
    return article


def pages_of(client: Client, article: Article) -> str:
    """All that a reader gets of the article, asked for in each way."""
    here = f"/projects/ferry/articles/{article.pk}/"
    numbers = range(1, article.newest.number + 1)
    paths = [here, f"{here}revisions/", f"{here}revisions/compare/", "/projects/ferry/"]
    paths += [f"{here}revisions/{number}/" for number in numbers]
    paths += [
        f"{here}revisions/compare/?old={old}&new={new}{view}"
        for old in numbers
        for new in numbers
        for view in ("", "&view=beside")
    ]
    return "".join(unescape(client.get(path).content.decode()) for path in paths)


def shared(client: Client, alice: User, article: Article) -> str:
    """The page of a link to the passage that changed."""
    passage = article.annotations.get(anchors__status="changed")
    link = share(Subject(seat_in(alice, Project.objects.get()), article, passage), alice)
    return unescape(client.get(f"/share/{link.code}/").content.decode())


def test_a_withdrawn_text_leaks_nowhere_while_it_is_the_newest(client, alice, slipped) -> None:
    shown = shared(client, alice, slipped)
    assert "Changed by the article on" in shown
    assert SECRET not in shown + pages_of(client, slipped)
    assert WORDS[1] in page(client, slipped, "revisions/1/")
    client.force_login(alice)
    assert SECRET in pages_of(client, slipped)


def test_a_withdrawn_text_leaks_nowhere_after_a_later_one(client, alice, slipped) -> None:
    revise(slipped, f"{TEXT} It rained.")
    slipped.refresh_from_db()
    assert SECRET not in pages_of(client, slipped)
    assert 'class="revision-row"' in page(client, slipped)
    answer = client.get(f"/projects/ferry/articles/{slipped.pk}/revisions/2/")
    assert answer.status_code == 404
    shown = page(client, slipped, "revisions/compare/?old=2&new=3")
    assert "revision 2" not in shown
    client.force_login(alice)
    assert SECRET in page(client, slipped, "revisions/2/")


def test_a_changed_passage_leads_to_where_it_was_marked(client, alice, slipped) -> None:
    passage = slipped.annotations.get(anchors__status="changed")
    where = f"/projects/ferry/articles/{slipped.pk}/revisions/1/#a-{passage.pk}"
    client.force_login(alice)
    assert f'href="{where}">As it was marked</a>' in page(client, slipped, "")
    assert f'id="a-{passage.pk}"' in page(client, slipped, "revisions/1/")
    Project.objects.update(readers_see="passages")
    client.logout()
    assert "As it was marked" not in shared(client, alice, slipped)


def test_a_shared_article_leads_to_its_revisions_where_they_are_public(
    client, project, alice, article
) -> None:
    link = share(Subject(seat_in(alice, project), article), alice)
    shown = client.get(f"/share/{link.code}/").content.decode()
    assert f'href="/projects/ferry/articles/{article.pk}/revisions/"' in shown
    Project.objects.update(visibility="private")
    shown = client.get(f"/share/{link.code}/").content.decode()
    assert "changed 2 times" in shown
    assert "/revisions/" not in shown
