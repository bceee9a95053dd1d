import pytest
from django.urls import reverse
from django.utils import timezone

from reader.models import Invitation, Membership, Role, User
from reader.services.invitations import invite
from tests.factories import PASSWORD, make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return make_project("spill", name="The spill")


@pytest.fixture
def link(project):
    _, token = invite(project, make_user("alice@example.org"), Role.ANNOTATOR)
    return reverse("invitation", args=[token])


def typed(**changes):
    return {
        "name": "Dana",
        "email": "dana@example.org",
        "password": PASSWORD,
        "password_again": PASSWORD,
    } | changes


def test_somebody_without_an_account_makes_one_and_is_in(client, project, link):
    page = client.get(link).content.decode()
    assert "Join “The spill”" in page
    assert "Alice invites you" in page

    response = client.post(link, typed())

    dana = User.objects.get(email="dana@example.org")
    assert response.url == reverse("project", args=["spill"])
    assert client.session["_auth_user_id"] == str(dana.pk)
    assert Membership.objects.get(user=dana).role == Role.ANNOTATOR
    assert not dana.is_staff


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "This field is required."),
        ("email", "dana", "Enter a valid email address."),
        ("email", "Alice@example.org", "There is already an account with this address."),
        ("password", "12345678", "This password is too common."),
        ("password_again", "something else", "The two passwords differ."),
    ],
)
def test_a_wrong_form_says_so_and_keeps_what_was_typed(client, link, field, value, said):
    changes = {field: value} | ({"password_again": value} if field == "password" else {})

    response = client.post(link, typed(**changes))

    form = response.context["form"]
    assert said in form.errors[field][0]
    assert list(form.errors) == [field]
    kept = "email" if field == "name" else "name"
    assert form[kept].value() == typed()[kept]
    assert PASSWORD not in response.content.decode()
    assert User.objects.count() == 1
    assert "_auth_user_id" not in client.session


def test_somebody_with_an_account_joins_with_a_button(client, project, link):
    bob = make_user("bob@example.org")
    client.force_login(bob)
    client.get(link)
    assert not Membership.objects.exists()

    assert client.post(link).url == reverse("project", args=["spill"])
    assert Membership.objects.get().user == bob


def test_signing_in_leads_back_to_the_invitation(client, link):
    make_user("bob@example.org")

    page = client.get(link).content.decode()
    sign_in = f"{reverse('account_login')}?next={link}"
    assert sign_in in page

    response = client.post(sign_in, {"login": "bob@example.org", "password": PASSWORD})
    assert response.url == link


@pytest.mark.parametrize(
    ("column", "said", "status"),
    [("used_at", "has been used already", 410), ("expires_at", "has expired", 410)],
)
def test_closed_invitations_say_why(client, link, column, said, status):
    Invitation.objects.update(**{column: timezone.now()})
    for response in (client.get(link), client.post(link, typed())):
        assert response.status_code == status
        assert said in response.content.decode()
    assert User.objects.count() == 1


def test_whoever_used_it_is_led_to_the_project(client, project, link):
    client.post(link, typed())

    assert client.get(link).url == reverse("project", args=["spill"])


def test_an_unknown_link_says_so(client):
    response = client.get(reverse("invitation", args=["x" * 32]))

    assert response.status_code == 404
    assert "not known" in response.content.decode()


def test_signing_up_is_closed_otherwise(client):
    address = reverse("account_signup")

    assert "by invitation" in client.get(address).content.decode()
    client.post(address, {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.exists()
