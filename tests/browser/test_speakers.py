"""Speakers in a real browser: a page without JavaScript, merging with the keyboard, aliases in the
editor."""

import pytest
from playwright.sync_api import expect

from annotations.models import Attribution, Speaker
from tests.annotations.affair import ALLEGED, DENIED, Affair, affair
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> Affair:
    return affair(visibility="public", readers_see="whole")


def test_a_stranger_reads_who_says_what(open_page: OpenPage, world: Affair) -> None:
    page = open_page(width=390, script=False)
    page.goto("/projects/tannery/ledger/")
    page.get_by_role("link", name="Speakers").click()
    row = page.get_by_role("row").filter(has_text="The tannery")
    expect(row.get_by_role("cell")).to_have_text(["0", "0", "0", "1"])
    page.get_by_role("link", name="The tannery").click()
    accused = page.locator(".told-one.allegation")
    expect(accused).to_contain_text(ALLEGED)
    expect(accused.locator(".answered")).to_contain_text(DENIED)
    accused.get_by_role("link", name="Reed Society").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reed Society")
    page.get_by_label("Show").get_by_role("link", name="Alleged 1").click()
    expect(page.locator(".told-one")).to_have_count(1)
    expect(page.get_by_role("link", name="Edit")).to_have_count(0)


def test_two_are_merged_by_keyboard_and_parted_again(open_page: OpenPage, world: Affair) -> None:
    page = open_page(world.bob)
    clerk = Speaker.objects.get(name="A clerk")
    page.goto(f"/speakers/{clerk.pk}/")
    page.get_by_role("link", name="The same as somebody else").focus()
    page.keyboard.press("Enter")
    page.get_by_label("The same as").focus()
    page.keyboard.type("nobody")
    page.keyboard.press("Enter")
    expect(page.locator(".errorlist")).to_contain_text("Nobody is called “nobody” here")
    page.get_by_label("The same as").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("ilse marr")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ilse Marr")
    expect(page.locator("#messages")).to_contain_text("“A clerk” is read as “Ilse Marr” now.")
    expect(page.locator(".told-one")).to_have_count(3)

    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A clerk")
    clerk.refresh_from_db()
    assert clerk.merged_into is None

    page.goto(f"/speakers/{clerk.pk}/merge/")
    page.get_by_label("The same as").fill("Ilse Marr")
    page.keyboard.press("Enter")
    expect(page.locator(".speaker-merged")).to_contain_text("by Bobbin Vale")
    page.goto(f"/speakers/{Speaker.objects.get(name='Ilse Marr').pk}/")
    page.get_by_role("button", name="Take apart").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A clerk")
    expect(page.locator(".told-one")).to_have_count(1)


def test_an_alias_that_is_picked_in_the_editor_finds_its_speaker(
    open_page: OpenPage, world: Affair
) -> None:
    odo = Speaker.objects.get(name="Odo Fenn")
    page = open_page(world.bob)
    page.goto(f"/speakers/{odo.pk}/edit/")
    page.get_by_label("Aliases").fill("the Owner of the yard")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".speaker-head")).to_contain_text("the Owner of the yard")

    page.goto(f"/projects/tannery/articles/{world.article.pk}/#a-{world.quoted.pk}")
    page.locator(f"#c-{world.quoted.pk} [data-edit]").click()
    field = page.locator("#editor").get_by_label("Speakers")
    field.fill("")
    field.type("the own")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("the Owner of the yard")
    page.locator("#editor").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(f"#c-{world.quoted.pk} .card-who")).to_have_text("Odo Fenn")
    said = Attribution.objects.get(annotation=world.quoted, role="speaker")
    assert said.speaker == odo
