"""Labels are people's own."""

import pytest
from django.test import Client
from django.urls import reverse

from reader.models import Label, Subscription, User
from reader.services.feeds import subscribe
from reader.services.labels import set_labels
from tests.clients import signed_in
from tests.factories import make_user
from tests.reader.views.test_feeds import undo_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    return make_user("alice@example.org")


@pytest.fixture
def news(alice: User) -> Label:
    set_labels(subscribe(alice, "https://courier.example/rss", "The Courier"), ["News", "Asia"])
    return Label.objects.get(name="News")


def test_nobody_else_sees_or_changes_them(news: Label) -> None:
    bob = signed_in(make_user("bob@example.org"))
    assert "News" not in words(bob.get(reverse("labels")))
    assert bob.post(reverse("label_rename", args=[news.pk]), {"name": "x"}).status_code == 404
    assert bob.post(reverse("label_delete", args=[news.pk])).status_code == 404
    assert "/accounts/login/" in Client().get(reverse("labels"))["Location"]
    assert Label.objects.filter(name="News").exists()


def test_each_says_how_many_feeds_it_has(alice: User, news: Label) -> None:
    Subscription.objects.get().labels.remove(Label.objects.get(name="Asia"))
    page = words(signed_in(alice).get(reverse("labels")))
    assert "1 feed<" in page
    assert "0 feeds<" in page


def test_renaming(alice: User, news: Label) -> None:
    client = signed_in(alice)
    page = words(
        client.post(reverse("label_rename", args=[news.pk]), {"name": "Politics"}, follow=True)
    )
    assert "The label is called “Politics” now." in page
    assert Label.objects.get(pk=news.pk).name == "Politics"


def test_a_mistake_stands_beside_its_label_and_is_kept(alice: User, news: Label) -> None:
    page = words(signed_in(alice).post(reverse("label_rename", args=[news.pk]), {"name": "asia"}))
    assert "You have a label “asia” already." in page
    assert 'value="asia" aria-invalid="true"' in page
    assert Label.objects.get(pk=news.pk).name == "News"


def test_deleting_can_be_undone(alice: User, news: Label) -> None:
    client = signed_in(alice)
    response = client.post(reverse("label_delete", args=[news.pk]))
    response = client.get(response["Location"])
    page = words(response)
    assert "The label “News” is gone; its feeds are still yours." in page
    assert Subscription.objects.get().labels.get().name == "Asia"
    page = words(client.post(undo_of(response), follow=True))
    assert "The label “News” is back." in page
    assert {one.name for one in Subscription.objects.get().labels.all()} == {"Asia", "News"}
