"""What readers are told when a denial goes, in a real browser: the share of an allegation, signed
out and without script, before and after its denial is deleted in the editor."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from annotations.models import Annotation, Claim
from tests.annotations.affair import ALLEGED, CLAIM, DENIED, Affair, affair
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)

GONE = re.compile(r"A denial recorded on \d+ \w+ \d{4} was withdrawn on \d+ \w+ \d{4}\. Reason: ")
REASON = "The words are the lawyer’s."


@pytest.fixture
def world() -> Affair:
    cache.clear()
    return affair(name="The tannery")


@pytest.fixture
def reader(open_page: OpenPage) -> Page:
    """A phone without script, signed in nowhere."""
    return open_page(width=390, script=False)


def test_a_share_tells_of_a_denial_that_was_deleted(
    open_page: OpenPage, reader: Page, world: Affair
) -> None:
    share = f"/share/{world.share(world.alleged).code}/"
    reader.goto(share)
    expect(reader.get_by_text(ALLEGED)).to_be_visible()
    expect(reader.get_by_text(DENIED)).to_be_visible()

    page = open_page(world.bob)
    page.goto(f"/projects/tannery/articles/{world.later.pk}/")
    page.locator(f"#c-{world.denied.pk}").click()
    page.locator(f"#c-{world.denied.pk} [data-edit]").click()
    editor = page.locator("#editor")
    editor.get_by_role("button", name="Delete this annotation").click()
    why = editor.get_by_label("Why is this denial deleted?")
    expect(why).to_be_focused()
    editor.get_by_role("button", name="Delete this denial").click()
    expect(editor.locator("#delete-form .errorlist")).to_contain_text("Give a reason")
    why.fill(REASON)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Deleted.")

    reader.goto(share)
    expect(reader.get_by_text(GONE)).to_be_visible()
    expect(reader.get_by_text(REASON)).to_be_visible()
    expect(reader.get_by_text(DENIED)).to_have_count(0)
    expect(reader.get_by_text("No denial recorded")).to_have_count(0)

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Brought back.")
    reader.goto(share)
    expect(reader.get_by_text(DENIED)).to_be_visible()
    expect(reader.get_by_text(GONE)).to_have_count(0)


def test_without_script_the_reason_is_asked_for_on_a_page_of_its_own(
    open_page: OpenPage, world: Affair
) -> None:
    world.share(world.project)
    page = open_page(world.bob, script=False)
    page.goto(f"/annotations/{world.denied.pk}/edit/")
    page.get_by_role("button", name="Delete this annotation").click()
    expect(page.get_by_role("heading", name="Delete a denial")).to_be_visible()
    page.get_by_label("Why is this denial deleted?").fill("x" * 301)
    # The field takes no more than is kept.
    expect(page.get_by_label("Why is this denial deleted?")).to_have_value("x" * 300)
    page.get_by_label("Why is this denial deleted?").fill(REASON)
    page.get_by_role("button", name="Delete this denial").click()
    expect(page.get_by_text("Its history page offers to bring it back.")).to_be_visible()
    assert Annotation.objects.get(pk=world.denied.pk).deleted_reason == REASON


def test_what_no_reader_saw_is_deleted_without_a_word(open_page: OpenPage, world: Affair) -> None:
    page = open_page(world.bob)
    page.goto(f"/projects/tannery/articles/{world.later.pk}/")
    page.locator(f"#c-{world.denied.pk}").click()
    page.locator(f"#c-{world.denied.pk} [data-edit]").click()
    page.locator("#editor").get_by_role("button", name="Delete this annotation").click()
    expect(page.get_by_role("status")).to_contain_text("Deleted.")


def test_a_claim_is_shared_and_ended_in_the_browser(
    open_page: OpenPage, reader: Page, world: Affair
) -> None:
    page = open_page(world.bob)
    claim = Claim.objects.get(statement=CLAIM)
    page.goto(f"/claims/{claim.pk}/")
    page.get_by_role("link", name="Share", exact=True).click()
    page.get_by_role("button", name="Make a link").click()
    address = page.get_by_label("Link 1").input_value()
    reader.goto(address)
    expect(reader.get_by_role("heading", name=CLAIM)).to_be_visible()
    expect(reader.get_by_text(DENIED).first).to_be_visible()
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("status")).to_contain_text("revoked")
