"""An article is marked, its site corrects it, and people see, decide and repair, in a browser."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from annotations.models import Anchor, Annotation, Decision
from annotations.services.sharing import share
from annotations.subjects import Subject
from reader.access import seat_in
from reader.ingest import fetch
from reader.ingest.robots import Robots
from reader.models import Article, Revision
from tests.browser.conftest import OpenPage, World
from tests.browser.selecting import editor_opens, select, toolbar
from tests.reader.ingest.test_extract import page
from tests.website import Website, website

AGROUND = """<p>The ferry to the island ran aground on a sandbank on Tuesday, and no one was hurt,
said the harbour master, Ada Lune. “Nothing touched the hull,” she added.</p>"""
TIDE = """<p>It came free with the next tide, at four in the morning. The company, which runs
two ferries, says that the marks of the channel had moved in a storm a week ago.</p>"""
CREW = """<p>Odo Fenn of the crew alleged that the engines had been stopped to hide a leak. In March
another ferry hit the pier, which has been closed ever since. A petition for a bridge has found four
hundred names, one in three of all who live there.</p>"""

CHANGED = "ran aground on a sandbank"
DELETED = "“Nothing touched the hull,”"
REWRITTEN = "the engines had been stopped to hide a leak"
MOVED = "the marks of the channel had moved in a storm"

CORRECTED = (
    TIDE
    + AGROUND.replace("sandbank", "mudbank").replace(" “Nothing touched the hull,” she added.", "")
    + CREW.replace(REWRITTEN, "somebody wanted water in the hold to go unseen")
)
REPAIRED = "somebody wanted water in the hold to go unseen"


@pytest.fixture
def site(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Website]:
    settings.FETCH_ALLOW_PRIVATE = True
    monkeypatch.setattr(fetch, "_ROBOTS", Robots())
    with website() as site:
        yield site


def add(browser: Page, address: str) -> None:
    browser.goto("/articles/add/address/?project=spill")
    browser.get_by_label("Address", exact=True).fill(address)
    browser.get_by_role("button", name="Fetch").click()
    browser.get_by_role("button", name="Save", exact=True).click()
    expect(browser.locator("#text")).to_contain_text("The ferry to the island")


def mark(browser: Page, words: str, kind: str) -> Annotation:
    browser.wait_for_load_state()
    select(browser, words)
    toolbar(browser, kind)
    editor_opens(browser, kind)
    browser.get_by_role("link", name="Close").click()
    expect(browser.locator("#editor .editor-panel")).to_have_count(0)
    return Annotation.objects.latest("created_at")


def card(browser: Page, annotation: Annotation):
    return browser.locator(f"#c-{annotation.pk}")


def press(browser: Page, key: str) -> None:
    """Press a key as soon as the page's scripts listen."""
    browser.wait_for_load_state()
    browser.keyboard.press(key)


def decided(annotation: Annotation) -> str:
    return Anchor.objects.get(annotation=annotation, revision__number=2).decision


