"""Editing in a real browser: names, claims, answers, extents, deletion, and a second editor."""

import pytest
from playwright.sync_api import Locator, Page, expect

from annotations.models import Annotation, Speaker
from annotations.services.editing import edit
from tests.browser.conftest import OpenPage, World
from tests.browser.selecting import drag, editor_opens, exact, only, toolbar
from tests.factories import fields_of, make_mark

CLAIM = "That the works poisoned the river"


def opened(page: Page, annotation: Annotation) -> Locator:
    """The editor of an annotation, opened from its card."""
    page.locator(f"#c-{annotation.pk}").click()
    page.locator(f"#c-{annotation.pk} [data-edit]").click()
    expect(page.locator("#editor .editor-panel")).to_have_attribute(
        "data-annotation", str(annotation.pk)
    )
    expect(page.get_by_label("Speakers")).to_be_focused()
    return page.locator("#editor")


def saved(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    expect(page.locator("#editor .editor-panel")).to_have_count(0)


def speakers(annotation: Annotation) -> list[str]:
    found = annotation.attributions.filter(role="speaker").order_by("position")
    return [str(one.speaker) for one in found]


@pytest.fixture
def page(open_page: OpenPage, world: World) -> Page:
    """The article as Bob reads it."""
    page = open_page(world.bob)
    page.goto(world.path)
    return page


def mark(world: World, words: str, kind: str = "quote", **fields: object) -> Annotation:
    return make_mark(world.project, world.article, words, kind, world.bob, **fields)


def test_names_are_completed_or_taken_as_typed(page: Page, world: World) -> None:
    for name in ("Ida Voss", "Mira Okonjo", "The works"):
        Speaker.objects.create(project=world.project, name=name)
    drag(page, "“Nothing leaked,”")
    toolbar(page, "Quote")
    editor_opens(page, "Quote")
    page.keyboard.type("okon")
    expect(page.get_by_role("option")).to_have_text(["Mira Okonjo"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Speakers")).to_have_value("Mira Okonjo")
    page.keyboard.type("; Per Lund; id")
    page.get_by_role("option", name="Ida Voss").click()
    expect(page.get_by_label("Speakers")).to_have_value("Mira Okonjo; Per Lund; Ida Voss")
    saved(page)
    assert speakers(only()) == ["Mira Okonjo", "Per Lund", "Ida Voss"]
    assert Speaker.objects.count() == 4
    expect(page.locator(".card-who")).to_have_text("Mira Okonjo, Per Lund and Ida Voss")


def test_enter_takes_the_last_speaker_and_then_saves(page: Page, world: World) -> None:
    mark(world, "“Nothing leaked,”", speakers=["Mira Okonjo"])
    drag(page, "“not a drop.”")
    toolbar(page, "Quote")
    editor_opens(page, "Quote")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Speakers")).to_have_value("Mira Okonjo")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert speakers(Annotation.objects.latest("created_at")) == ["Mira Okonjo"]


def test_every_field_can_be_filled_in(page: Page, world: World) -> None:
    editor = opened_new(page, "The works poisoned the river", "Allegation")
    editor.get_by_label("Speakers").fill("Ida Voss")
    editor.get_by_label("Against").fill("The works")
    editor.get_by_label("Claim").first.fill(CLAIM)
    editor.get_by_label("How much of it").first.select_option("Part of it")
    editor.get_by_label("Which part").first.fill("in spring")
    editor.get_by_label("Paraphrase").check()
    editor.get_by_label("Note", exact=True).fill("Ask her.")
    editor.get_by_label("Show the note to readers").check()
    editor.get_by_text("More: on behalf of").click()
    editor.get_by_label("On behalf of").fill("The fishers")
    editor.get_by_label("Relayed by").fill("A radio")
    editor.get_by_label("Cue").fill("said")
    editor.get_by_label("Said on").fill("2026-02-27")
    editor.get_by_label("Unsure: the annotator has doubts").check()
    saved(page)
    card = page.locator(".card")
    expect(card.locator(".card-who")).to_have_text("Ida Voss, for The fishers against The works")
    expect(card.locator(".card-claim")).to_have_text(f"alleges {CLAIM} (part of it: in spring)")
    facts = "Paraphrase · “said” · relayed by A radio · said on 27 February 2026 · Unsure · Bob"
    expect(card.locator(".card-facts")).to_have_text(facts)
    expect(card.locator(".card-note")).to_have_text("Ask her.")
    expect(page.locator("#summary")).to_contain_text("No denial recorded in this project")


def opened_new(page: Page, words: str, kind: str) -> Locator:
    drag(page, words)
    toolbar(page, kind)
    editor_opens(page, kind)
    return page.locator("#editor")


def test_the_kind_can_be_changed_while_editing(page: Page, world: World) -> None:
    mark(world, "The works poisoned the river", "allegation", speakers=["Ida Voss"])
    denial = mark(world, "The works denied that anything had leaked")
    page.reload()
    editor = opened(page, denial)
    editor.get_by_label("Speakers").fill("The works")
    editor.get_by_label("Denial").check()
    editor.get_by_label("Ida Voss: The works poisoned the river").check()
    expect(editor.get_by_label("Speakers")).to_have_value("The works")
    saved(page)
    denial.refresh_from_db()
    assert denial.kind == "denial"
    assert denial.claim_links.count() == 1
    expect(page.locator("#kinds")).to_contain_text("1 denial")


def test_words_are_added_and_taken_away(page: Page, world: World) -> None:
    annotation = mark(world, "“Nothing leaked,”")
    page.reload()
    opened(page, annotation)
    drag(page, "“not a drop.”")
    toolbar(page, "Add to open one")
    words = page.locator("#editor blockquote")
    expect(words).to_have_text("“Nothing leaked,” […] “not a drop.”")
    assert exact(annotation) == ["“Nothing leaked,”", "“not a drop.”"]
    drag(page, "“Nothing")
    toolbar(page, "Take away")
    expect(words).to_have_text("leaked,” […] “not a drop.”")
    assert "".join(page.locator("mark.on").all_text_contents()) == "leaked,”“not a drop.”"


def test_unsaved_words_are_not_thrown_away(page: Page, world: World) -> None:
    first, _ = mark(world, "Ida Voss"), mark(world, "Mira Okonjo")
    page.reload()
    editor = opened(page, first)
    note = editor.get_by_label("Note", exact=True)
    note.fill("Typed, not saved.")
    page.locator("mark", has_text="Mira Okonjo").click()
    page.keyboard.press("e")
    expect(page.get_by_role("status")).to_contain_text("Save what you typed first")
    drag(page, "Zoë")
    toolbar(page, "Quote")
    expect(note).to_have_value("Typed, not saved.")
    assert Annotation.objects.count() == 2
    editor.get_by_role("link", name="Close").click()
    expect(editor.locator(".save-problem")).to_contain_text("Not saved yet")
    expect(note).to_have_value("Typed, not saved.")
    editor.get_by_role("link", name="Close").click()
    expect(editor.locator(".editor-panel")).to_have_count(0)


def test_escape_closes_the_editor_first(page: Page, world: World) -> None:
    annotation = mark(world, "Ida Voss")
    page.reload()
    editor = opened(page, annotation)
    page.keyboard.press("Escape")
    expect(editor.locator(".editor-panel")).to_have_count(0)
    expect(page.locator(".card.on")).to_have_count(1)
    expect(page.locator(f"[id='a-{annotation.pk}']")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".card.on")).to_have_count(0)


def test_deleted_and_undone(page: Page, world: World) -> None:
    annotation = mark(world, "Ida Voss", speakers=["Ida Voss"])
    page.reload()
    editor = opened(page, annotation)
    editor.get_by_role("button", name="Delete this annotation").click()
    expect(page.get_by_role("status")).to_contain_text("Deleted.")
    expect(page.locator(".card")).to_have_count(0)
    expect(page.locator("#text mark")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Brought back.")
    expect(page.locator(".card")).to_contain_text("Ida Voss")
    assert only().deleted_at is None


def test_a_mistake_is_said_beside_its_field(page: Page, world: World) -> None:
    editor = opened_new(page, "Ida Voss", "Quote")
    editor.get_by_label("Note", exact=True).fill("Kept.")
    editor.get_by_label("Speakers").fill("x" * 201)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(editor.locator(".errorlist")).to_contain_text("too long for a name")
    expect(editor.get_by_label("Note", exact=True)).to_have_value("Kept.")
    expect(editor.get_by_label("Speakers")).to_be_focused()
    editor.get_by_label("Speakers").fill("Ida")
    saved(page)


def test_a_second_editor_is_shown_both_and_loses_nothing(
    page: Page, open_page: OpenPage, world: World
) -> None:
    annotation = mark(world, "Ida Voss")
    other = open_page(world.alice)
    for reader in (page, other):
        reader.goto(world.path)
        opened(reader, annotation)
    page.get_by_label("Speakers").fill("Ida Voss")
    page.get_by_label("Note", exact=True).fill("Bob’s note.")
    saved(page)
    other.get_by_label("Speakers").fill("Mira Okonjo")
    other.get_by_role("button", name="Save", exact=True).click()
    conflict = other.get_by_role("alert").filter(has_text="Not saved: Bob changed")
    expect(conflict).to_be_visible()
    expect(conflict.get_by_role("row", name="Speakers Ida Voss Mira Okonjo")).to_be_visible()
    expect(conflict.get_by_role("row", name="Note Bob’s note. —")).to_be_visible()
    expect(other.get_by_label("Speakers")).to_have_value("Mira Okonjo")
    assert speakers(annotation) == ["Ida Voss"]
    saved(other)
    assert speakers(annotation) == ["Mira Okonjo"]


def test_the_history_shows_the_change(page: Page, world: World) -> None:
    annotation = mark(world, "Ida Voss", note="First.")
    edit(annotation.pk, 2, fields_of(annotation, note="Second."), world.bob)
    page.goto(world.path)
    page.locator(f"#c-{annotation.pk}").click()
    page.locator(f"#c-{annotation.pk}").get_by_role("link", name="History").click()
    expect(page.get_by_role("row", name="Note First. Second.")).to_be_visible()
