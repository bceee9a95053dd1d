import pytest
from django.test import Client

from reader.services.errors import Refused
from reader.services.people import create_person, find_person, password_link, rename
from tests.factories import PASSWORD, make_member, make_project, make_user

pytestmark = pytest.mark.django_db


def test_case_does_not_tell_two_addresses_apart():
    alice = create_person(" Alice@Example.ORG ", "Alice", PASSWORD)

    assert alice.email == "alice@example.org"
    assert find_person("ALICE@example.org") == alice
    with pytest.raises(Refused, match="already an account"):
        create_person("alice@EXAMPLE.org")


@pytest.mark.parametrize("email", ["", "alice", "alice@", "a b@example.org"])
def test_what_is_no_address_is_refused(email):
    with pytest.raises(Refused, match="is not an e-mail address") as refused:
        create_person(email)
    assert refused.value.field == "email"


@pytest.mark.parametrize("password", ["", "short1", "password", "8273645162", "bob@example.org"])
def test_passwords_that_are_easy_to_guess_are_refused(password):
    with pytest.raises(Refused) as refused:
        create_person("bob@example.org", "Bob", password)
    assert refused.value.field == "password"


def test_a_new_name_shows_on_the_pages_of_their_projects():
    alice, project = make_user(), make_project()
    make_member(project, alice)

    rename(alice, "  Alice  Árnadóttir ")

    alice.refresh_from_db()
    project.refresh_from_db()
    assert (str(alice), project.version) == ("Alice Árnadóttir", 2)


def test_a_password_link_works_once():
    alice = create_person("alice@example.org")
    link, visitor = password_link(alice), Client()

    form = visitor.get(link, follow=True)
    visitor.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})

    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
    assert "no longer works" in Client().get(link, follow=True).content.decode()
