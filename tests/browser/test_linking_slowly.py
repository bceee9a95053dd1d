"""Linking while the server is slow: its answers take nothing from who is typing or pressing."""

import pytest
from playwright.sync_api import Page, Route, expect

from annotations.models import Annotation
from tests.browser.conftest import OpenPage, World
from tests.browser.linking import ALLEGED, DENIED, NEARER, link_of, mark, offers, opened, saved
from tests.browser.selecting import drag, editor_opens


class Held:
    """Answers of the server that come when the test says so."""

    def __init__(self, page: Page, pattern: str) -> None:
        self._page, self._pattern = page, pattern
        self._routes: list[Route] = []
        page.route(pattern, self._hold)

    def _hold(self, route: Route) -> None:
        self._routes.append(route)

    @property
    def number(self) -> int:
        return len(self._routes)

    def wait_for(self, number: int) -> None:
        """Wait until so many are held back."""
        for _ in range(100):
            if self.number >= number:
                return
            self._page.wait_for_timeout(50)
        raise AssertionError(f"{self.number} of {number} requests")

    def answer(self) -> None:
        """Let the oldest go, and wait until its answer has been dealt with."""
        with self._page.expect_response(self._pattern):
            self._routes.pop(0).continue_()
        self._page.wait_for_timeout(100)


def held(page: Page) -> Held:
    """To be asked for before the page is opened: what is sent in the same moment slips past."""
    return Held(page, "**/edit/offers/")


def test_a_late_answer_takes_nothing_from_who_is_typing(open_page: OpenPage, world: World) -> None:
    mark(world, ALLEGED, speakers=["Ida Voss"])
    mark(world, NEARER, speakers=["A spokesman"])
    denial = mark(world, DENIED, "denial")
    page = open_page(world.bob)
    answers = held(page)
    opened(page, world, denial)
    page.keyboard.type("A spokesman")
    page.keyboard.press("Alt+2")
    page.keyboard.press("Tab")
    page.keyboard.type("P")
    page.keyboard.press("Tab")
    page.keyboard.type("the spri")
    page.keyboard.press("ArrowLeft")
    answers.wait_for(1)
    answers.answer()
    page.keyboard.type("e")  # of the site's keys, the one that opens an editor
    part = page.locator("#offers").get_by_label("Which part").locator("visible=true")
    expect(part).to_be_focused()
    expect(part).to_have_value("the sprei")
    expect(offers(page)).to_have_count(2)

    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert answers.number == 0
    page.get_by_label("Note", exact=True).focus()
    answers.wait_for(1)
    answers.answer()
    # What the denier alleges themselves is offered no more; what was picked is as it was.
    expect(offers(page)).to_have_count(1)
    expect(part).to_have_value("the sprei")
    page.keyboard.press("Control+Enter")
    saved(page)
    link = link_of(denial)
    assert (link.scope, link.part, link.unsure) == ("part", "the sprei", True)


@pytest.mark.parametrize("pause", [0, 300, 1500])
def test_a_part_is_typed_whole_however_slow_the_server(
    open_page: OpenPage, world: World, pause: int
) -> None:
    mark(world, ALLEGED, speakers=["Ida Voss"])
    page = open_page(world.bob)

    def slowly(route: Route) -> None:
        page.wait_for_timeout(pause)
        route.continue_()

    page.route("**/edit/offers/", slowly)
    page.goto(world.path)
    drag(page, DENIED)
    page.keyboard.press("d")
    editor_opens(page, "Denial")
    page.keyboard.type("The works", delay=10)
    page.keyboard.press("Alt+1")
    page.keyboard.press("Tab")
    page.keyboard.type("P")
    page.keyboard.press("Tab")
    page.keyboard.type("the eastern quay", delay=90)
    page.keyboard.press("Control+Enter")
    saved(page)
    assert link_of(Annotation.objects.get(kind="denial")).part == "the eastern quay"


def test_what_an_input_method_composes_stays(open_page: OpenPage, world: World) -> None:
    mark(world, ALLEGED, speakers=["Ida Voss"])
    page = open_page(world.bob)
    answers = held(page)
    opened(page, world, mark(world, DENIED, "denial"))
    page.keyboard.type("The works")
    page.keyboard.press("Alt+1")
    page.get_by_label("How much of it").locator("visible=true").select_option("Part of it")
    part = page.get_by_label("Which part").locator("visible=true")
    part.focus()
    method = page.context.new_cdp_session(page)
    composed = {"selectionStart": 1, "selectionEnd": 1}
    method.send("Input.imeSetComposition", {"text": "は", **composed})
    answers.wait_for(1)
    answers.answer()
    method.send("Input.imeSetComposition", {"text": "はる", **composed})
    method.send("Input.insertText", {"text": "春"})
    expect(part).to_be_focused()
    expect(part).to_have_value("春")


def test_what_was_picked_while_the_answer_was_on_its_way_stays(
    open_page: OpenPage, world: World
) -> None:
    mark(world, ALLEGED, speakers=["Ida Voss"])
    mark(world, NEARER, speakers=["A spokesman"])
    page = open_page(world.bob)
    answers = held(page)
    opened(page, world, mark(world, DENIED, "denial"))
    page.keyboard.type("A spokesman")
    page.keyboard.press("Tab")
    answers.wait_for(1)
    picked = page.get_by_role("checkbox", name="A spokesman")
    picked.check()
    page.get_by_label("Note", exact=True).focus()
    answers.answer()
    expect(picked).to_be_checked()
    answers.wait_for(1)
    answers.answer()
    # It stays among what is offered, though it is the denier's own.
    expect(picked).to_be_checked()
    expect(page.get_by_text("Picked")).to_be_visible()


def test_an_offer_does_not_move_under_a_press(open_page: OpenPage, world: World) -> None:
    mark(world, ALLEGED, speakers=["Ida Voss"])
    mark(world, NEARER, speakers=["A spokesman"])
    page = open_page(world.bob)
    answers = held(page)
    opened(page, world, mark(world, DENIED, "denial"))
    page.keyboard.type("A spokesman")
    offers(page).nth(1).hover()
    page.mouse.down()
    answers.wait_for(1)
    answers.answer()
    page.mouse.up()
    expect(page.get_by_role("checkbox", name="Ida Voss")).to_be_checked()


def test_another_kind_takes_nothing_from_who_is_typing(open_page: OpenPage, world: World) -> None:
    page = open_page(world.bob)
    answers = Held(page, "**/edit/by-kind/")
    opened(page, world, mark(world, DENIED, "denial"))
    page.get_by_role("radio", name="Allegation").check()
    answers.wait_for(1)
    field = page.locator(".claim-text").get_by_label("Claim")
    field.press_sequentially("That ")
    answers.answer()
    page.keyboard.type("pigs fly")
    expect(field).to_have_value("That pigs fly")
    page.get_by_label("Note", exact=True).focus()
    answers.wait_for(1)
    answers.answer()
    expect(page.get_by_label("Against")).to_be_visible()
    expect(field).to_have_value("That pigs fly")
