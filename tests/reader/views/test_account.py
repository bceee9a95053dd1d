"""Signing in and out, passwords, second factors: allauth's pages as this site shows them."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from reader.models import Role
from tests.factories import PASSWORD, make_member, make_project, make_user

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()


@pytest.fixture
def alice():
    return make_user("alice@example.org")


@pytest.fixture
def signed_in(client, alice):
    client.post(SIGN_IN, {"login": alice.email, "password": PASSWORD})
    return client


@pytest.fixture
def confirmed(signed_in):
    """Signed in, and asked for the password again: so a second factor is well guarded."""
    signed_in.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return signed_in


@pytest.fixture
def with_mail(settings):
    settings.EMAIL_ENABLED = True


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("email", ["alice@example.org", "Alice@Example.org"])
def test_people_sign_in_by_address_and_are_led_back(client, alice, email):
    response = client.post(
        SIGN_IN, {"login": email, "password": PASSWORD, "next": reverse("account")}
    )

    assert response.url == reverse("account")
    assert is_signed_in(client)


def test_nobody_is_led_to_another_site(client, alice):
    response = client.post(
        SIGN_IN, {"login": alice.email, "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert response.url == "/"


def test_a_wrong_password_keeps_the_address(client, alice):
    response = client.post(SIGN_IN, {"login": alice.email, "password": "wrong"})

    assert response.context["form"]["login"].value() == alice.email
    assert response.context["form"].errors
    assert not is_signed_in(client)


def test_guessing_is_stopped(client, alice):
    for _ in range(5):
        client.post(SIGN_IN, {"login": alice.email, "password": "wrong"})

    response = client.post(SIGN_IN, {"login": alice.email, "password": PASSWORD})

    assert not is_signed_in(client)
    assert "Too many" in response.content.decode()


def test_a_flood_of_attempts_gets_a_page_of_ours(client, alice):
    responses = [client.post(SIGN_IN, {"login": f"{n}@x.org", "password": "x"}) for n in range(31)]

    assert responses[-1].status_code == 429
    assert "Wait a few minutes" in responses[-1].content.decode()


def test_signing_out_takes_a_form(signed_in):
    assert "Sign out" in signed_in.get(reverse("account_logout")).content.decode()
    assert is_signed_in(signed_in)

    signed_in.post(reverse("account_logout"))
    assert not is_signed_in(signed_in)


def test_somebody_switched_off_cannot_sign_in(client, alice):
    alice.is_active = False
    alice.save()

    client.post(SIGN_IN, {"login": alice.email, "password": PASSWORD})

    assert not is_signed_in(client)


def test_a_name_is_changed(signed_in, alice):
    signed_in.post(reverse("account"), {"name": "Alice Árnadóttir"})
    alice.refresh_from_db()
    assert alice.name == "Alice Árnadóttir"

    response = signed_in.post(reverse("account"), {"name": ""})
    assert "This field is required." in response.content.decode()


def test_a_password_is_changed_and_other_browsers_are_signed_out(signed_in, alice):
    elsewhere = Client()
    elsewhere.post(SIGN_IN, {"login": alice.email, "password": PASSWORD})
    new = "another-horse-battery"

    signed_in.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    alice.refresh_from_db()
    assert alice.check_password(new)
    assert signed_in.get(reverse("account")).status_code == 200
    assert elsewhere.get(reverse("account")).status_code == 302


@pytest.mark.parametrize("known", [True, False])
def test_without_mail_the_reset_page_says_whom_to_ask(client, alice, known):
    address = reverse("account_reset_password")
    email = alice.email if known else "nobody@example.org"

    for response in (client.get(address), client.post(address, {"email": email})):
        assert response.status_code == 200
        page = response.content.decode()
        assert "Ask the owner of this site" in page
        assert '<input type="email"' not in page
    assert mail.outbox == []


def test_ones_address_is_not_ones_own_to_change(signed_in, alice):
    """allauth's page empties an address that no mail has confirmed."""
    for action in ("action_add", "action_remove", "action_primary", "action_send"):
        for email in (alice.email, "new@example.org"):
            response = signed_in.post(reverse("account_email"), {action: "", "email": email})
            assert response.url == reverse("account")
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"
    assert not EmailAddress.objects.exists()


def test_with_mail_a_link_is_sent(client, alice, with_mail):
    response = client.post(reverse("account_reset_password"), {"email": alice.email}, follow=True)

    assert "on its way" in response.content.decode()
    assert mail.outbox[0].to == [alice.email]
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    assert "Choose a password" in client.get(link, follow=True).content.decode()


def test_a_second_factor_takes_the_password_again(signed_in):
    response = signed_in.get(reverse("mfa_activate_totp"))

    assert response.url.startswith(reverse("account_reauthenticate"))


def test_a_second_factor_is_set_up_asked_for_and_taken_away(confirmed, alice):
    client, activate = confirmed, reverse("mfa_activate_totp")
    secret = client.get(activate).context["form"].secret
    shown = client.post(activate, {"code": code_of(secret)}, follow=True)
    assert "10 of 10 are unused" in shown.content.decode()
    recovery = shown.context["unused_codes"][0]

    client.post(reverse("account_logout"))
    asked = client.post(SIGN_IN, {"login": alice.email, "password": PASSWORD}, follow=True)
    assert "authenticator app shows" in asked.content.decode()
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": recovery})
    assert is_signed_in(client)

    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()


def test_a_wrong_code_does_not_activate(confirmed):
    response = confirmed.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert "Incorrect code." in response.content.decode()
    assert not Authenticator.objects.exists()


def code_of(secret):
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_the_admin_asks_for_the_second_factor_too(client):
    owner = make_user("owner@example.org", is_staff=True, is_superuser=True)
    TOTP.activate(owner, generate_totp_secret())

    assert reverse("account_login") in client.get("/admin/login/").url
    client.post("/admin/login/", {"username": owner.email, "password": PASSWORD})

    assert not is_signed_in(client)


INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|application/json))|<style|\sstyle=|\son\w+=|javascript:", re.I
)
PAGES = [
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reauthenticate",
    "account_email",
    "account_email_verification_sent",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_generate_recovery_codes",
    "account",
    "projects",
    "new_project",
]


@pytest.mark.parametrize("with_factor", [False, True])
@pytest.mark.parametrize("is_in", [False, True])
def test_no_page_needs_anything_inline(client, alice, is_in, with_factor):
    make_member(make_project(), alice, Role.OWNER)
    if is_in:
        client.post(SIGN_IN, {"login": alice.email, "password": PASSWORD})
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    if with_factor:
        TOTP.activate(alice, generate_totp_secret())
    for name in PAGES:
        response = client.get(reverse(name), follow=True)
        page = response.content.decode()
        assert response.status_code in {200, 404}, name
        assert not INLINE.search(page), (name, INLINE.search(page))
        assert page.count("<h1") == 1, name
        assert "Skip to the content" in page, name
        assert "script-src 'self'" in response["Content-Security-Policy"]
