from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from reader.models import User
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def create(*arguments):
    said = StringIO()
    call_command("create_owner", "--email", "Olga@example.org", *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture
def terminal(monkeypatch):
    """Somebody at the terminal who types these answers."""

    def answers(*typed):
        remaining = iter(typed)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr(
            "reader.management.commands.create_owner.getpass", lambda _: next(remaining)
        )

    return answers


def test_the_owner_may_do_everything(tmp_path):
    (tmp_path / "password").write_text(f"{PASSWORD}\n")

    create("--name", "Olga", "--password-file", str(tmp_path / "password"))

    owner = User.objects.get()
    assert (owner.email, owner.name) == ("olga@example.org", "Olga")
    assert owner.is_superuser
    assert owner.is_staff
    assert owner.check_password(PASSWORD)


def test_a_password_comes_through_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO(f"{PASSWORD}\n"))

    create("--password-file", "-")

    assert User.objects.get().check_password(PASSWORD)


def test_a_password_is_asked_for_at_a_terminal(terminal):
    terminal(PASSWORD, PASSWORD)

    create()

    assert User.objects.get().check_password(PASSWORD)


def test_nothing_is_made_where_the_two_passwords_differ(terminal):
    terminal(PASSWORD, "something else")

    with pytest.raises(CommandError, match="differ"):
        create()

    assert not User.objects.exists()


def test_without_a_password_a_link_is_printed(monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO(""))

    link = create("--site", "https://news.example/").split()[-1]

    assert link.startswith("https://news.example/accounts/password/reset/key/")
    assert not User.objects.get().has_usable_password()
    page = Client().get(link.removeprefix("https://news.example"), follow=True)
    assert "Choose a password" in page.content.decode()


@pytest.mark.parametrize("password", ["short", "12345678"])
def test_an_easy_password_is_refused(tmp_path, password):
    (tmp_path / "password").write_text(password)

    with pytest.raises(CommandError, match="password"):
        create("--password-file", str(tmp_path / "password"))

    assert not User.objects.exists()


def test_an_unreadable_file_is_said_to_be_unreadable(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        create("--password-file", str(tmp_path / "missing"))


def test_an_account_is_not_made_twice(terminal):
    make_user("olga@example.org")
    terminal(PASSWORD, PASSWORD)

    with pytest.raises(CommandError, match="already an account"):
        create()
