"""The server out of reach: the person is told, and what was typed or marked is kept."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Annotation
from tests.browser.conftest import OpenPage, World
from tests.browser.selecting import drag, editor_opens, exact, select
from tests.factories import make_mark


@pytest.fixture
def page(open_page: OpenPage, world: World) -> Page:
    """The article as Bob reads it."""
    page = open_page(world.bob, failing=True)
    page.goto(world.path)
    return page


@pytest.fixture
def out_of_reach(page: Page) -> Callable[[bool], None]:
    """Puts the server out of reach, and back."""
    return page.context.set_offline


def test_a_mark_is_kept_and_sent_again_once(
    page: Page, out_of_reach: Callable[[bool], None]
) -> None:
    out_of_reach(True)
    drag(page, "Ida Voss")
    page.keyboard.press("a")
    notice = page.get_by_role("alert").filter(has_text="Not saved: allegation “Ida Voss”")
    expect(notice).to_contain_text("The server can’t be reached")
    again = page.get_by_role("button", name="Send again")
    expect(again).to_be_focused()
    again.click()
    expect(page.get_by_role("button", name="Still not saved. Send again")).to_be_visible()
    out_of_reach(False)
    page.get_by_role("button", name="Still not saved. Send again").dblclick()
    editor_opens(page, "Allegation")
    expect(notice).to_have_count(0)
    assert exact(Annotation.objects.get()) == ["Ida Voss"]


def test_other_marks_made_meanwhile_are_kept_apart(
    page: Page, out_of_reach: Callable[[bool], None]
) -> None:
    out_of_reach(True)
    for words in ("Ida Voss", "Mira Okonjo"):
        select(page, words)
        page.keyboard.press("q")
        expect(page.get_by_text(f"Not saved: quote “{words}”")).to_be_visible()
    out_of_reach(False)
    drag(page, "Zoë")
    page.keyboard.press("d")
    editor_opens(page, "Denial")
    for left in (1, 0):
        page.get_by_role("button", name="Send again").first.click()
        expect(page.get_by_role("button", name="Send again")).to_have_count(left)
    expect(page.locator("#cards .card")).to_have_count(3)
    made = sorted(exact(one)[0] for one in Annotation.objects.all())
    assert made == ["Ida Voss", "Mira Okonjo", "Zoë"]


def test_an_answer_that_was_lost_makes_no_second_one(page: Page) -> None:
    lost = []

    def lose(route):
        if not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    page.route("**/annotations/", lose)
    page.reload()
    drag(page, "Ida Voss")
    page.keyboard.press("q")
    page.get_by_role("button", name="Send again").click()
    editor_opens(page, "Quote")
    assert lost[0].ok
    assert exact(Annotation.objects.get()) == ["Ida Voss"]


def test_what_is_not_sent_can_be_thrown_away(
    page: Page, out_of_reach: Callable[[bool], None]
) -> None:
    out_of_reach(True)
    drag(page, "Ida Voss")
    page.keyboard.press("q")
    page.get_by_role("button", name="Throw away").click()
    expect(page.locator("#pending form")).to_have_count(0)


def test_typed_words_stay_in_the_editor(
    page: Page, world: World, out_of_reach: Callable[[bool], None]
) -> None:
    annotation = make_mark(world.project, world.article, "Ida Voss", by=world.bob)
    page.goto(f"/annotations/{annotation.pk}/")
    page.locator(".card.on [data-edit]").click()
    page.get_by_label("Note", exact=True).fill("Typed.")
    out_of_reach(True)
    page.get_by_role("button", name="Save", exact=True).click()
    problem = page.get_by_role("alert").filter(has_text="Not saved. The server can’t be reached")
    expect(problem).to_contain_text("What you typed is still here")
    expect(page.get_by_label("Note", exact=True)).to_have_value("Typed.")
    out_of_reach(False)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    annotation.refresh_from_db()
    assert annotation.note == "Typed."


def test_a_server_that_fails_is_told_of_too(page: Page) -> None:
    page.route("**/annotations/", lambda route: route.fulfill(status=503, body="down"))
    page.reload()
    drag(page, "Ida Voss")
    page.keyboard.press("q")
    expect(page.get_by_role("button", name="Send again")).to_be_visible()


def test_a_server_that_never_answers_is_given_up(page: Page) -> None:
    page.route("**/annotations/", lambda route: None)
    page.reload()
    assert 0 < page.evaluate("htmx.config.timeout") <= 60_000
    page.evaluate("htmx.config.timeout = 300")
    drag(page, "Ida Voss")
    page.keyboard.press("q")
    expect(page.get_by_role("button", name="Send again")).to_be_visible()


def test_whoever_was_signed_out_is_told(page: Page) -> None:
    page.context.clear_cookies()
    drag(page, "Ida Voss")
    page.keyboard.press("q")
    expect(page.get_by_text("or you have been signed out")).to_be_visible()
    assert not Annotation.objects.exists()


def test_a_refusal_gives_the_reason_where_it_can_be_seen(page: Page, world: World) -> None:
    page.set_viewport_size({"width": 1280, "height": 300})
    page.locator("#text").evaluate("(text) => text.querySelector('p').append(' More words.')")
    drag(page, "The second tank is empty")
    page.keyboard.press("q")
    reason = page.get_by_role("alert").filter(has_text="The text has other words at that place")
    expect(reason).to_be_in_viewport()
    expect(page.locator("#pending form")).to_have_count(0)
    assert not Annotation.objects.exists()


def test_leaving_with_unsaved_words_asks_first(page: Page, world: World) -> None:
    annotation = make_mark(world.project, world.article, "Ida Voss", by=world.bob)
    page.goto(f"/annotations/{annotation.pk}/")
    page.locator(".card.on [data-edit]").click()
    page.get_by_label("Note", exact=True).press_sequentially("Typed.")
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.close(run_before_unload=True)
    expect(page.get_by_label("Note", exact=True)).to_have_value("Typed.")
    assert asked == ["beforeunload"]
