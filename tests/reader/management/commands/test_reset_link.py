from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_link_is_printed_with_which_a_password_is_chosen():
    alice, said, new = make_user("alice@example.org"), StringIO(), "another-horse-battery"

    call_command("reset_link", "Alice@example.org", "--site", "https://news.example", stdout=said)

    link = said.getvalue().split()[-1].removeprefix("https://news.example")
    visitor = Client()
    form = visitor.get(link, follow=True)
    visitor.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    alice.refresh_from_db()
    assert alice.check_password(new)


def test_there_is_no_link_for_nobody():
    with pytest.raises(CommandError, match="There is no account"):
        call_command("reset_link", "nobody@example.org")


def test_there_is_no_link_for_an_account_that_is_switched_off():
    make_user("alice@example.org", is_active=False)
    with pytest.raises(CommandError, match="switched off"):
        call_command("reset_link", "alice@example.org")
