"""The admin pages: they open, and change only what they may."""

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from annotations.services.marking import mark
from annotations.services.places import Place
from reader.models import Role, uuid7
from tests.factories import make_article, make_member, make_project, make_user

pytestmark = pytest.mark.django_db

SHOWN = [
    model for model in admin.site._registry if model._meta.app_label in {"reader", "annotations"}
]
NAMES = [f"{model._meta.app_label}_{model._meta.model_name}" for model in SHOWN]
CHANGEABLE = {"reader_user", "reader_publication", "reader_feed"}


@pytest.fixture
def owner(client):
    owner = make_user("olga@example.org", is_staff=True, is_superuser=True)
    client.force_login(owner)
    return owner


@pytest.fixture
def marked(owner):
    project = make_project()
    make_member(project, owner, Role.OWNER)
    article = make_article(project, publication="The Gull Herald")
    revision = article.current_revision
    place = Place(0, 18, revision.text[:18])
    return mark(
        project, article, revision, owner, id=uuid7(), kind="quote", places=[place]
    ).annotation


def test_each_list_opens(client, marked):
    for name in NAMES:
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200, name


def test_each_row_opens_and_only_a_few_can_be_changed(client, marked):
    seen = set()
    for model, name in zip(SHOWN, NAMES, strict=True):
        row = model._default_manager.first()
        if row is None:
            continue
        seen.add(name)
        address = reverse(f"admin:{name}_change", args=[row.pk])
        assert client.get(address).status_code == 200, name
        if name not in CHANGEABLE:
            assert client.post(address, {}).status_code == 403, name
        if name not in CHANGEABLE | {"reader_membership"}:
            assert client.get(reverse(f"admin:{name}_add")).status_code == 403, name
        if name not in CHANGEABLE - {"reader_user"}:
            assert client.post(reverse(f"admin:{name}_delete", args=[row.pk])).status_code == 403
    assert {"reader_revision", "annotations_annotation", "annotations_fragment"} <= seen


def test_everything_that_a_project_holds_is_listed():
    models = {*apps.get_app_config("annotations").get_models()}
    tracked = {model for model in models if hasattr(model, "pgh_tracked_model")}
    inline = {"Attribution", "ClaimLink"}
    derived = {"ClaimWord", "SearchPassage"}

    assert {one.__name__ for one in models - tracked} - inline - derived == {
        one.__name__ for one in SHOWN if one._meta.app_label == "annotations"
    }


def test_a_project_without_owners_can_be_given_one(client, owner):
    project = make_project()

    client.post(
        reverse("admin:reader_membership_add"),
        {"project": project.pk, "user": owner.pk, "role": "owner"},
    )

    assert project.memberships.get().user == owner


@pytest.mark.parametrize("person", ["staff", "nobody"])
def test_others_do_not_get_in(client, person):
    if person == "staff":
        client.force_login(make_user("alice@example.org"))
    assert client.get(reverse("admin:index")).status_code == 302


def test_a_changed_address_is_the_only_one_that_lets_in(client, owner):
    alice = make_user("alice@example.org")
    EmailAddress.objects.create(user=alice, email=alice.email, primary=True, verified=True)

    client.post(
        reverse("admin:reader_user_change", args=[alice.pk]),
        {"email": "New@example.org", "name": "Alice", "is_active": "on"},
    )

    alice.refresh_from_db()
    assert alice.email == "new@example.org"
    assert not EmailAddress.objects.filter(user=alice, email="alice@example.org").exists()
