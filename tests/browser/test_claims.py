"""Claims are merged, split and judged in a browser, by mouse, by key and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Claim, ClaimPair, Verdict
from annotations.services.claim_pairs import judge
from tests.annotations.claims import LEAKED, SPILLED, Claims, some_claims
from tests.browser.conftest import OpenPage

PAIRS = "/projects/works/pairs/"
OTHER = "That nothing at all leaked"


@pytest.fixture
def claims(transactional_db: None) -> Claims:
    return some_claims()


def page_of(browser: Page, claim: Claim) -> None:
    browser.goto(f"/claims/{claim.pk}/")


def press(browser: Page, key: str) -> None:
    """Press a key as soon as the page's scripts listen."""
    browser.wait_for_load_state()
    browser.keyboard.press(key)


@pytest.mark.parametrize("script", [True, False])
def test_merge_and_undo(claims: Claims, open_page: OpenPage, script: bool) -> None:
    browser = open_page(claims.bob, script=script)
    page_of(browser, claims.leaked)
    browser.get_by_role("link", name="Merge", exact=True).click()
    browser.get_by_label("The other claim").fill("lower river")
    if not script:
        browser.get_by_role("button", name="Look for it").click()
    browser.get_by_role("link", name=SPILLED).click()
    expect(browser.get_by_role("heading", name="Merge these two claims?")).to_be_visible()
    expect(browser.locator(".sides")).to_contain_text("Bo Lind denies")
    browser.get_by_label(SPILLED).check()
    browser.get_by_role("button", name="Merge", exact=True).click()
    expect(browser.locator("h1")).to_contain_text(SPILLED)
    expect(browser.locator(".also-stated")).to_contain_text(LEAKED)
    assert claims.counted(claims.spilled) == (2, 1)

    browser.locator("#messages").get_by_role("button", name="Undo").click()
    expect(browser.locator(".also-stated")).to_have_count(0)
    assert claims.counted(claims.leaked) == (1, 1)


def test_taken_apart_later(claims: Claims, open_page: OpenPage) -> None:
    browser = open_page(claims.bob)
    browser.goto(f"/claims/{claims.leaked.pk}/merge/?into={claims.spilled.pk}")
    browser.get_by_role("button", name="Merge", exact=True).click()
    page_of(browser, claims.leaked)
    expect(browser).to_have_url(f"/claims/{claims.spilled.pk}/")
    browser.get_by_role("button", name="take apart").click()
    expect(browser.locator(".also-stated")).to_have_count(0)
    assert Claim.objects.filter(canonical=None).count() == 3


def test_split_and_undo(claims: Claims, open_page: OpenPage) -> None:
    browser = open_page(claims.bob, width=390)
    page_of(browser, claims.leaked)
    browser.get_by_role("link", name="Split", exact=True).click()
    going = browser.get_by_role("group", name="Passages that mean something else")
    going.get_by_label("Nothing leaked").check()
    browser.get_by_role("button", name="Split", exact=True).click()
    expect(browser.locator(".errorlist")).to_contain_text("A claim needs a statement")
    expect(going.get_by_label("Nothing leaked")).to_be_checked()
    browser.get_by_label("Statement").fill(OTHER)
    browser.get_by_role("button", name="Split", exact=True).click()
    expect(browser.locator("h1")).to_contain_text(OTHER)
    expect(browser.locator(".told-one")).to_have_count(1)
    browser.locator("#messages").get_by_role("button", name="Undo").click()
    expect(browser.locator("h1")).to_contain_text(LEAKED)
    expect(browser.locator(".told-one")).to_have_count(2)


def test_pairs_are_judged_by_key(claims: Claims, open_page: OpenPage) -> None:
    browser = open_page(claims.bob)
    browser.goto(PAIRS)
    expect(browser.locator(".side-statement .differs")).to_have_text("lower ")
    press(browser, "u")
    expect(browser.get_by_role("heading", name="Unsure")).to_be_visible()
    assert ClaimPair.objects.get().verdict == Verdict.UNSURE
    press(browser, "d")
    expect(browser.locator(".pair")).to_have_count(0)
    assert ClaimPair.objects.get().verdict == Verdict.DIFFERENT
    browser.locator("#messages").get_by_role("button", name="Undo").click()
    expect(browser.locator(".pair")).to_have_count(1)
    press(browser, "j")
    expect(browser.locator(".pair")).to_be_focused()
    press(browser, "s")
    expect(browser.get_by_role("heading", name="Merge these two claims?")).to_be_visible()
    assert Claim.objects.filter(canonical=None).count() == 3
    browser.get_by_role("button", name="Merge", exact=True).click()
    expect(browser).to_have_url(PAIRS)
    expect(browser.locator(".pair")).to_have_count(0)


def test_keys_that_are_switched_off_judge_nothing(claims: Claims, open_page: OpenPage) -> None:
    claims.bob.shortcuts = False
    claims.bob.save()
    browser = open_page(claims.bob)
    browser.goto(PAIRS)
    press(browser, "d")
    expect(browser.locator(".pair")).to_have_count(1)
    assert not ClaimPair.objects.exists()


def test_pairs_are_judged_without_javascript(claims: Claims, open_page: OpenPage) -> None:
    judge(claims.leaked, claims.spilled, Verdict.UNSURE, claims.bob)
    browser = open_page(claims.bob, script=False)
    browser.goto(PAIRS)
    browser.get_by_role("button", name="Different").click()
    expect(browser.locator(".pair")).to_have_count(0)
    assert ClaimPair.objects.get().verdict == Verdict.DIFFERENT
