"""The keys of lists and of articles."""

import pytest
from playwright.sync_api import Page, expect

from reader.models import Article, ReadingState
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


def test_j_and_k_move_the_focus_and_mark_nothing(page: Page, world: World) -> None:
    before = unread(world.bob)
    for key, title in (("k", "Statement 0"), ("j", "Statement 1"), ("j", "Statement 2")):
        page.keyboard.press(key)
        expect(link(page, title)).to_be_focused()
        expect(link(page, title)).to_be_in_viewport()
    page.keyboard.press("k")
    expect(link(page, "Statement 1")).to_be_focused()
    outline = link(page, "Statement 1").evaluate("(link) => getComputedStyle(link).outlineStyle")
    assert outline == "solid"
    assert unread(world.bob) == before
    assert not ReadingState.objects.exists()


@pytest.mark.parametrize("key", ["o", "Enter"])
def test_open(page: Page, world: World, key: str) -> None:
    page.keyboard.press("j")
    page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Statement 0")).to_be_visible()
    assert "Statement 0" not in unread(world.bob)


def test_star_and_read_by_key_keep_the_focus(page: Page, world: World) -> None:
    page.keyboard.press("j")
    page.keyboard.press("s")
    row = entry(page, "Statement 0")
    expect(row.get_by_role("button", name="Star")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#said")).to_have_text("Unread, starred")
    expect(link(page, "Statement 0")).to_have_css("font-weight", "600")
    page.keyboard.press("m")
    expect(row.get_by_role("button", name="Mark as unread")).to_be_visible()
    expect(link(page, "Statement 0")).to_be_focused()
    expect(link(page, "Statement 0")).to_have_css("font-weight", "400")
    expect(link(page, "Statement 0")).to_have_accessible_description("Read, starred")
    assert "Statement 0" not in unread(world.bob)
    page.keyboard.press("m")
    expect(row.get_by_role("button", name="Mark as read")).to_be_visible()
    page.keyboard.press("s")
    expect(row.get_by_role("button", name="Star")).to_have_attribute("aria-pressed", "false")
    assert not ReadingState.objects.filter(user=world.bob, starred_at__isnull=False).exists()


def test_the_original_opens_in_a_tab_of_its_own(page: Page) -> None:
    page.context.route("https://courier.example/**", lambda route: route.fulfill(body="original"))
    page.keyboard.press("j")
    with page.context.expect_page() as opened:
        page.keyboard.press("v")
    assert opened.value.url == "https://courier.example/0"
    assert page.url.endswith("/")


@pytest.mark.parametrize("key", ["m", "s", "v", "o"])
def test_without_a_chosen_article_keys_do_nothing(page: Page, world: World, key: str) -> None:
    before = page.url
    page.keyboard.press(key)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.url == before
    assert not ReadingState.objects.exists()


def test_slash_searches_and_letters_in_the_box_are_letters(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.locator("input[name=q]")).to_be_focused()
    page.keyboard.type("jsmA?/")
    expect(page.locator("input[name=q]")).to_have_value("jsmA?/")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert not ReadingState.objects.exists()


def test_r_reloads_a_list(page: Page) -> None:
    make_article(None, "It came later.", title="Later", published_on="2026-05-01")
    page.keyboard.press("r")
    expect(link(page, "Later")).to_be_visible()


def test_r_asks_a_feed_again(page: Page) -> None:
    page.route("**/refresh/", lambda route: route.abort())
    page.get_by_role("navigation", name="Feeds").get_by_role("link", name="The Courier").click()
    expect(page.get_by_role("button", name="Refresh")).to_be_visible()
    page.wait_for_load_state()
    with page.expect_request("**/refresh/") as asked:
        page.keyboard.press("r")
    assert asked.value.method == "POST"


@pytest.mark.parametrize(
    ("keys", "path"), [("gl", "/"), ("gp", "/projects/"), ("gs", "/?show=starred")]
)
def test_g_goes(page: Page, keys: str, path: str) -> None:
    page.goto("/help/")
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_url(f"**{path}")


def test_a_letter_after_g_means_nothing_else(page: Page, world: World) -> None:
    page.keyboard.press("j")
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.keyboard.press("j")
    expect(link(page, "Statement 1")).to_be_focused()
    assert not ReadingState.objects.exists()


def test_the_keys_are_listed_on_every_page_and_the_dialog_closes(page: Page) -> None:
    for address in ("/", "/projects/", "/account/"):
        page.goto(address)
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog")
        for key in ("j", "k", "o", "Enter", "v", "m", "s", "A", "/", "r", "g", "l", "p", "?", "c"):
            expect(dialog.get_by_text(key, exact=True).first).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()


def test_switched_off_no_letter_does_anything(page: Page, world: World) -> None:
    world.bob.shortcuts = False
    world.bob.save()
    page.reload()
    for key in ("j", "A", "r", "?", "/", "g", "s"):
        page.keyboard.press(key)
    expect(page.locator("body")).to_be_focused()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert not ReadingState.objects.exists()


def test_on_an_articles_page(page: Page, world: World, articles: list[Article]) -> None:
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    heading = page.locator("h1")
    expect(heading).to_have_text("Statement 0")
    page.wait_for_load_state()
    page.keyboard.press("s")
    star = page.get_by_role("button", name="Star")
    expect(star).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Mark as read")).to_be_visible()
    for key, title in (("j", "Statement 1"), ("j", "Statement 2"), ("k", "Statement 1")):
        page.keyboard.press(key)
        expect(heading).to_have_text(title)
        page.wait_for_load_state()
    assert unread(world.bob) == {
        "A tank by the river",
        "Statement 0",
        "Statement 3",
        "Statement 4",
    }


def test_an_article_that_one_came_to_otherwise_has_no_neighbours(
    open_page: OpenPage, world: World, articles: list[Article]
) -> None:
    page = open_page(world.bob)
    page.goto(f"/articles/{articles[0].pk}/")
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.locator("h1")).to_have_text("Statement 0")
