"""Accounts and signing in."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import Page

from reader.models import User
from tests.annotations.affair import Affair
from tests.browser.pages.visit import Act, Visit, press
from tests.factories import PASSWORD, make_user


def _sign_in(person: User) -> Act:
    def act(page: Page) -> None:
        page.get_by_label("E-mail address").fill(person.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda url: "/login/" not in url)

    return act


def _confirm(page: Page) -> None:
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url(lambda url: "reauthenticate" not in url)


def people_pages(world: Affair) -> list[Visit]:
    alice, bob = world.alice, world.bob
    dora, cleo = make_user("dora@example.org"), make_user("cleo@example.org")
    TOTP.activate(dora, generate_totp_secret())
    RecoveryCodes.activate(dora)
    key = f"{user_pk_to_url_str(cleo)}-{default_token_generator.make_token(cleo)}"
    twofold = "/accounts/2fa/"
    return [
        Visit("account", "/account/", alice),
        Visit("preferences", "/account/preferences/", alice),
        Visit("account_login", "/accounts/login/"),
        Visit("account_login", "/accounts/login/", None, press("Sign in")),
        Visit("account_logout", "/accounts/logout/", alice),
        Visit("account_signup", "/accounts/signup/"),
        Visit("account_reauthenticate", "/accounts/reauthenticate/", alice),
        Visit("account_change_password", "/accounts/password/change/", alice),
        Visit("account_reset_password", "/accounts/password/reset/"),
        Visit("account_reset_password_done", "/accounts/password/reset/done/"),
        Visit("account_reset_password_from_key", f"/accounts/password/reset/key/{key}/"),
        Visit("account_reset_password_from_key", "/accounts/password/reset/key/1-x/"),
        Visit("account_reset_password_from_key_done", "/accounts/password/reset/key/done/"),
        Visit("mfa_authenticate", "/accounts/login/", None, _sign_in(dora)),
        Visit("mfa_index", twofold, alice),
        Visit("mfa_index", twofold, dora),
        Visit("mfa_reauthenticate", f"{twofold}reauthenticate/", dora),
        Visit("mfa_activate_totp", f"{twofold}totp/activate/", bob, _confirm),
        Visit("mfa_deactivate_totp", f"{twofold}totp/deactivate/", bob),
        Visit("mfa_view_recovery_codes", f"{twofold}recovery-codes/", bob),
        Visit("mfa_generate_recovery_codes", f"{twofold}recovery-codes/generate/", bob),
        Visit("mfa_list_webauthn", f"{twofold}webauthn/", bob),
        Visit("mfa_add_webauthn", f"{twofold}webauthn/add/", bob),
    ]
