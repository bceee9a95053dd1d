"""Adding an article by its address in a real browser, from a site on this machine."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from reader.ingest import fetch
from reader.ingest.robots import Robots
from reader.models import Article
from tests.browser.conftest import OpenPage, World
from tests.reader.ingest.test_extract import linked, page
from tests.website import Website, website

ADD = "/articles/add/address/"
HEAD = linked(headline="Ferry agruond", author="Ada Lune", datePublished="2025-03-04")


@pytest.fixture
def site(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Website]:
    settings.FETCH_ALLOW_PRIVATE = True
    monkeypatch.setattr(fetch, "_ROBOTS", Robots())
    with website() as site:
        yield site


def ask(page: Page, url: str) -> None:
    page.get_by_label("Address", exact=True).fill(url)
    page.get_by_role("button", name="Fetch").click()


@pytest.mark.parametrize("script", [True, False])
def test_fetched_seen_corrected_and_saved(
    open_page: OpenPage, world: World, site: Website, script: bool
) -> None:
    url = site.page("/ferry", page(head=HEAD))
    browser = open_page(world.bob, script=script)
    browser.goto(f"{ADD}?project=spill")
    ask(browser, url)
    expect(browser.get_by_role("heading", name="Ferry agruond")).to_be_visible()
    expect(browser.get_by_text("4 March 2025")).to_be_visible()
    expect(browser.get_by_role("heading", name="The second this year")).to_be_visible()
    browser.get_by_role("button", name="Go back and edit").click()
    browser.get_by_label("Title").fill("Ferry aground")
    browser.get_by_role("button", name="Preview").click()
    browser.get_by_role("button", name="Save", exact=True).click()
    expect(browser.get_by_role("heading", name="Ferry aground")).to_be_visible()
    article = Article.objects.get(title="Ferry aground")
    assert article.scope == world.project
    assert article.url == url
    assert article.current_revision
    assert article.current_revision.extractor.startswith("trafilatura")
    assert article.current_revision.received == page(head=HEAD)


def test_failures_stand_beside_the_field_and_nothing_typed_is_lost(
    open_page: OpenPage, world: World, site: Website
) -> None:
    browser = open_page(world.bob, 390, script=False)
    browser.goto(f"{ADD}?project=spill&url={site.address}/gone")
    browser.get_by_role("button", name="Fetch").click()
    field = browser.get_by_label("Address", exact=True)
    expect(field).to_have_value(f"{site.address}/gone")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(browser.get_by_text("The site answered “404 Not Found”.")).to_be_visible()
    expect(browser.get_by_label("Into")).to_have_value("spill")
    ask(browser, "http://10.0.0.1/")
    expect(browser.get_by_text("not on the open internet")).to_be_visible()
    browser.get_by_role("link", name="paste its text").click()
    expect(browser.get_by_label("Address", exact=True)).to_have_value("http://10.0.0.1/")
    expect(browser.get_by_label("Into")).to_have_value("spill")


def test_the_bookmarklet_brings_the_address_along(
    open_page: OpenPage, world: World, live_server: object
) -> None:
    browser = open_page(world.bob)
    browser.goto(ADD)
    link = browser.get_by_role("link", name="Add to On Record")
    link.click()  # nothing happens here, and the policy has nothing to stop
    bookmarklet = browser.get_by_label("Or make a bookmark").input_value()
    assert bookmarklet == link.get_attribute("href")
    browser.goto("/?from=a&to=ü")
    address = browser.url
    browser.evaluate(bookmarklet.removeprefix("javascript:"))
    expect(browser.get_by_label("Address", exact=True)).to_have_value(address)
