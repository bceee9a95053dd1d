"""Lists of feeds come in."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from reader.ingest.opml import OpmlFeed, write
from reader.models import Feed, FeedStatus, Label, Subscription, User
from reader.queries.feeds import subscribed_list
from reader.services import opml
from reader.services.errors import Refused
from reader.services.feeds import subscribe
from reader.services.labels import set_labels
from reader.services.opml import MOST_BYTES, import_list
from tests.factories import make_user

pytestmark = pytest.mark.django_db

COURIER = OpmlFeed(
    "https://courier.example/feed", "The Courier", "https://courier.example/", ("Daily", "News")
)
COAST = OpmlFeed("https://coast.example/rss", "Coast & Country", "", ("News",))
ALONE = OpmlFeed("https://alone.example/rss", "Alone")


@pytest.fixture
def alice() -> User:
    return make_user("alice@example.org")


@pytest.fixture
def bob() -> User:
    return make_user("bob@example.org")


def test_folders_become_labels_and_the_feeds_wait_for_a_worker(alice: User) -> None:
    imported = import_list(alice, write([COURIER, COAST, ALONE]))
    assert (imported.added, imported.known) == (3, 0)
    assert imported.labels == ("Daily", "News")
    assert imported.problems == ()
    assert set(subscribed_list(alice)) == {COURIER, COAST, ALONE}
    feed = Feed.objects.get(url=COURIER.url)
    assert feed.site_url == COURIER.site_url
    assert feed.added_by == alice
    assert feed.next_poll_at is not None
    jobs = ProcrastinateJob.objects.filter(task_name="poll_feed", status="todo")
    assert {job.args["feed_id"] for job in jobs} == set(Feed.objects.values_list("pk", flat=True))


def test_what_goes_out_comes_in_as_the_same(alice: User, bob: User) -> None:
    import_list(alice, write([COURIER, COAST, ALONE]))
    import_list(bob, write(subscribed_list(alice)))
    assert {(one.url, one.title, frozenset(one.labels)) for one in subscribed_list(bob)} == {
        (one.url, one.title, frozenset(one.labels)) for one in subscribed_list(alice)
    }
    assert Feed.objects.count() == 3
    assert set(Label.objects.filter(user=bob).values_list("name", flat=True)) == {"News", "Daily"}


def test_what_is_there_stays_and_gets_the_labels_too(alice: User) -> None:
    mine = subscribe(alice, COURIER.url, title="My Courier")
    set_labels(mine, ["Morning"])
    Feed.objects.update(title="The Courier", next_poll_at=None, status=FeedStatus.GONE)
    imported = import_list(alice, write([COURIER, COAST]))
    assert (imported.added, imported.known) == (1, 1)
    mine.refresh_from_db()
    assert mine.title == "My Courier"
    assert {label.name for label in mine.labels.all()} == {"Morning", "News", "Daily"}
    mine.feed.refresh_from_db()
    assert mine.feed.next_poll_at is None


def test_the_feeds_own_title_is_not_written_down_as_the_persons(alice: User, bob: User) -> None:
    subscribe(bob, COURIER.url)
    Feed.objects.update(title="The Courier")
    import_list(alice, write([COURIER]))
    assert Subscription.objects.get(user=alice).title == ""


def test_importing_twice_changes_nothing(alice: User) -> None:
    content = write([COURIER, COAST, ALONE])
    import_list(alice, content)
    again = import_list(alice, content)
    assert (again.added, again.known) == (0, 3)
    assert ProcrastinateJob.objects.count() == 3


def test_what_cannot_be_read_is_said(alice: User) -> None:
    imported = import_list(
        alice,
        b"""<opml><body>
        <outline text="A" xmlUrl="https://a.example/rss"/>
        <outline text="Secret" xmlUrl="https://ida:pass@b.example/rss"/>
        <outline text="File" type="rss" xmlUrl="file:///etc/passwd"/>
        <outline text="Page" htmlUrl="https://page.example/"/>
        <outline text="One, two"><outline text="C" xmlUrl="https://c.example/rss"/></outline>
        <outline text="cut off" xmlUrl="https://d.exam""",
    )
    assert imported.added == 2
    assert set(Feed.objects.values_list("url", flat=True)) == {
        "https://a.example/rss",
        "https://c.example/rss",
    }
    assert imported.labels == ("One two",)
    assert [site.site_url for site in imported.sites] == ["https://page.example/"]
    broken, file, secret = imported.problems
    assert "line 7" in broken
    assert "“File”" in file
    assert "“Secret” was left out" in secret
    assert "password" in secret


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no OPML"),
        (b"<html><body>x</body></html>", "web page"),
        (b"<rss><channel/></rss>", "a feed, not a list"),
        (b"<opml>" + b" " * MOST_BYTES, "larger than 5 MB"),
    ],
)
def test_what_is_no_list_is_refused(alice: User, content: bytes, message: str) -> None:
    with pytest.raises(Refused, match=message) as refused:
        import_list(alice, content)
    assert refused.value.field == "file"


def test_a_list_has_an_end(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opml, "MOST_FEEDS", 2)
    imported = import_list(alice, write([COURIER, COAST, ALONE]))
    assert imported.added == 2
    assert imported.problems == ("1 feed was left out: 2 at once are the most.",)


def test_the_queries_do_not_grow_with_the_list(
    alice: User, bob: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many = [
        OpmlFeed(f"https://many.example/{number}", f"F{number}", "", (f"L{number % 7}",))
        for number in range(120)
    ]
    for user in (alice, bob):
        with django_assert_max_num_queries(20):
            assert import_list(user, write(many)).added == 120
