"""Every page, wide and narrow, light and dark: axe finds nothing (WCAG 2.2 AA), nothing scrolls
sideways, and no console complains."""

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter
from playwright.sync_api import Page

from reader.models import User, uuid7
from tests.browser.conftest import OpenPage
from tests.browser.pages import GROUPS, visits
from tests.browser.pages.visit import Visit
from tests.factories import make_user

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# All of it in light; in dark only what colours can do, which do not depend on the width.
RULES: dict[Literal["light", "dark"], Any] = {
    "light": {"runOnly": {"type": "tag", "values": LEVELS}},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
}
RUN = """
async (options) => {
  const found = await axe.run(document, { ...options, resultTypes: ["violations"] });
  return found.violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map((node) => node.html)]);
}
"""

# Addresses that show no page of ours, with the reason.
NO_PAGE = {
    "healthz": "a line of text for machines",
    "export": "a file",
    "ledger_file": "a file",
    "export_feeds": "a file",
    "picture": "a file",
    "shared_picture": "a file",
    "shared_article_picture": "a file",
    "feed_arrivals": "a fragment of the feed's page",
    "search_feed": "a feed",
    "annotation": "leads to the article",
    "annotation_by_kind": "a fragment of the editor",
    "annotation_offers": "a fragment of the editor",
    "account_email": "is not there: one's address is the owner's to change",
    "account_inactive": "allauth's; nobody is led there",
    "account_set_password": "for accounts without a password, which there are none of",
    "account_email_verification_sent": "addresses are not verified",
    "account_confirm_email": "addresses are not verified",
    "account_confirm_login_code": "nobody signs in by code",
    "mfa_download_recovery_codes": "a file",
    "mfa_login_webauthn": "data for a script",
    "mfa_reauthenticate_webauthn": "data for a script",
    "mfa_edit_webauthn": "needs a passkey: see test_passkeys",
    "mfa_remove_webauthn": "needs a passkey: see test_passkeys",
}


def look(page: Page, visit: Visit) -> Iterator[str]:
    """What is wrong with the page as it stands."""
    page.evaluate(AXE_SCRIPT)
    for width in visit.widths:
        page.set_viewport_size({"width": width, "height": 844})
        schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
        for scheme in schemes if width == visit.widths[0] else schemes[:1]:
            page.emulate_media(color_scheme=scheme)
            for rule, nodes in page.evaluate(RUN, RULES[scheme]):
                yield f"{visit.address} {width} {scheme}: {rule} {nodes}"
        page.emulate_media(color_scheme="light")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            yield f"{visit.address} {width}: {wide} px wide"


@pytest.mark.parametrize("about", GROUPS)
def test_every_page(open_page: OpenPage, transactional_db: Any, about: str) -> None:
    cache.clear()
    pages: dict[tuple[User | None, bool], Page] = {}
    wrong: list[str] = []
    for visit in visits(about):
        # A narrow page is acted upon narrow, but read at both widths.
        who = (visit.who, visit.widths == (390,))
        if who not in pages:
            pages[who] = open_page(visit.who, visit.widths[0], failing=True)
        page = pages[who]
        page.set_viewport_size({"width": visit.widths[0], "height": 844})
        page.goto(visit.address)
        if visit.act:
            visit.act(page)
        wrong += look(page, visit)
    assert wrong == [], "\n".join(wrong)


def named(patterns: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every named address of the site, admin apart."""
    for one in patterns:
        if isinstance(one, URLResolver) and one.app_name != "admin":
            yield from named(one.url_patterns)
        elif isinstance(one, URLPattern) and one.name:
            yield one.name, one


@pytest.mark.django_db
def test_no_page_is_left_out() -> None:
    seen = {visit.name for about in GROUPS for visit in _made(about)}
    client = Client()
    client.force_login(make_user("walker@example.org"))
    examples = {"slug": "x", "code": "x", "token": "x", "format_name": "jsonl", "key": "x"}
    examples |= {"uidb36": "1", "to": "x"}
    missing = []
    for name, pattern in named(get_resolver().url_patterns):
        if name in seen or name in NO_PAGE:
            continue
        given = {
            part: examples.get(part) or (uuid7() if isinstance(converter, UUIDConverter) else 1)
            for part, converter in pattern.pattern.converters.items()
        }
        missing.append((name, given))
    left_out = [
        name for name, given in missing if client.get(_address(name, given)).status_code != 405
    ]
    assert left_out == []
    assert not seen & set(NO_PAGE)


def _made(about: str) -> list[Visit]:
    """The visits of a group; nothing of them is kept."""
    with transaction.atomic():
        found = visits(about)
        transaction.set_rollback(True)
    return found


def _address(name: str, given: dict[str, Any]) -> str:
    """An address with this name; those below a project or an annotation take its parts too."""
    outer = {"slug": "x", "article_id": uuid7(), "annotation_id": uuid7(), "code": "x"}
    numbered = ("search_id", "claim_id", "speaker_id")
    outer |= dict.fromkeys(numbered, 1)
    alone = [[key] for key in ("slug", "annotation_id", "code", *numbered)]
    for keys in ([], *alone, ["slug", "article_id"]):
        try:
            return reverse(name, kwargs={key: outer[key] for key in keys} | given)
        except NoReverseMatch:
            continue
    raise AssertionError(f"no address for {name}")
