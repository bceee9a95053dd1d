"""Read, unread, starred, half-read: each for themselves, and only what one may see."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reader.models import Article, ReadingState, Role, User, Visibility, uuid7
from reader.queries.reading import unread_by
from tests.factories import (
    make_article,
    make_entry,
    make_member,
    make_project,
    make_subscription,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    return make_user("alice@example.org")


@pytest.fixture
def browser(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def unread(user: User) -> list[str]:
    user.refresh_from_db()
    found = Article.objects.filter(unread_by(user)).order_by("title")
    return list(found.values_list("title", flat=True))


def address(article: Article, name: str = "article_state") -> str:
    return reverse(name, kwargs={"article_id": article.pk})


def test_opening_an_article_reads_it(browser, alice):
    article = make_article(None, "Words.", title="One")
    browser.get(f"/articles/{article.pk}/")
    assert unread(alice) == []
    # Deciding otherwise lasts until it is opened again.
    browser.post(address(article), {"read": "0"})
    assert unread(alice) == ["One"]


def test_opening_it_in_a_project_does_too(browser, alice):
    project = make_project("spill")
    make_member(project, alice, Role.VIEWER)
    article = make_article(project, "Words.", title="One")
    browser.get(f"/projects/spill/articles/{article.pk}/")
    assert unread(alice) == []


@pytest.mark.parametrize("how", ["head", "prefetch", "switched off"])
def test_what_is_not_opening_does_not(browser, alice, how):
    article = make_article(None, "Words.", title="One")
    if how == "switched off":
        User.objects.update(read_when_opened=False)
    headers = {"Sec-Purpose": "prefetch;prerender"} if how == "prefetch" else {}
    get = browser.head if how == "head" else browser.get
    assert get(f"/articles/{article.pk}/", headers=headers).status_code == 200
    assert unread(alice) == ["One"]


def test_a_reader_without_account_leaves_nothing_behind(client):
    project = make_project("spill", visibility=Visibility.PUBLIC)
    article = make_article(project, "Words.")
    page = client.get(f"/projects/spill/articles/{article.pk}/")
    html = page.content.decode()
    assert 'class="state' not in html
    assert "data-theme" not in html
    assert "keys.js" not in html
    assert not page.cookies
    assert not client.get("/").cookies
    assert not ReadingState.objects.exists()


def test_star_and_read_by_plain_form_lead_back(browser, alice):
    article = make_article(None, "Words.", title="One")
    back = "/?show=unread#e-1"
    response = browser.post(address(article), {"starred": "1", "next": back})
    assert response.url == back
    browser.post(address(article), {"read": "1"})
    state = ReadingState.objects.get()
    assert state.starred_at
    assert state.read_at
    browser.post(address(article), {"starred": "0"})
    assert ReadingState.objects.get().starred_at is None


def test_htmx_gets_the_buttons_as_they_are_now(browser):
    article = make_article(None, "Words.")
    headers = {"HX-Request": "true"}
    html = browser.post(
        address(article), {"starred": "1", "next": "/?x=1"}, headers=headers
    ).content.decode()
    assert 'aria-pressed="true"' in html
    assert "Unread, starred" in " ".join(html.replace("</span>", "").split())
    assert 'value="/?x=1"' in html
    assert "<html" not in html


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "evil", ""])
def test_nobody_is_led_to_another_site(browser, back):
    article = make_article(None, "Words.")
    assert browser.post(address(article), {"read": "1", "next": back}).url == "/"


@pytest.mark.parametrize("name", ["article_state", "article_position"])
def test_what_one_may_not_see_is_not_there(browser, client, alice, name):
    secret = make_article(make_project("secret"), "Words.")
    library = make_article(None, "Other words.")
    sent = {"starred": "1", "position": "1"}
    assert browser.post(address(secret, name), sent).status_code == 404
    assert browser.post(reverse(name, kwargs={"article_id": uuid7()}), sent).status_code == 404
    assert client.post(address(library, name), sent).status_code == 404
    assert browser.get(address(library, name)).status_code == 405
    assert not ReadingState.objects.exists()


def test_in_a_public_project_people_keep_their_own_states(browser, alice):
    article = make_article(make_project("open", visibility=Visibility.PUBLIC), "Words.")
    bob = Client()
    bob.force_login(make_user("bob@example.org"))
    for reader in (browser, bob):
        assert reader.post(address(article), {"starred": "1"}).status_code == 302
    bob.post(address(article), {"starred": "0"})
    assert ReadingState.objects.get(user=alice).starred_at


@pytest.mark.parametrize(("sent", "status"), [("12", 204), ("x", 422), ("", 422)])
def test_a_position_is_kept(browser, sent, status):
    article = make_article(None, "Words.")
    response = browser.post(address(article, "article_position"), {"position": sent})
    assert response.status_code == status
    assert [one.position for one in ReadingState.objects.all()] == ([12] if status == 204 else [])


class TestMarkAll:
    """“Mark all as read”, for every kind of list."""

    @pytest.fixture(autouse=True)
    def articles(self, alice):
        self.project = make_project("spill")
        make_member(self.project, alice, Role.VIEWER)
        make_article(None, "One.", title="courier", publication="The Courier")
        make_article(self.project, "Two.", title="project", publication="The Mercantile")
        listed = make_article(None, "Three.", title="feed")
        self.subscription = make_subscription(alice, "The Feed", "Coast")
        make_entry(self.subscription.feed, listed)

    def narrowed(self, by):
        courier = Article.objects.get(title="courier").publication_id
        return {
            "everything": {},
            "feed": {"feed": self.subscription.feed_id},
            "label": {"label": self.subscription.labels.get().pk},
            "project": {"project": "spill"},
            "publication": {"publication": courier},
        }[by]

    def send(self, browser, **data):
        data.setdefault("until", timezone.now().isoformat())
        return browser.post("/read-all/", data, follow=True)

    @pytest.mark.parametrize(
        ("by", "left", "said"),
        [
            ("everything", [], "Everything is marked as read."),
            ("feed", ["courier", "project"], "1 article is marked as read."),
            ("label", ["courier", "project"], "1 article is marked as read."),
            ("project", ["courier", "feed"], "1 article is marked as read."),
            ("publication", ["feed", "project"], "1 article is marked as read."),
        ],
    )
    def test_it_marks_the_list_and_is_undone(self, browser, alice, by, left, said):
        page = self.send(browser, **self.narrowed(by), next="/?x=1")
        assert page.redirect_chain[-1][0] == "/?x=1"
        assert said in page.content.decode()
        assert unread(alice) == left
        (message,) = page.context["messages"]
        page = browser.post(message.extra_tags, {"next": "/?x=1"}, follow=True)
        assert "They are unread again." in page.content.decode()
        assert unread(alice) == ["courier", "feed", "project"]

    def test_nothing_to_mark_has_nothing_to_undo(self, browser):
        self.send(browser, **self.narrowed("feed"))
        page = self.send(browser, **self.narrowed("feed"))
        assert "0 articles are marked as read." in page.content.decode()
        (message,) = page.context["messages"]
        assert message.extra_tags == ""

    def test_what_came_after_the_page_was_made_stays_unread(self, browser, alice):
        until = timezone.now().isoformat()
        make_article(None, "Four.", title="later")
        self.send(browser, until=until)
        assert unread(alice) == ["later"]

    @pytest.mark.parametrize("until", ["", "x", "2026-02-31T00:00:00", "2999-01-01T00:00:00+00:00"])
    def test_a_page_that_does_not_say_when_it_was_made_was_made_now(self, browser, alice, until):
        self.send(browser, until=until)
        assert unread(alice) == []
        assert alice.unread_since <= timezone.now()

    @pytest.mark.parametrize("name", ["feed", "label", "project", "publication"])
    def test_a_list_that_is_gone_is_not_taken_for_everything(self, browser, alice, name):
        page = self.send(browser, **{name: "999"})
        assert "this list is not there any more" in page.content.decode()
        assert len(unread(alice)) == 3

    def test_another_persons_feed_or_label_is_no_list_of_mine(self, browser, alice):
        theirs = make_subscription(make_user("bob@example.org"), "The Feed", "Coast")
        self.send(browser, label=theirs.labels.get().pk)
        assert len(unread(alice)) == 3

    def test_somebody_elses_undo_undoes_nothing(self, browser, alice):
        page = self.send(browser, **self.narrowed("feed"))
        (message,) = page.context["messages"]
        bob = Client()
        bob.force_login(make_user("bob@example.org"))
        bob.post(message.extra_tags)
        assert unread(alice) == ["courier", "project"]

    def test_an_undo_that_was_made_up_is_refused(self, browser):
        page = browser.post("/read-all/undo/x/", follow=True)
        assert "can’t be undone" in page.content.decode()

    def test_strangers_have_nothing_to_mark(self, client):
        assert client.post("/read-all/").status_code == 404
        assert client.post("/read-all/undo/x/").status_code == 404


def test_old_articles_of_a_new_person_are_read(browser, alice):
    article = make_article(None, "Words.")
    Article.objects.update(first_seen_at=timezone.now() - timedelta(days=3))
    assert 'class="state"' in browser.get("/").content.decode()
    browser.post(address(article), {"read": "0"})
    assert 'class="state unread"' in browser.get("/").content.decode()