def test_what_a_correction_does_is_seen_decided_and_told(
    open_page: OpenPage, world: World, site: Website
) -> None:
    browser = open_page(world.bob)
    add(browser, site.page("/ferry", page(AGROUND + TIDE + CREW)))
    changed = mark(browser, CHANGED, "Allegation")
    deleted = mark(browser, DELETED, "Denial")
    rewritten = mark(browser, REWRITTEN, "Allegation")
    moved = mark(browser, MOVED, "Quote")

    site.page("/ferry", page(CORRECTED))
    Revision.objects.update(fetched_at=timezone.now() - timedelta(hours=1))
    browser.get_by_role("button", name="Fetch again").click()
    expect(browser.get_by_text("The text has changed")).to_be_visible()
    expect(browser.get_by_text("changed once, on")).to_be_visible()

    # The three outcomes.
    expect(card(browser, changed)).to_contain_text("Changed by the article on")
    expect(card(browser, changed).locator("del")).to_have_text("sandbank")
    expect(card(browser, changed).locator("ins")).to_have_text("mudbank")
    expect(card(browser, deleted)).to_contain_text("No longer in the article since")
    expect(browser.get_by_text("2 marked passages are not in this text")).to_be_visible()
    expect(card(browser, moved).locator(".fate")).to_have_count(0)
    expect(browser.locator("#text mark").first).to_have_text(MOVED)

    # One key a decision.
    browser.goto("/projects/spill/")
    expect(browser.get_by_role("link", name="3 passages changed", exact=True)).to_be_visible()
    browser.get_by_role("link", name="3 passages changed, to decide about").click()
    expect(browser.locator(".change")).to_have_count(3)
    press(browser, "j")
    expect(card(browser, changed)).to_be_focused()
    press(browser, "r")
    expect(browser.get_by_text("Still right.")).to_be_visible()
    assert decided(changed) == Decision.RIGHT
    card(browser, deleted).focus()
    press(browser, "x")
    expect(browser.get_by_text("No longer there: it is kept")).to_be_visible()
    assert decided(deleted) == Decision.GONE
    browser.get_by_role("button", name="Undo").click()
    expect(browser.locator(".change")).to_have_count(2)
    assert decided(deleted) == Decision.NONE
    card(browser, deleted).focus()
    press(browser, "x")
    expect(browser.locator(".change")).to_have_count(1)

    # What was rewritten is found again by a person, and the evidence stays.
    press(browser, "j")
    press(browser, "e")
    expect(card(browser, rewritten)).to_be_visible()
    card(browser, rewritten).locator("[data-edit]").click()
    expect(browser.locator("#editor .editor-panel")).to_be_visible()
    browser.wait_for_load_state()
    select(browser, REPAIRED)
    toolbar(browser, "Add to open one")
    expect(card(browser, rewritten).locator("ins").first).to_be_visible()
    expect(browser.get_by_text("1 marked passage is not in this text")).to_be_visible()
    assert decided(rewritten) == Decision.ADJUSTED
    kept = Anchor.objects.get(annotation=rewritten, revision__number=1)
    assert kept.fragments.get().exact == REWRITTEN
    browser.goto("/projects/spill/changes/")
    expect(browser.get_by_text("Nothing waits for a decision.")).to_be_visible()

    # Readers without an account learn of it.
    article = Article.objects.get(url__endswith="/ferry")
    reader = open_page()
    for annotation, told in (
        (changed, "Changed by the article on"),
        (deleted, "No longer in the article since"),
        (rewritten, "Changed by the article on"),
    ):
        link = share(Subject(seat_in(world.bob, world.project), article, annotation), world.bob)
        reader.goto(f"/share/{link.code}/")
        expect(reader.get_by_text(told)).to_be_visible()
    reader.get_by_role("link", name="As it was marked").click()
    expect(reader.get_by_text("An earlier text:")).to_be_visible()
    expect(reader.locator("#text mark", has_text=REWRITTEN)).to_be_visible()


def test_a_lost_passage_is_reached_on_a_phone(
    open_page: OpenPage, world: World, site: Website
) -> None:
    browser = open_page(world.bob)
    add(browser, site.page("/ferry", page(AGROUND + TIDE + CREW)))
    deleted = mark(browser, DELETED, "Denial")
    site.page("/ferry", page(CORRECTED))
    Revision.objects.update(fetched_at=timezone.now() - timedelta(hours=1))
    browser.get_by_role("button", name="Fetch again").click()
    phone = open_page(world.bob, 390, touch=True)
    phone.goto(f"/projects/spill/articles/{deleted.article_id}/")
    expect(card(phone, deleted)).to_be_hidden()
    phone.locator(".lost a").tap()
    expect(card(phone, deleted)).to_be_visible()
    expect(card(phone, deleted)).to_contain_text("No longer in the article since")
    phone.keyboard.press("Escape")
    expect(card(phone, deleted)).to_be_hidden()
    phone.locator(".lost a").tap()
    expect(card(phone, deleted)).to_be_visible()
