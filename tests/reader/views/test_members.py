import pytest
from django.urls import reverse

from reader.models import Invitation, Membership, Role
from reader.services.invitations import accept, invite
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return {name: make_user(f"{name}@example.org") for name in ("alice", "bob", "charlie")}


@pytest.fixture
def project(client, people):
    project = make_project("spill")
    make_member(project, people["alice"], Role.OWNER)
    make_member(project, people["bob"], Role.ANNOTATOR)
    client.force_login(people["alice"])
    return project


def page(client):
    return client.get(reverse("project_members", args=["spill"]))


def test_a_member_sees_names_and_nothing_to_change(client, project, people):
    client.force_login(people["bob"])

    html = page(client).content.decode()

    assert "Alice" in html
    assert "alice@example.org" not in html
    assert reverse("member_role", args=["spill", people["alice"].pk]) not in html
    assert reverse("member_remove", args=["spill", people["bob"].pk]) in html
    assert "History" not in html


def test_an_owner_changes_roles(client, project, people):
    address = reverse("member_role", args=["spill", people["bob"].pk])

    response = client.post(address, {"role": "curator"}, follow=True)

    assert "Bob is now curator." in response.content.decode()
    assert Membership.objects.get(user=people["bob"]).role == Role.CURATOR


def test_the_only_owner_is_told_why_they_cannot_leave(client, project, people):
    response = client.post(reverse("member_remove", args=["spill", people["alice"].pk]))

    assert response.status_code == 409
    assert "Make somebody else an owner first." in response.content.decode()
    assert Membership.objects.filter(user=people["alice"]).exists()


def test_ids_that_no_row_can_have_are_no_members(client, project):
    for name in ("member_role", "member_remove", "revoke_invitation"):
        response = client.post(reverse(name, args=["spill", 10**30]), {"role": "viewer"})
        assert response.status_code in {302, 409}


@pytest.mark.django_db(transaction=True)  # the database takes a change's time from its transaction
def test_the_history_says_who_when_before_and_after(client, project, people):
    invitation, _ = invite(project, people["alice"], Role.VIEWER)
    accept(invitation, people["charlie"])
    bob = people["bob"].pk
    client.post(reverse("member_role", args=["spill", bob]), {"role": "owner"})
    client.force_login(people["bob"])
    client.post(reverse("member_role", args=["spill", people["charlie"].pk]), {"role": "curator"})
    client.post(reverse("member_remove", args=["spill", people["alice"].pk]))

    history = [(c.member, c.before, c.after, c.by) for c in page(client).context["history"]]

    assert history == [
        ("Alice", "owner", "", "Bob"),
        ("Charlie", "viewer", "curator", "Bob"),
        ("Bob", "annotator", "owner", "Alice"),
        ("Charlie", "", "viewer", "Alice"),
        ("Bob", "", "annotator", ""),
        ("Alice", "", "owner", ""),
    ]


def test_the_page_takes_as_many_queries_for_twenty_members(
    client, project, django_assert_max_num_queries
):
    for number in range(20):
        make_member(project, make_user(f"p{number}@example.org"))
    with django_assert_max_num_queries(10):
        page(client)


def test_a_link_is_shown_once(client, project):
    made = client.post(
        reverse("new_invitation", args=["spill"]), {"role": "viewer", "days": 3, "note": "Dana"}
    )

    link = made.context["link"]
    assert link in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    again = page(client).content.decode()
    assert link not in again
    assert "Dana" in again


@pytest.mark.parametrize(
    ("field", "value"), [("days", "0"), ("days", "many"), ("days", "91"), ("role", "emperor")]
)
def test_a_wrong_invitation_form_keeps_what_was_typed(client, project, field, value):
    typed = {"role": "viewer", "days": "3", "note": "Dana", field: value}

    response = client.post(reverse("new_invitation", args=["spill"]), typed)

    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["note"].value() == "Dana"
    assert not Invitation.objects.exists()


def test_an_open_invitation_can_be_revoked(client, project, people):
    invitation, _ = invite(project, people["alice"], Role.VIEWER, note="Dana")
    address = reverse("revoke_invitation", args=["spill", invitation.pk])

    assert "is revoked" in client.post(address, follow=True).content.decode()
    assert "no longer open" in client.post(address, follow=True).content.decode()
    assert "Dana" not in page(client).content.decode()


def test_an_invitation_of_another_project_cannot_be_revoked_here(client, project, people):
    invitation, _ = invite(make_project("other"), people["bob"], Role.VIEWER)

    client.post(reverse("revoke_invitation", args=["spill", invitation.pk]))

    assert Invitation.objects.filter(pk=invitation.pk).exists()
