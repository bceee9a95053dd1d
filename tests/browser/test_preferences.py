"""What people choose in their settings, as their browser shows it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, World

LIGHT, DARK = "rgb(253, 252, 249)", "rgb(23, 24, 27)"

LOOK = """
() => {
  const text = getComputedStyle(document.querySelector("#text"));
  return {
    paper: getComputedStyle(document.body).backgroundColor,
    scheme: getComputedStyle(document.documentElement).colorScheme,
    size: parseFloat(text.fontSize),
    width: document.querySelector("#text").offsetWidth,
    sans: text.fontFamily.startsWith("system-ui"),
  };
}
"""


def choose(page: Page, *labels: str) -> None:
    page.goto("/account/preferences/")
    for label in labels:
        page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Save the settings").click()
    expect(page.get_by_role("status")).to_contain_text("Your settings are saved.")


def look(page: Page, world: World) -> dict:
    page.goto(world.path)
    return page.evaluate(LOOK)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours(open_page: OpenPage, world: World, scheme: str) -> None:
    page = open_page(world.bob, scheme=scheme)
    assert look(page, world)["paper"] == (DARK if scheme == "dark" else LIGHT)
    for label, paper in (("Dark", DARK), ("Light", LIGHT)):
        choose(page, label)
        seen = look(page, world)
        assert (seen["paper"], seen["scheme"]) == (paper, label.lower())
    # Paper is white, whatever the screen is.
    choose(page, "Dark")
    page.goto(world.path)
    page.emulate_media(media="print")
    assert page.evaluate(LOOK)["paper"] == LIGHT


def test_type(open_page: OpenPage, world: World) -> None:
    page = open_page(world.bob)
    before = look(page, world)
    assert not before["sans"]
    choose(page, "Large", "Wide", "Sans serif")
    after = look(page, world)
    assert after["sans"]
    assert after["size"] > before["size"]
    assert after["width"] > before["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.goto("/account/preferences/")
    page.locator("input[name=type_size][value=small]").check()
    page.locator("input[name=measure][value=narrow]").check()
    page.get_by_role("button", name="Save the settings").click()
    smaller = look(page, world)
    assert smaller["size"] < before["size"]
    assert smaller["width"] < before["width"]


@pytest.mark.parametrize("width", [1280, 1100, 390])
def test_the_largest_type_and_widest_text_fit(
    open_page: OpenPage, world: World, width: int
) -> None:
    world.bob.type_size, world.bob.measure = "largest", "wide"
    world.bob.save()
    page = open_page(world.bob, width)
    page.goto(world.path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_they_need_no_script(open_page: OpenPage, world: World) -> None:
    page = open_page(world.bob, script=False)
    choose(page, "Dark")
    page.goto("/")
    expect(page.locator("body")).to_have_css("background-color", DARK)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_readers_without_account_have_what_their_device_has(
    open_page: OpenPage, world: World, scheme: str
) -> None:
    world.bob.theme = "dark"
    world.bob.save()
    page = open_page(scheme=scheme)
    assert look(page, world)["paper"] == (DARK if scheme == "dark" else LIGHT)
    assert page.context.cookies() == []


def test_opening_marks_as_read_unless_switched_off(open_page: OpenPage, world: World) -> None:
    page = open_page(world.bob)
    page.goto("/account/preferences/")
    page.get_by_label("An article is read once I open it").uncheck()
    page.get_by_role("button", name="Save the settings").click()
    page.goto(world.path)
    expect(page.get_by_role("button", name="Mark as read")).to_be_visible()
