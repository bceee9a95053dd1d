"""One feed's page: Alice reads it, Bob has an account, Charlie owns the site."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from reader.models import Delivery, EntryStatus, Feed, FeedEntry, Label, Subscription, User
from reader.services.feeds import subscribe
from reader.services.labels import set_labels
from tests.clients import signed_in
from tests.factories import make_article, make_user
from tests.reader.views.test_feeds import words

pytestmark = pytest.mark.django_db

ACTIONS = ("feed_refresh", "feed_subscribe", "feed_unsubscribe", "feed_delivery")


@pytest.fixture
def alice() -> User:
    return make_user("alice@example.org")


@pytest.fixture
def bob() -> User:
    return make_user("bob@example.org")


@pytest.fixture
def feed(alice: User) -> Feed:
    found = subscribe(alice, "https://courier.example/rss").feed
    now = timezone.now()
    found.title, found.site_url = "The Courier", "https://courier.example/"
    found.last_polled_at = found.last_success_at = now - timedelta(minutes=12)
    found.next_poll_at = now + timedelta(minutes=30)
    found.save()
    ProcrastinateJob.objects.all()._raw_delete("default")
    return found


def entry(feed: Feed, number: int, status: str = EntryStatus.STORED, **fields: object) -> FeedEntry:
    title = f"Entry {number}"
    if status == EntryStatus.STORED:
        article = make_article(None, f"{title} has a text.", title=title)
        fields |= {"article": article, "listed_at": article.listed_at}
    return FeedEntry.objects.create(
        feed=feed, key=f"{number}", title=title, status=status, **fields
    )


def at(feed: Feed, name: str = "feed") -> str:
    return reverse(name, args=[feed.pk])


class TestWho:
    def test_strangers_are_asked_to_sign_in(self, feed: Feed) -> None:
        for name in ("feed", "feed_arrivals"):
            assert "/accounts/login/" in Client().get(at(feed, name))["Location"]
        for name in ACTIONS:
            assert "/accounts/login/" in Client().post(at(feed, name))["Location"]
        assert Subscription.objects.count() == 1

    def test_actions_are_no_links(self, feed: Feed, alice: User) -> None:
        assert {signed_in(alice).get(at(feed, name)).status_code for name in ACTIONS} == {405}

    def test_what_is_not_there_is_404(self, alice: User) -> None:
        assert signed_in(alice).get("/feeds/99/").status_code == 404
        for name in ACTIONS:
            assert signed_in(alice).post(reverse(name, args=[99])).status_code == 404

    def test_a_feed_is_everybodys_but_not_how_others_read_it(
        self, feed: Feed, alice: User, bob: User
    ) -> None:
        mine = Subscription.objects.get()
        mine.title = "Alice’s own"
        mine.save()
        set_labels(mine, ["Secret"])
        entry(feed, 1)
        page = words(signed_in(bob).get(at(feed)))
        assert "The Courier" in page
        assert "Entry 1" in page
        assert "Alice’s own" not in page
        assert "Secret" not in page
        assert "Unsubscribe" not in page
        assert "Read its articles" not in page
        assert "Alice’s own" in words(signed_in(alice).get(at(feed)))

    def test_who_does_not_read_it_has_nothing_to_save(self, feed: Feed, bob: User) -> None:
        assert signed_in(bob).post(at(feed), {"title": "x"}).status_code == 404
        assert signed_in(bob).post(at(feed, "feed_unsubscribe")).status_code == 404
        assert Subscription.objects.get().title == ""


class TestHowItIsRead:
    def test_title_and_labels(self, feed: Feed, alice: User) -> None:
        client = signed_in(alice)
        client.post(at(feed), {"title": " My  Courier ", "labels": "News, Asia"})
        page = words(client.get(at(feed)))
        assert "<title>My Courier" in page
        assert 'value="Asia, News"' in page
        assert "The Courier" in page  # what it calls itself
        client.post(at(feed), {"title": "", "labels": ""})
        mine = Subscription.objects.get()
        assert (mine.title, mine.labels.count()) == ("", 0)
        assert Label.objects.count() == 2

    def test_mistakes_are_said_and_what_was_typed_is_kept(self, feed: Feed, alice: User) -> None:
        page = words(signed_in(alice).post(at(feed), {"title": "My Courier", "labels": "x" * 101}))
        assert "more than 100 characters" in page
        assert 'value="My Courier"' in page
        assert "at most 300 characters" in words(
            signed_in(alice).post(at(feed), {"title": "x" * 301})
        )
        assert Subscription.objects.get().title == ""

    def test_somebody_else_may_begin_to_read_it(self, feed: Feed, bob: User) -> None:
        response = signed_in(bob).post(at(feed, "feed_subscribe"))
        assert response["Location"] == at(feed)
        assert Subscription.objects.filter(user=bob, feed=feed).exists()


class TestDelivery:
    def test_a_reader_of_the_feed_decides_for_all(self, feed: Feed, alice: User, bob: User) -> None:
        page = words(
            signed_in(alice).post(at(feed, "feed_delivery"), {"delivery": "page"}, follow=True)
        )
        assert "from the next articles on" in page
        feed.refresh_from_db()
        assert feed.delivery == Delivery.PAGE
        assert "fetched from its page" in words(signed_in(bob).get(at(feed)))

    def test_others_may_not(self, feed: Feed, bob: User) -> None:
        client = signed_in(bob)
        page = words(client.post(at(feed, "feed_delivery"), {"delivery": "page"}, follow=True))
        assert "Subscribe first" in page
        assert 'name="delivery"' not in page
        feed.refresh_from_db()
        assert feed.delivery == Delivery.FEED

    def test_owners_of_the_site_may(self, feed: Feed) -> None:
        client = signed_in(make_user("charlie@example.org", is_staff=True))
        assert 'name="delivery"' in words(client.get(at(feed)))
        client.post(at(feed, "feed_delivery"), {"delivery": "page"})
        feed.refresh_from_db()
        assert feed.delivery == Delivery.PAGE

    def test_there_is_no_third_way(self, feed: Feed, alice: User) -> None:
        response = signed_in(alice).post(at(feed, "feed_delivery"), {"delivery": "telepathy"})
        assert "Select a valid choice" in words(response)
        feed.refresh_from_db()
        assert feed.delivery == Delivery.FEED


class TestEntries:
    def test_each_state_is_told(self, feed: Feed, alice: User) -> None:
        stored = entry(feed, 1)
        entry(feed, 2, EntryStatus.WAITING)
        entry(
            feed,
            3,
            EntryStatus.FAILED,
            link="https://courier.example/3",
            error="There is no article in it.",
        )
        page = words(signed_in(alice).get(at(feed)))
        assert f'href="/articles/{stored.article_id}/">Entry 1</a>' in page
        assert "undated" in page
        assert 'Entry 2</span> <span class="soft small">waiting to be fetched' in page
        assert "Failed:</span> There is no article in it." in page

    def test_what_failed_can_be_tried_again(self, feed: Feed, alice: User, bob: User) -> None:
        failed = entry(feed, 1, EntryStatus.FAILED, link="https://courier.example/1", tries=3)
        client, address = signed_in(bob), f"/feeds/{feed.pk}/entries/{failed.pk}/retry/"
        assert address in words(client.get(at(feed)))
        assert "/accounts/login/" in Client().post(address)["Location"]
        assert client.get(address).status_code == 405
        page = words(client.post(address, follow=True))
        assert "The article is tried again." in page
        failed.refresh_from_db()
        assert (failed.status, failed.tries) == (EntryStatus.WAITING, 0)
        assert ProcrastinateJob.objects.get().args == {"entry_id": failed.pk}
        assert "nothing to try again" in words(client.post(address, follow=True))

    def test_only_of_its_own_feed_and_only_with_a_page(self, feed: Feed, alice: User) -> None:
        other = subscribe(alice, "https://coast.example/rss").feed
        bare = entry(feed, 1, EntryStatus.FAILED)
        client = signed_in(alice)
        assert "/retry/" not in words(client.get(at(feed)))
        assert client.post(f"/feeds/{other.pk}/entries/{bare.pk}/retry/").status_code == 404
        here = client.post(f"/feeds/{feed.pk}/entries/{bare.pk}/retry/", follow=True)
        assert "nothing to try again" in words(here)

    def test_what_was_tried_in_vain_says_why_and_is_not_watched(
        self, feed: Feed, alice: User
    ) -> None:
        entry(feed, 1, EntryStatus.WAITING, tries=1, error="The site answered “503”.")
        page = words(signed_in(alice).get(at(feed)))
        assert "after the feed’s next poll: The site answered “503”." in page
        assert "hx-get" not in page

    def test_the_queries_do_not_grow_with_them(
        self, feed: Feed, alice: User, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(30):
            entry(feed, number, list(EntryStatus)[number % 3])
        set_labels(Subscription.objects.get(), ["A", "B", "C"])
        client = signed_in(alice)
        with django_assert_max_num_queries(11):
            client.get(at(feed))

    def test_troubles_are_told_in_words(self, feed: Feed, alice: User) -> None:
        Feed.objects.update(
            failures=4, last_error="The site answered “503”.", problems=["One was left out."]
        )
        page = words(signed_in(alice).get(at(feed)))
        assert "Failing.</strong> The site answered “503”. Last updated 12 minutes ago." in page
        assert "<dt>Failures in a row</dt><dd>4</dd>" in page
        assert "One was left out." in page
        assert "29 minutes from now" in page


class TestArriving:
    @pytest.fixture(autouse=True)
    def worker(self, db: None) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")

    def test_without_a_worker_nobody_waits_in_vain(self, feed: Feed, alice: User) -> None:
        assert "No worker is running" not in words(signed_in(alice).get(at(feed)))
        Feed.objects.update(next_poll_at=timezone.now())
        assert "No worker is running" not in words(signed_in(alice).get(at(feed)))
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_workers")
        page = words(signed_in(alice).get(at(feed)))
        assert "No worker is running" in page
        assert 'href="/status/"' in page

    def test_a_quiet_feed_is_not_watched(self, feed: Feed, alice: User) -> None:
        assert "hx-get" not in words(signed_in(alice).get(at(feed)))
        assert signed_in(alice).get(at(feed, "feed_arrivals")).status_code == 286

    def test_a_due_one_is_for_a_minute(self, feed: Feed, alice: User) -> None:
        Feed.objects.update(next_poll_at=timezone.now(), last_polled_at=None, title="")
        client = signed_in(alice)
        page = words(client.get(at(feed)))
        assert "hx-get" in page
        assert "being fetched for the first time" in page
        now = int(timezone.now().timestamp())
        going = client.get(at(feed, "feed_arrivals"), {"since": now})
        assert going.status_code == 200
        assert "Look again" in words(going)
        late = client.get(at(feed, "feed_arrivals"), {"since": now - 61})
        assert late.status_code == 286
        assert "More is still on its way." in words(late)

    def test_it_ends_when_all_are_there(self, feed: Feed, alice: User) -> None:
        waiting = entry(feed, 1, EntryStatus.WAITING)
        client, since = signed_in(alice), int(timezone.now().timestamp())
        assert client.get(at(feed, "feed_arrivals"), {"since": since}).status_code == 200
        waiting.delete()
        entry(feed, 2)
        done = client.get(at(feed, "feed_arrivals"), {"since": since})
        assert done.status_code == 286
        assert "Entry 2" in words(done)
        assert 'hx-swap-oob="true">The Courier</h1>' in words(done)

    @pytest.mark.parametrize("since", ["", "x", "-1", "9" * 400, "²"])
    def test_any_since(self, feed: Feed, alice: User, since: str) -> None:
        assert signed_in(alice).get(at(feed, "feed_arrivals"), {"since": since}).status_code == 286


class TestRefreshing:
    def test_it_goes_into_the_queue(self, feed: Feed, alice: User) -> None:
        page = words(signed_in(alice).post(at(feed, "feed_refresh"), follow=True))
        assert "The feed is asked for new articles." in page
        assert "hx-get" in page
        assert ProcrastinateJob.objects.get().args == {"feed_id": feed.pk}

    @pytest.mark.parametrize("error", ["", "The site answered “503”."])
    def test_not_more_than_once_a_minute(self, feed: Feed, alice: User, error: str) -> None:
        Feed.objects.update(last_polled_at=timezone.now(), last_error=error)
        page = words(signed_in(alice).post(at(feed, "feed_refresh"), follow=True))
        assert "less than a minute ago" in page
        assert not ProcrastinateJob.objects.exists()
