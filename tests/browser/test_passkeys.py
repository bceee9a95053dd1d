"""Passkeys, with an authenticator that Chromium simulates, under the site's strict policy."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def device(page: Page) -> Page:
    """The page of a device that confirms whatever it is asked."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    return page


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/accounts/login/")
    page.get_by_label("E-mail address").fill("alice@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page: Page, site: str, *, passwordless: bool) -> None:
    page.goto(f"{site}/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("My phone")
    page.get_by_label("Passwordless").set_checked(passwordless)
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_text("10 of 10 are unused")).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_a_passkey_takes_the_place_of_the_password(device, live_server):
    make_user("alice@example.org")
    sign_in(device, live_server.url)
    add_passkey(device, live_server.url, passwordless=True)
    sign_out(device)

    device.goto(f"{live_server.url}/accounts/login/?next=/account/")
    device.get_by_role("button", name="Sign in with a passkey").click()

    expect(device.get_by_role("heading", name="Your account")).to_be_visible()


def test_a_passkey_is_a_second_factor(device, live_server):
    make_user("alice@example.org")
    sign_in(device, live_server.url)
    add_passkey(device, live_server.url, passwordless=False)
    sign_out(device)

    sign_in(device, live_server.url)
    expect(device.get_by_role("link", name="Alice")).not_to_be_visible()
    device.get_by_role("button", name="Use a passkey").click()

    expect(device.get_by_role("link", name="Alice")).to_be_visible()


def test_a_passkey_is_renamed_and_removed(device, live_server):
    make_user("alice@example.org")
    sign_in(device, live_server.url)
    add_passkey(device, live_server.url, passwordless=True)

    device.goto(f"{live_server.url}/accounts/2fa/webauthn/")
    device.get_by_role("link", name="Rename").click()
    device.get_by_label("Name").fill("The old phone")
    device.get_by_role("button", name="Save").click()
    expect(device.get_by_text("The old phone")).to_be_visible()
    device.get_by_role("link", name="Remove").click()
    device.get_by_role("button", name="Remove the passkey").click()

    expect(device.get_by_text("There is none yet.")).to_be_visible()
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_a_device_that_knows_no_passkey_is_told_so(page, live_server):
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}},
    )
    page.goto(f"{live_server.url}/accounts/login/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("Nothing was confirmed")
