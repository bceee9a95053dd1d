"""The editor's fields that depend on what is typed or chosen in the others."""

from playwright.sync_api import Page, expect

from annotations.models import Kind
from tests.browser.conftest import OpenPage, World
from tests.factories import make_mark

ALLEGATION = "The works poisoned the river"
DENIAL = "The works denied that anything had leaked"


def opened(open_page: OpenPage, world: World, words: str) -> Page:
    """Bob's page, with the editor of the annotation on these words open."""
    page = open_page(world.bob)
    page.goto(world.path)
    page.locator("mark", has_text=words).click()
    page.keyboard.press("e")
    expect(page.get_by_label("Speakers")).to_be_focused()
    return page


def test_a_speaker_typed_for_a_denial_takes_away_only_what_is_theirs(
    open_page: OpenPage, world: World
) -> None:
    make_mark(world.project, world.article, ALLEGATION, Kind.ALLEGATION, speakers=["Ida Voss"])
    denial = make_mark(world.project, world.article, DENIAL, Kind.DENIAL, by=world.bob)
    page = opened(open_page, world, DENIAL)
    offered = page.locator("#offers .offer-pick").filter(has_text=ALLEGATION)
    expect(offered).to_have_count(1)

    page.keyboard.type("Ida Voss")
    page.keyboard.press("Tab")
    expect(offered).to_have_count(0)
    page.get_by_label("Speakers").fill("Mira Okonjo")
    page.keyboard.press("Tab")
    expect(offered).to_have_count(1)

    offered.click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#messages")).to_contain_text("Saved.")
    denial.refresh_from_db()
    assert [one.speaker.name for one in denial.attributions.all()] == ["Mira Okonjo"]
    assert denial.claim_links.count() == 1


def test_the_accused_are_completed_too_after_the_kind_was_changed(
    open_page: OpenPage, world: World
) -> None:
    make_mark(world.project, world.article, "Nobody at the works", speakers=["Mira Okonjo"])
    make_mark(world.project, world.article, ALLEGATION, by=world.bob)
    page = opened(open_page, world, ALLEGATION)
    page.get_by_role("radio", name="Allegation").check()
    page.get_by_label("Against").fill("Mi")
    expect(page.get_by_role("option", name="Mira Okonjo")).to_be_visible()


def test_after_a_save_the_annotation_stays_lit_and_a_key_marks_its_words_again(
    open_page: OpenPage, world: World
) -> None:
    make_mark(world.project, world.article, ALLEGATION, by=world.bob)
    page = opened(open_page, world, ALLEGATION)
    page.keyboard.type("Ida Voss")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("Saved.")
    expect(page.locator("#cards .card.on")).to_contain_text("Ida Voss")
    expect(page.locator("#text .ref").first).to_be_focused()

    page.keyboard.press("a")
    expect(page.locator("#editor h2")).to_contain_text("Allegation")
    expect(page.get_by_label("Speakers")).to_have_value("Ida Voss")


def test_a_deletion_is_undone_with_the_next_key(open_page: OpenPage, world: World) -> None:
    make_mark(world.project, world.article, ALLEGATION, by=world.bob)
    page = opened(open_page, world, ALLEGATION)
    page.get_by_role("button", name="Delete this annotation").click()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    expect(page.locator("#text mark")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator("#text mark")).to_have_count(1)


def test_escape_in_the_editor_closes_it_though_the_sentence_cursor_is_on(
    open_page: OpenPage, world: World
) -> None:
    page = open_page(world.bob)
    page.goto(world.path)
    page.keyboard.press("c")
    page.keyboard.press("q")
    expect(page.get_by_label("Speakers")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#editor h2")).to_have_count(0)
