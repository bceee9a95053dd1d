"""Lists of feeds over the web."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from reader.ingest.opml import parse
from reader.models import Subscription, User
from reader.services.feeds import subscribe
from reader.services.labels import set_labels
from tests.clients import signed_in
from tests.factories import make_user
from tests.reader.ingest.feeds.stated import FEEDS
from tests.reader.views.test_feeds import words

pytestmark = pytest.mark.django_db

IMPORT, EXPORT = "/feeds/import/", "/feeds/export.opml"
SUITE = FEEDS / "listparser" / "tests" / "files"


@pytest.fixture
def alice() -> User:
    return make_user("alice@example.org")


def send(client: Client, content: bytes) -> HttpResponse:
    return client.post(IMPORT, {"file": SimpleUploadedFile("feeds.opml", content)})


def test_they_are_for_people_with_an_account() -> None:
    for address in (IMPORT, EXPORT):
        assert "/accounts/login/" in Client().get(address)["Location"]
    assert "/accounts/login/" in send(Client(), b"")["Location"]


def test_what_was_read_and_what_not_is_said(alice: User) -> None:
    page = words(
        send(
            signed_in(alice),
            b"""<opml><body><outline text="News &amp; Views">
            <outline text="Courier" xmlUrl="https://courier.example/rss"/>
            <outline text="&lt;i&gt;File" type="rss" xmlUrl="file:///etc/passwd"/>
            <outline text="Site" htmlUrl="https://site.example/?a=1&amp;b"/>
            </outline></body></opml>""",
        )
    )
    assert "You read 1 more feed." in page
    assert "Labels: News & Views" in page
    assert "“<i>File” was left out" in page
    assert "/feeds/?url=https%3A%2F%2Fsite.example%2F%3Fa%3D1%26b&labels=News+%26+Views" in page
    mine = Subscription.objects.get()
    assert mine.feed.url == "https://courier.example/rss"
    assert "were yours already" not in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no OPML"),
        (b"<html></html>", "web page"),
        (b"<opml>" + b" " * 5_000_000, "larger than 5 MB"),
        (b"\xff\xfe\x00", "OPML"),
    ],
)
def test_what_is_no_list_is_said_beside_the_field(alice: User, content: bytes, said: str) -> None:
    response = send(signed_in(alice), content)
    assert response.context["form"].has_error("file")
    assert said in words(response)


def test_no_file_is_a_mistake_too(alice: User) -> None:
    assert "This field is required." in words(signed_in(alice).post(IMPORT, {}))


def test_what_goes_out_comes_in_as_the_same(alice: User) -> None:
    set_labels(subscribe(alice, "https://courier.example/rss?a=1&b=2", "Çourier"), ["News", "A&B"])
    subscribe(alice, "https://coast.example/rss", "Coast")
    subscribe(make_user("charlie@example.org"), "https://secret.example/rss")
    response = signed_in(alice).get(EXPORT)
    assert response["Content-Type"] == "application/xml"
    assert 'filename="feeds.opml"' in response["Content-Disposition"]
    assert {
        (one.url, one.title, frozenset(one.labels)) for one in parse(response.content).feeds
    } == {
        ("https://courier.example/rss?a=1&b=2", "Çourier", frozenset({"A&B", "News"})),
        ("https://coast.example/rss", "Coast", frozenset()),
    }
    assert "No feed in it is new to you." in words(send(signed_in(alice), response.content))
    bob = make_user("bob@example.org")
    send(signed_in(bob), response.content)
    assert signed_in(bob).get(EXPORT).content.replace(b"Bob", b"Alice") == response.content


@pytest.mark.skipif(not SUITE.is_dir(), reason="../shared/data/feeds is not here")
def test_no_list_of_other_peoples_is_a_fault_of_the_server(alice: User) -> None:
    client = signed_in(alice)
    for path in sorted(SUITE.rglob("*.xml")):
        response = send(client, path.read_bytes())
        assert response.status_code == 200, path
        refused = "form" in response.context
        assert "What was imported" in words(response) or refused, path
