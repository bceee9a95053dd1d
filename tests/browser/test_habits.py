"""A reader's morning in a real browser: stars, all read and undone, and where one stopped."""

import re

import pytest
from playwright.sync_api import Page, expect

from reader.models import Article, ReadingState
from reader.services.reading import keep_position, open_article
from tests.browser.conftest import OpenPage, World
from tests.browser.library import entry, link, make_articles, unread
from tests.factories import make_article


@pytest.fixture
def articles(world: World) -> list[Article]:
    return make_articles(world)


@pytest.fixture
def page(open_page: OpenPage, world: World, articles: list[Article]) -> Page:
    """Bob's library."""
    page = open_page(world.bob)
    page.goto("/")
    return page


def test_a_click_on_a_star_keeps_the_focus_on_it(page: Page) -> None:
    star = entry(page, "Statement 1").get_by_role("button", name="Star")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(star).to_be_focused()


def test_all_read_and_undone(page: Page, world: World) -> None:
    before = unread(world.bob)
    make_article(None, "It came later.", title="Later")
    page.keyboard.press("A")
    expect(page.locator("#messages")).to_contain_text("Everything is marked as read.")
    assert unread(world.bob) == {"Later"}
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#messages")).to_contain_text("They are unread again.")
    assert unread(world.bob) == before | {"Later"}


def test_a_feed_is_read_and_undone(page: Page, world: World) -> None:
    page.get_by_role("navigation", name="Feeds").get_by_role("link", name="The Courier").click()
    expect(page.get_by_role("heading", name="The Courier", level=1)).to_be_visible()
    expect(page.locator(".entry")).to_have_count(2)
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator("#messages")).to_contain_text("2 articles are marked as read.")
    assert unread(world.bob) == {"A tank by the river", "Statement 0", "Statement 1", "Statement 2"}
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#messages")).to_contain_text("They are unread again.")
    assert len(unread(world.bob)) == 6


TOP_LINE = """
() => [...document.querySelectorAll("#text p")]
  .find((p) => p.getBoundingClientRect().bottom > 16).textContent.split(":")[0]
"""


def scrolled(page: Page) -> None:
    """Wait until the page has scrolled by itself (the policy forbids what `wait_for_function`
    evaluates at each frame)."""
    for _ in range(100):
        if page.evaluate("scrollY > 1000"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("The page stays at its top.")


def test_where_one_stopped(page: Page, world: World, articles: list[Article]) -> None:
    link(page, "Statement 1").click()
    expect(page.locator("h1")).to_have_text("Statement 1")
    page.wait_for_load_state()
    with page.expect_response("**/position/"):
        page.mouse.wheel(0, 1800)
    stopped = page.evaluate(TOP_LINE)
    page.goto("/")
    expect(page.get_by_role("heading", name="Continue reading")).to_be_visible()
    state = ReadingState.objects.get()
    text = articles[1].newest.text
    assert stopped in text[state.position - 200 : state.position + 200]

    # An ordinary visit begins at the beginning, and offers the place.
    link(page, "Statement 1").click()
    expect(page.locator("h1")).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0
    page.get_by_role("link", name="Continue where you stopped").click()
    scrolled(page)
    assert page.evaluate(TOP_LINE) == stopped

    page.goto("/")
    row = page.locator(".half-read li")
    expect(row).to_contain_text(re.compile(r"\d+ % read"))
    row.get_by_role("link", name="Statement 1").click()
    scrolled(page)
    assert page.evaluate(TOP_LINE) == stopped
    # Looking on does not lose the place, reading to the end finishes it.
    page.goto("/")
    expect(row).to_have_count(1)
    row.get_by_role("link", name="Statement 1").click()
    scrolled(page)
    with page.expect_response("**/position/"):
        page.keyboard.press("End")
    page.goto("/")
    expect(page.get_by_role("heading", name="Continue reading")).to_be_hidden()


def test_a_half_read_article_is_put_away(page: Page, world: World, articles: list[Article]) -> None:
    open_article(world.bob, articles[2])
    keep_position(world.bob, articles[2], 900)
    page.reload()
    page.get_by_role("button", name="Put away").click()
    expect(page.get_by_role("heading", name="Continue reading")).to_be_hidden()


def test_an_unreachable_server_is_said(
    open_page: OpenPage, world: World, articles: list[Article]
) -> None:
    page = open_page(world.bob, failing=True)
    # Before the page is opened: a request of the same moment may still slip past a new route.
    page.route("**/state/", lambda route: route.abort())
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.get_by_role("status")).to_contain_text("can’t be reached")
    star = entry(page, "Statement 0").get_by_role("button", name="Star")
    expect(star).to_have_attribute("aria-pressed", "false")


def test_without_script(open_page: OpenPage, world: World, articles: list[Article]) -> None:
    page = open_page(world.bob, script=False)
    page.goto("/?show=unread")
    entry(page, "Statement 1").get_by_role("button", name="Star").click()
    expect(page.locator(":target")).to_contain_text("Statement 1")
    entry(page, "Statement 0").get_by_role("button", name="Mark as read").click()
    expect(page.locator(".entry")).to_have_count(5)
    link(page, "Statement 2").click()
    page.get_by_role("button", name="Mark as unread").click()
    expect(page.get_by_role("button", name="Mark as unread")).to_be_visible()
    page.get_by_role("link", name="Library", exact=True).click()
    page.get_by_role("link", name="Starred").click()
    expect(page.locator(".entry h2")).to_have_text(["Statement 1"])
    page.get_by_role("link", name="All", exact=True).click()
    page.get_by_role("button", name="Mark all as read").click()
    assert unread(world.bob) == set()
    page.get_by_role("button", name="Undo").click()
    assert "Statement 1" in unread(world.bob)


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_jumps_and_nothing_scrolls_sideways(
    open_page: OpenPage, world: World, articles: list[Article], width: int
) -> None:
    page = open_page(world.bob, width)
    page.add_init_script(
        """
        window.shifted = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.shifted += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        """
    )
    page.goto("/", wait_until="networkidle")
    assert page.evaluate("shifted") < 0.02
    assert page.evaluate("document.documentElement.scrollWidth") <= width
