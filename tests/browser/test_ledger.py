"""The ledger and a claim's page in a real browser, without JavaScript."""

import pytest
from playwright.sync_api import expect

from annotations.models import ReplySought
from tests.annotations.affair import CLAIM, DENIED, Affair, affair
from tests.browser.conftest import OpenPage
from tests.factories import make_mark

pytestmark = pytest.mark.django_db(transaction=True)

BURNED = "That Ilse Marr burned the ledger"


@pytest.fixture
def world() -> Affair:
    found = affair(visibility="public")
    make_mark(
        found.project,
        found.article,
        "the mayor had burned the ledger",
        "allegation",
        found.bob,
        speakers=["A clerk"],
        targets=["Ilse Marr"],
        claims=[BURNED],
    )
    return found


def test_a_stranger_filters_and_follows_a_claim(open_page: OpenPage, world: Affair) -> None:
    page = open_page(width=390, script=False)
    page.goto("/projects/tannery/")
    page.get_by_role("link", name="Ledger", exact=True).click()
    rows = page.locator(".ledger-row")
    expect(rows).to_have_count(2)

    page.get_by_text("Look for, and sort").click()
    page.get_by_label("Without a denial").check()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("No denial recorded in this project (2 articles")
    expect(page.get_by_label("Without a denial")).to_be_checked()

    page.get_by_label("Without a denial").uncheck()
    page.get_by_label("Speaker").fill("fenn")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(DENIED)

    page.get_by_role("link", name=CLAIM).click()
    expect(page.get_by_role("heading", name=f"Alleged {CLAIM}")).to_be_visible()
    expect(page.locator(".told-one.allegation .answered")).to_contain_text(DENIED)
    page.get_by_text("The same as a table").click()
    expect(page.get_by_role("row")).to_have_count(3)
    page.get_by_role("link", name="9 May 2024: 1 denial").click()
    assert page.url.endswith(f"#c-{world.denied.pk}")
    expect(page.locator(".told-one:target")).to_contain_text(DENIED)


def test_an_annotator_says_that_a_reply_was_sought(open_page: OpenPage, world: Affair) -> None:
    page = open_page(world.bob, script=False)
    page.goto("/projects/tannery/ledger/")
    row = page.locator(".ledger-row", has_text=BURNED)
    row.get_by_role("link", name="Change").click()
    page.get_by_label("Reply sought").check()
    page.get_by_label("On", exact=True).fill("2024-05-10")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".claim-head")).to_contain_text("Reply sought on 10 May 2024")
    assert ReplySought.objects.get().by == world.bob
    page.get_by_role("link", name="Ledger", exact=True).click()
    expect(row).to_contain_text("Reply sought on 10 May 2024")
