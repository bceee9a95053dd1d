"""A reader's morning in a real browser: keys, stars, unread, all read and undone, and where one
stopped."""

import re

import pytest
from playwright.sync_api import Page, expect

from reader.models import Article, ReadingState, User
from reader.queries.reading import unread_by
from reader.services.reading import keep_position, open_article
from tests.browser.conftest import OpenPage, World
from tests.factories import make_article, make_entry, make_subscription

LONG = "\n\n".join(
    f"Paragraph {n} 😀: the harbour office said that the ferry had not run aground, and that "
    "nobody who was on board that night had said so."
    for n in range(60)
)


@pytest.fixture
def articles(world: World) -> list[Article]:
    """Five articles of the library, newest first; the last two stand in a feed of Bob's."""
    made = [
        make_article(
            None,
            f"Number {n}.\n\n{LONG}",
            title=f"Statement {n}",
            published_on=f"2026-04-{20 - n}",
            url=f"https://courier.example/{n}",
        )
        for n in range(5)
    ]
    feed = make_subscription(world.bob, "The Courier", "Coast").feed
    for article in made[3:]:
        make_entry(feed, article)
    return made


@pytest.fixture
def page(open_page: OpenPage, world: World, articles: list[Article]) -> Page:
    """Bob's library."""
    page = open_page(world.bob)
    page.goto("/")
    return page


def entry(page: Page, title: str):
    return page.locator(".entry", has=page.get_by_role("link", name=title))


def link(page: Page, title: str):
    return page.locator(".entry").get_by_role("link", name=title)


def unread(user: User) -> set[str]:
    user.refresh_from_db()
    return set(Article.objects.filter(unread_by(user)).values_list("title", flat=True))


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


def test_a_click_on_a_star_keeps_the_focus_on_it(page: Page) -> None:
    star = entry(page, "Statement 1").get_by_role("button", name="Star")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(star).to_be_focused()


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
    page.get_by_role("navigation", name="Feeds").get_by_role("link", name="The Courier").click()
    expect(page.get_by_role("button", name="Refresh")).to_be_visible()
    asked = []
    page.route("**/refresh/", lambda route: (asked.append(route.request.method), route.abort()))
    page.on("requestfailed", lambda request: None)
    page.keyboard.press("r")
    page.wait_for_timeout(300)
    assert asked == ["POST"]


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


TOP_LINE = """
() => [...document.querySelectorAll("#text p")]
  .find((p) => p.getBoundingClientRect().bottom > 16).textContent.split(":")[0]
"""


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
    page.wait_for_function("scrollY > 1000")
    assert page.evaluate(TOP_LINE) == stopped

    page.goto("/")
    row = page.locator(".half-read li")
    expect(row).to_contain_text(re.compile(r"\d+ % read"))
    row.get_by_role("link", name="Statement 1").click()
    page.wait_for_function("scrollY > 1000")
    assert page.evaluate(TOP_LINE) == stopped
    # Looking on does not lose the place, reading to the end finishes it.
    page.goto("/")
    expect(row).to_have_count(1)
    row.get_by_role("link", name="Statement 1").click()
    page.wait_for_function("scrollY > 1000")
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
    page.goto("/")
    page.route("**/state/", lambda route: route.abort())
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
