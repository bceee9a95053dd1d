"""The library of somebody who reads every day: unread, starred and half-read, feeds and labels."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.queries import library
from reader.models import Article, Role
from reader.services.reading import keep_position, open_article, set_read, set_starred
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
def articles(project, bob):
    """Bob's: one of the library by a feed under a label, one of the library, one of a project."""
    listed = make_article(None, "One.", title="Listed", published_on="2026-01-03")
    make_entry(make_subscription(bob, "The Courier", "Coast").feed, listed)
    return [
        listed,
        make_article(None, "Two.", title="Library", published_on="2026-01-02"),
        make_article(project, "Three.", title="Project", published_on="2026-01-01"),
    ]


@pytest.fixture
def browser(client, bob):
    client.force_login(bob)
    return client


def titles(response):
    return [entry.article.title for entry in response.context["page"].entries]


def ids(bob):
    subscription = bob.subscriptions.get()
    return {"feed": subscription.feed_id, "label": subscription.labels.get().pk}


def test_all_unread_and_starred(browser, bob, articles):
    set_read(bob, articles[0], True)
    set_starred(bob, articles[2], True)
    set_starred(bob, articles[0], True)
    assert titles(browser.get("/")) == ["Listed", "Library", "Project"]
    assert titles(browser.get("/?show=all")) == ["Listed", "Library", "Project"]
    assert titles(browser.get("/?show=unread")) == ["Library", "Project"]
    assert titles(browser.get("/?show=starred")) == ["Listed", "Project"]
    assert titles(browser.get("/?show=starred&project=spill")) == ["Project"]
    assert titles(browser.get("/?show=x")) == ["Listed", "Library", "Project"]


@pytest.mark.parametrize("name", ["feed", "label"])
def test_one_feed_and_one_label(browser, bob, articles, name):
    address = f"/?{name}={ids(bob)[name]}"
    page = browser.get(address)
    assert titles(page) == ["Listed"]
    assert page.context["page"].name == ("The Courier" if name == "feed" else "Coast")
    assert titles(browser.get(f"{address}&show=unread")) == ["Listed"]
    assert titles(browser.get(f"{address}&show=starred")) == []
    set_read(bob, articles[0], True)
    assert titles(browser.get(f"{address}&show=unread")) == []


@pytest.mark.parametrize("name", ["feed", "label"])
def test_other_peoples_feeds_and_labels_are_passed_over(client, alice, bob, articles, name):
    client.force_login(alice)
    assert titles(client.get(f"/?{name}={ids(bob)[name]}")) == ["Listed", "Library", "Project"]


def test_strangers_are_shown_everything_public_whatever_they_ask(client, project):
    project.visibility = "public"
    project.save()
    make_article(project, "Three.", title="Public")
    for query in ("?show=unread", "?show=starred", "?feed=1&label=1"):
        response = client.get(f"/{query}")
        assert titles(response) == ["Public"]
        assert response.context["page"].ways == []
        assert "Mark as read" not in response.content.decode()


def test_how_many_are_unread(browser, bob, articles):
    def numbers():
        page = browser.get("/").context["page"]
        (folder,) = page.folders
        return [way.unread for way in (*page.ways, folder.label, *folder.feeds)]

    assert numbers() == ["", "3", "", "1", "1"]
    set_read(bob, articles[0], True)
    assert numbers() == ["", "2", "", "", ""]


def test_very_many_are_not_counted_to_the_end(browser, bob, articles, monkeypatch):
    monkeypatch.setattr("annotations.pages.sources.MOST_SHOWN", 2)
    assert browser.get("/").context["page"].ways[1].unread == "2+"


def test_unread_ones_far_back_are_one_more_page_away(browser, bob, monkeypatch):
    monkeypatch.setattr(library, "FAR", 40)
    monkeypatch.setattr("reader.queries.walk._AT_LEAST", 40)
    made = [make_article(None, f"Text {n}.", title=f"{n:03}") for n in range(100)]
    for article in made[10:]:
        set_read(bob, article, True)
    seen, pages, address = [], 0, "/?show=unread"
    while address:
        page = browser.get(address)
        seen, pages = seen + titles(page), pages + 1
        older = page.context["page"].older
        assert not older or "show=unread" in older
        address = older and f"/{older}"
    assert sorted(seen) == [f"{n:03}" for n in range(10)]
    assert pages == 3


def test_what_may_not_be_seen_any_more_is_in_no_list(browser, bob, articles, project):
    keep_position(bob, articles[2], 2)
    open_article(bob, articles[2])
    set_starred(bob, articles[2], True)
    project.memberships.filter(user=bob).delete()
    assert titles(browser.get("/?show=starred")) == []
    assert browser.get("/").context["page"].half_read == []


def test_half_read_articles_stand_above_the_front_page_only(browser, bob, articles):
    open_article(bob, articles[2])
    keep_position(bob, articles[2], 3)
    page = browser.get("/")
    (one,) = page.context["page"].half_read
    assert one.path == f"/projects/spill/articles/{articles[2].pk}/#at-3"
    assert one.percent == 50
    assert browser.get("/?show=unread").context["page"].half_read
    before = urlencode({"before": f"{articles[0].listed_at.isoformat()}~{articles[0].pk}"})
    for address in ("/?show=starred", "/?project=spill", f"/?{before}"):
        assert browser.get(address).context["page"].half_read == []
    browser.post(f"/articles/{articles[2].pk}/position/", {"position": "0", "next": "/"})
    assert browser.get("/").context["page"].half_read == []


def test_an_empty_list_says_what_is_empty(browser, bob, articles):
    assert "Nothing is starred here yet." in browser.get("/?show=starred").content.decode()
    for article in articles:
        set_read(bob, article, True)
    assert "Everything here is read." in browser.get("/?show=unread").content.decode()


def test_a_projects_page_has_stars_too(browser, bob, articles):
    html = browser.get("/projects/spill/").content.decode()
    assert 'aria-pressed="false"' in html
    assert "show=unread" in html


@pytest.mark.parametrize("address", ["/", "/?show=unread", "/?show=starred", "/?label={label}"])
def test_as_many_queries_however_much_there_is(client, address):
    reader = make_user("rita@example.org")
    project = make_project("harbour")
    make_member(project, reader, Role.VIEWER)
    client.force_login(reader)

    def queries(number):
        for n in range(number):
            article = make_article(project, f"Text {number} {n}.", publication=f"Paper {n}")
            listed = make_article(None, f"Listed {number} {n}.")
            make_entry(make_subscription(reader, f"Feed {number} {n}", "All").feed, listed)
            for one in (article, listed):
                set_starred(reader, one, True)
                open_article(reader, one)
                set_read(reader, one, False)
                keep_position(reader, one, 3)
        asked = address.format(label=reader.labels.get().pk)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(asked).status_code == 200
        return len(captured)

    few = queries(1)
    assert queries(12) == few <= 18


def test_a_new_person_has_nothing_to_catch_up_with(client, articles):
    Article.objects.update(first_seen_at=timezone.now() - timedelta(days=1))
    client.force_login(make_user("charlie@example.org"))
    page = client.get("/?show=unread")
    assert titles(page) == []
    assert page.context["page"].ways[1].unread == ""
