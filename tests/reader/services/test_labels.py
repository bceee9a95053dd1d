"""Labels: whose they are, and that two of one name do not come to be."""

import pytest

from reader.models import Label, Subscription, User
from reader.services.errors import Refused
from reader.services.feeds import subscribe
from reader.services.labels import (
    add_labels,
    delete_label,
    label_names,
    rename_label,
    restore_label,
    set_labels,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    return make_user("alice@example.org")


@pytest.fixture
def courier(alice: User) -> Subscription:
    return subscribe(alice, "https://courier.example/feed")


def names(subscription: Subscription) -> list[str]:
    return [label.name for label in subscription.labels.all()]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        (" , ,", []),
        ("News", ["News"]),
        ("News,  Far \n East , news,", ["News", "Far East"]),
        ("Ünrest, ünrest", ["Ünrest"]),
        ("a\0b", ["ab"]),
    ],
)
def test_names_are_separated_by_commas(typed: str, found: list[str]) -> None:
    assert label_names(typed) == found


def test_a_label_has_an_end() -> None:
    with pytest.raises(Refused, match="more than 100 characters"):
        label_names("x" * 101)


def test_labels_are_made_when_they_are_first_used(courier: Subscription) -> None:
    set_labels(courier, ["News", "Far East"])
    set_labels(courier, ["news", "Weekly"])
    assert names(courier) == ["News", "Weekly"]
    add_labels(courier, ["Far East", "NEWS"])
    assert names(courier) == ["Far East", "News", "Weekly"]
    assert Label.objects.count() == 3


def test_labels_of_one_name_of_two_people_stay_two(courier: Subscription) -> None:
    bobs = subscribe(make_user("bob@example.org"), courier.feed.url)
    set_labels(courier, ["News"])
    set_labels(bobs, ["News"])
    rename_label(bobs.labels.get(), "Bob’s news")
    assert names(courier) == ["News"]


def test_renaming(courier: Subscription) -> None:
    set_labels(courier, ["News", "Weekly"])
    weekly = courier.labels.get(name="Weekly")
    assert rename_label(weekly, "  weekly ").name == "weekly"
    for typed, message in (("NEWS", "already"), ("", "one name"), ("a, b", "one name")):
        with pytest.raises(Refused, match=message):
            rename_label(weekly, typed)
    assert names(courier) == ["News", "weekly"]


def test_deleting_keeps_the_feeds_and_can_be_undone(alice: User, courier: Subscription) -> None:
    coast = subscribe(alice, "https://coast.example/feed")
    for one in (courier, coast):
        set_labels(one, ["News"])
    had = delete_label(courier.labels.get())
    assert names(courier) == []
    assert Subscription.objects.count() == 2
    coast.delete()
    restore_label(alice, had)
    assert names(courier) == ["News"]


def test_undoing_reaches_no_other_persons_feeds(alice: User, courier: Subscription) -> None:
    bob = make_user("bob@example.org")
    set_labels(courier, ["News"])
    had = delete_label(courier.labels.get())
    restored = restore_label(bob, had)
    assert restored.user == bob
    assert names(courier) == []
