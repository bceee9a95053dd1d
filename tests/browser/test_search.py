"""Searching in a real browser: the box, the form, facets, saving; with and without JavaScript."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from reader.models import Feed, FeedEntry, SearchFeed, Subscription
from reader.services.indexing import index_all
from reader.services.reading import set_starred
from tests.annotations.affair import ALLEGED, DENIED, Affair, affair
from tests.browser.conftest import OpenPage
from tests.factories import make_article

DYE, YARD, NOTE = "Dye in the river", "The yard answers", "A note on the mayor"
# A search for each operator, and the only article that it finds.
OPERATORS = [
    ("owns dye", YARD),
    ('"dye into the river"', DYE),
    ("dye -owns", DYE),
    ("ledger OR nothing", DYE),
    ("(ledger OR owns) clerk", DYE),
    ("title:yard", YARD),
    ("by:voss", DYE),
    ('in:"The Reed"', DYE),
    ("project:tannery owns", YARD),
    ("kind:quote", DYE),
    ('speaker:"Odo Fenn"', YARD),
    ('target:"The tannery"', DYE),
    ("date:2024-05-09", YARD),
    ("is:unread by:voss", DYE),
    ("feed:reed", DYE),
    ("is:starred", YARD),
    ("is:annotated mayor", DYE),
    ("is:undated", NOTE),
]


@pytest.fixture
def world(transactional_db: Any) -> Affair:
    world = affair()
    world.article.byline = "Ida Voss"
    world.article.save(update_fields=["byline"])
    make_article(world.project, "The mayor was away.", title=NOTE)
    set_starred(world.alice, world.later, True)
    feed = Feed.objects.create(url="https://reed.example/feed", title="The Reed, news")
    Subscription.objects.create(user=world.alice, feed=feed)
    listed_at = world.article.listed_at
    FeedEntry.objects.create(feed=feed, key="1", article=world.article, listed_at=listed_at)
    index_all()
    return world


def found(page: Page) -> Any:
    return page.locator(".found-articles h3")


def test_each_operator_is_typed_into_the_box(open_page: OpenPage, world: Affair) -> None:
    page = open_page(world.alice)
    page.goto("/")
    for q, title in OPERATORS:
        page.get_by_role("searchbox").fill(q)
        page.keyboard.press("Enter")
        expect(page).to_have_title(re.compile(re.escape(q)))
        expect(found(page)).to_have_text([title])
        expect(page.get_by_role("searchbox")).to_have_value(q)


def test_facets_narrow_in_place_and_the_way_back_is_open(
    open_page: OpenPage, world: Affair
) -> None:
    page = open_page(world.alice)
    page.goto("/search/?q=dye")
    expect(found(page)).to_have_text([YARD, DYE])
    page.evaluate("window.stayed = true")

    facets = page.locator("#facets")
    facets.get_by_role("link", name="The Reed").click()
    expect(found(page)).to_have_text([DYE])
    expect(page.get_by_role("searchbox")).to_have_value('dye in:"The Reed"')
    expect(page).to_have_url(re.compile(r"q=dye\+in%3A%22The\+Reed%22$"))
    assert page.evaluate("window.stayed")

    page.get_by_role("link", name="By relevance").click()
    expect(page).to_have_url(re.compile(r"order=relevance"))
    facets.get_by_role("link", name=re.compile("The Reed.*take out")).click()
    expect(found(page)).to_have_count(2)
    page.go_back()
    expect(page).to_have_url(re.compile(r"order=relevance.*in%3A|in%3A.*order=relevance"))
    expect(found(page)).to_have_text([DYE])
    page.go_back()
    expect(page).not_to_have_url(re.compile("relevance"))
    expect(found(page)).to_have_text([DYE])
    expect(page.get_by_role("searchbox")).to_have_value('dye in:"The Reed"')


def test_a_link_that_gets_no_answer_in_place_is_followed_by_the_browser(
    open_page: OpenPage, world: Affair
) -> None:
    page = open_page(world.alice, failing=True)
    page.route(
        "**/search/**",
        lambda route: route.abort() if "hx-request" in route.request.headers else route.continue_(),
    )
    page.goto("/search/?q=dye")
    page.get_by_role("link", name="By relevance").click()
    expect(page).to_have_url(re.compile("order=relevance"))
    expect(found(page)).to_have_count(2)


def test_the_form_fills_in_the_syntax_and_a_search_is_saved(
    open_page: OpenPage, world: Affair
) -> None:
    page = open_page(world.alice)
    page.goto("/search/")
    page.get_by_label("Words", exact=True).fill("dye")
    page.get_by_label("Without these words").fill("owns")
    page.get_by_label("Marked as").select_option("allegation")
    page.get_by_label("Published from").fill("2024-05")
    page.get_by_role("button", name="Search with these").click()
    expect(page.get_by_role("searchbox")).to_have_value("dye -owns kind:allegation date:2024-05/")
    expect(found(page)).to_have_text([DYE])
    passages = page.locator(".found-passages")
    expect(passages).to_contain_text(ALLEGED)
    expect(passages).to_contain_text(DENIED)
    expect(passages.locator("mark.hit").first).to_have_text("dye")

    page.get_by_text("Save this search").click()
    page.get_by_label("Name").fill("Dye alleged")
    page.get_by_label("For whom").select_option("tannery")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Dye alleged")).to_be_visible()
    page.get_by_role("button", name="Follow as a feed").click()
    address = page.get_by_label("Address of your feed").input_value()
    assert address.endswith(f"/searches/{SearchFeed.objects.get().token}.atom")
    assert DENIED in page.request.get(address).text()

    page.get_by_role("button", name="Revoke feed").click()
    expect(page.get_by_text("is revoked")).to_be_visible()
    assert page.request.get(address).status == 404
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("link", name="Dye alleged").click()
    expect(found(page)).to_have_text([DYE])


def test_the_whole_way_without_script(open_page: OpenPage, world: Affair) -> None:
    page = open_page(world.alice, script=False)
    page.goto("/")
    page.get_by_role("searchbox").fill("dye (kind:rumour")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is not closed")).to_be_visible()
    page.get_by_role("searchbox").fill("dye")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(found(page)).to_have_text([YARD, DYE])

    facets = page.locator("#facets")
    facets.get_by_role("link", name="Quote").click()
    expect(found(page)).to_have_text([DYE])
    facets.get_by_role("link", name=re.compile("Quote.*take out")).click()
    page.get_by_role("link", name="By relevance").click()
    expect(found(page)).to_have_count(2)

    page.get_by_text("Narrow the search").click()
    page.get_by_role("textbox", name="Speaker").fill("Odo Fenn")
    page.get_by_role("button", name="Search with these").click()
    expect(found(page)).to_have_text([YARD])
    page.get_by_text("Save this search").click()
    page.get_by_label("Name").fill("Odo")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Odo")).to_be_visible()


def test_in_a_narrow_window_a_link_stands_for_the_box(open_page: OpenPage, world: Affair) -> None:
    page = open_page(world.alice, 390)
    page.goto("/help/")
    expect(page.get_by_role("searchbox")).to_be_hidden()
    page.get_by_role("banner").get_by_role("link", name="Search").click()
    expect(page.get_by_role("searchbox")).to_be_visible()
    page.goto("/help/")
    page.keyboard.press("/")
    expect(page).to_have_url(re.compile(r"/search/$"))
