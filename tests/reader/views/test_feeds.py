"""What somebody reads, and subscribing: Alice and Bob have accounts, strangers have none."""

from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from reader.models import EntryStatus, Feed, FeedEntry, FeedStatus, Label, Subscription, User
from reader.services.feeds import subscribe
from reader.services.labels import set_labels
from reader.services.reading import set_read
from tests.factories import make_article, make_user
from tests.reader.ingest.test_find_feeds import RSS, front, link
from tests.website import Website, website

pytestmark = pytest.mark.django_db

FEEDS = "/feeds/"


@pytest.fixture
def site(settings: Settings) -> Iterator[Website]:
    settings.FETCH_ALLOW_PRIVATE = True
    with website() as site:
        yield site


@pytest.fixture
def alice() -> User:
    return make_user("alice@example.org")


@pytest.fixture
def client(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def words(response: HttpResponse) -> str:
    return " ".join(unescape(response.content.decode()).replace("\xa0", " ").split())


def undo_of(response: HttpResponse) -> str:
    """The address behind the button of a page's message."""
    (message,) = response.context["messages"]
    return str(message.extra_tags)


def add(client: Client, url: str, labels: str = "") -> HttpResponse:
    return client.post(FEEDS, {"url": url, "labels": labels})


def test_they_are_for_people_with_an_account() -> None:
    response = Client().get(FEEDS, {"url": "https://courier.example/"})
    assert response.status_code == 302
    assert "courier.example" in response["Location"]


class TestTheList:
    def test_an_empty_one_says_what_to_do(self, client: Client) -> None:
        page = words(client.get(FEEDS))
        assert "You read no feeds yet." in page
        assert reverse("import_feeds") in page

    def test_a_feed_stands_under_each_of_its_labels(self, client: Client, alice: User) -> None:
        set_labels(subscribe(alice, "https://courier.example/rss", "Courier"), ["News", "Asia"])
        set_labels(subscribe(alice, "https://coast.example/rss", "Coast"), ["News"])
        subscribe(alice, "https://alone.example/rss", "Alone")
        groups = client.get(FEEDS).context["groups"]
        assert [
            (label and label.name, [line.subscription.title for line in lines])
            for label, lines in groups
        ] == [
            ("Asia", ["Courier"]),
            ("News", ["Coast", "Courier"]),
            (None, ["Alone"]),
        ]

    def test_what_is_unread_is_counted(self, client: Client, alice: User) -> None:
        mine = subscribe(alice, "https://courier.example/rss")
        for number in range(3):
            article = make_article(None, f"Report {number} has a text.", title=f"Report {number}")
            FeedEntry.objects.create(
                feed=mine.feed,
                key=f"{number}",
                status=EntryStatus.STORED,
                article=article,
                listed_at=article.listed_at,
            )
        set_read(alice, article, read=True)
        page = words(client.get(FEEDS))
        assert f'href="/?feed={mine.feed_id}&show=unread">2 unread</a>' in page

    def test_nobody_elses_are_there(self, client: Client) -> None:
        bob = make_user("bob@example.org")
        set_labels(subscribe(bob, "https://courier.example/rss"), ["Secret"])
        page = words(client.get(FEEDS))
        assert "courier.example" not in page
        assert "Secret" not in page

    @pytest.mark.parametrize(
        ("state", "said"),
        [
            ({}, "Waiting to be fetched for the first time."),
            ({"last_success_at": timedelta(minutes=12)}, "Updated 12 minutes ago."),
            (
                {
                    "failures": 2,
                    "last_error": "The site answered “503”.",
                    "last_success_at": timedelta(days=3),
                    "next_poll_at": -timedelta(hours=9, minutes=1),
                },
                "Failing.</strong> The site answered “503”. Last updated 3 days ago. "
                "Next try 9 hours from now.",
            ),
            ({"failures": 1, "last_error": "No."}, "Failing.</strong> No. It has never worked."),
            ({"status": FeedStatus.GONE}, "Gone.</strong> The site says"),
            (
                {"problems": ["An entry was left out."], "last_success_at": timedelta(hours=1)},
                "Updated an hour ago. Not everything in it could be read.",
            ),
        ],
    )
    def test_how_each_is_doing_is_said_in_words(
        self, client: Client, alice: User, state: dict[str, object], said: str
    ) -> None:
        subscribe(alice, "https://courier.example/rss")
        now = timezone.now()
        Feed.objects.update(
            **{
                name: now - value if isinstance(value, timedelta) else value
                for name, value in state.items()
            }
        )
        assert said in words(client.get(FEEDS))

    def test_what_feeds_say_is_escaped(self, client: Client, alice: User) -> None:
        subscribe(alice, "https://courier.example/rss?a=%3Cb%3E")
        Feed.objects.update(title="<b>x</b>", failures=1, last_error="<i>y</i>")
        page = client.get(FEEDS).content.decode()
        assert "&lt;b&gt;x&lt;/b&gt;" in page
        assert "<b>x" not in page
        assert "<i>y" not in page

    def test_the_queries_do_not_grow_with_the_list(
        self, client: Client, alice: User, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(20):
            one = subscribe(alice, f"https://many.example/{number}")
            set_labels(one, [f"L{number % 5}", "All"])
        with django_assert_max_num_queries(7):
            client.get(FEEDS)


class TestSubscribing:
    def test_a_bookmark_fills_in_the_form_and_fetches_nothing(
        self, client: Client, site: Website
    ) -> None:
        page = words(client.get(FEEDS, {"url": site.address + "/a?b=1&c"}))
        assert f'value="{site.address}/a?b=1&c"' in page
        assert "location.href='http://testserver/feeds/?url='" in page
        assert site.asked == []

    def test_by_the_address_of_a_site(self, client: Client, site: Website, alice: User) -> None:
        site.page("/rss", RSS.format("The Courier"), "text/xml")
        front_page = site.page("/", front(link("/rss")))
        response = add(client, front_page, "News, Asia")
        mine = Subscription.objects.get()
        assert response["Location"] == f"/feeds/{mine.feed_id}/"
        assert (mine.user, mine.feed.url) == (alice, site.address + "/rss")
        assert {label.name for label in mine.labels.all()} == {"Asia", "News"}
        page = words(client.get(response["Location"]))
        assert "You read “The Courier” from now on." in page
        assert "No worker is running" in page

    def test_of_several_feeds_one_is_chosen(self, client: Client, site: Website) -> None:
        site.page("/sport", RSS.format("Sport"), "text/xml")
        front_page = site.page("/", front(link("/rss", "All"), link("/sport", "<i>Sport")))
        response = add(client, front_page, "News")
        page = response.content.decode()
        assert not Subscription.objects.exists()
        assert "names 2 feeds" in page
        assert "&lt;i&gt;Sport" in page
        assert f'value="{site.address}/sport"' in page
        assert '<input type="hidden" name="labels" value="News">' in page
        add(client, site.address + "/sport", "News")
        mine = Subscription.objects.get()
        assert mine.feed.url == site.address + "/sport"
        assert mine.labels.get().name == "News"

    @pytest.mark.parametrize(
        ("path", "said"), [("/", "names no feed"), ("/nowhere", "answered “404 Not Found”")]
    )
    def test_failures_stand_beside_the_field_and_nothing_typed_is_lost(
        self, client: Client, site: Website, path: str, said: str
    ) -> None:
        site.page("/", front())
        response = add(client, site.address + path, "News, Asia")
        page = words(response)
        assert said in page
        assert response.context["form"].has_error("url")
        assert f'value="{site.address}{path}"' in page
        assert 'value="News, Asia"' in page
        assert not Feed.objects.exists()
        assert not Label.objects.exists()

    def test_our_own_machine_is_no_site(self, client: Client) -> None:
        assert "not on the open internet" in words(add(client, "http://127.0.0.1/"))

    def test_forms_say_what_is_missing_before_anything_is_fetched(
        self, client: Client, site: Website
    ) -> None:
        assert "Write the address of a site" in words(add(client, "  "))
        long = add(client, site.address + "/", "x" * 101)
        assert "more than 100 characters" in words(long)
        assert site.asked == []

    def test_doing_it_twice_keeps_the_title_and_adds_the_labels(
        self, client: Client, site: Website, alice: User
    ) -> None:
        url = site.page("/rss", RSS.format("The Courier"), "text/xml")
        set_labels(subscribe(alice, url, "Mine"), ["News"])
        add(client, url, "Asia")
        mine = Subscription.objects.get()
        assert mine.title == "Mine"
        assert {label.name for label in mine.labels.all()} == {"Asia", "News"}


class TestUndo:
    def test_a_stale_key_undoes_nothing(self, client: Client) -> None:
        response = client.post(reverse("undo_feeds", args=["old"]), follow=True)
        assert "can no longer be undone" in words(response)

    def test_the_next_page_offers_it_once(self, client: Client, alice: User) -> None:
        mine = subscribe(alice, "https://courier.example/rss", "The Courier")
        response = client.post(reverse("feed_unsubscribe", args=[mine.feed_id]))
        offer = "You no longer read “The Courier”."
        assert offer in words(client.get(response["Location"]))
        assert offer not in words(client.get(FEEDS))

    def test_a_subscription_comes_back_with_its_title_and_labels(
        self, client: Client, alice: User
    ) -> None:
        mine = subscribe(alice, "https://courier.example/rss", "The Courier")
        set_labels(mine, ["News", "Asia"])
        feed = mine.feed
        response = client.post(reverse("feed_unsubscribe", args=[feed.pk]))
        assert not Subscription.objects.exists()
        undo = undo_of(client.get(response["Location"]))
        again = client.post(undo)
        assert again["Location"] == f"/feeds/{feed.pk}/"
        mine = Subscription.objects.get()
        assert (mine.user, mine.title) == (alice, "The Courier")
        assert {label.name for label in mine.labels.all()} == {"Asia", "News"}
        twice = client.post(undo, follow=True)
        assert "can no longer be undone" in words(twice)

    def test_a_feed_that_is_no_longer_here_stays_away(self, client: Client, alice: User) -> None:
        mine = subscribe(alice, "https://courier.example/rss")
        response = client.post(reverse("feed_unsubscribe", args=[mine.feed_id]))
        Feed.objects.all().delete()
        again = client.post(undo_of(client.get(response["Location"])), follow=True)
        assert "no longer here" in words(again)
