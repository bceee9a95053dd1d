"""Marking in a real browser: by mouse, by keyboard and by touch, to the exact code point."""

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Annotation
from tests.browser.conftest import OpenPage, World
from tests.browser.selecting import drag, editor_opens, exact, only, select, toolbar
from tests.factories import make_mark

SELECTED = "() => getSelection().toString()"


@pytest.fixture
def page(open_page: OpenPage, world: World) -> Page:
    """The article as Bob reads it."""
    page = open_page(world.bob)
    page.goto(world.path)
    return page


@pytest.mark.parametrize(
    ("kind", "words", "wording"),
    [
        ("Quote", "“Nothing leaked,”", "verbatim"),
        ("Allegation", "said Mira Okonjo, the director, “not a drop.”", "mixed"),
    ],
)
def test_by_mouse_and_button(page: Page, kind: str, words: str, wording: str) -> None:
    drag(page, words)
    toolbar(page, kind)
    editor_opens(page, kind)
    annotation = only()
    assert exact(annotation) == [words]
    assert (annotation.kind, annotation.wording) == (kind.lower(), wording)
    expect(page.locator("#cards .card.on")).to_contain_text(words)
    assert "".join(page.locator("mark.on").all_text_contents()) == words
    expect(page.get_by_role("toolbar")).to_be_hidden()


def test_by_mouse_and_key(page: Page) -> None:
    marks = [("q", "Quote", "Ida Voss"), ("a", "Allegation", "Mira"), ("d", "Denial", "Zoë")]
    for key, kind, words in marks:
        drag(page, words)
        expect(page.get_by_role("toolbar")).to_be_visible()
        page.keyboard.press(key)
        expect(page.locator("#editor blockquote")).to_have_text(words)
        assert exact(Annotation.objects.get(kind=kind.lower())) == [words]


def test_over_a_paragraphs_end(page: Page) -> None:
    words = "had told her.\n“Nothing leaked,”"
    drag(page, words)
    page.keyboard.press("q")
    editor_opens(page, "Quote")
    assert exact(only()) == [words]


def test_a_triple_click_takes_the_paragraph_and_no_more(page: Page, world: World) -> None:
    page.get_by_text("Nobody at the works had told her").click(click_count=3)
    page.keyboard.press("q")
    editor_opens(page, "Quote")
    assert exact(only()) == [
        "The works poisoned the river, said Ida Voss, a fisher. Nobody at the works had told her."
    ]


def test_the_whole_page_is_clamped_to_the_text(page: Page, world: World) -> None:
    page.locator("body").press("Control+a")
    page.keyboard.press("q")
    editor_opens(page, "Quote")
    assert exact(only()) == [world.text.strip()]


def test_offsets_are_code_points(page: Page, world: World) -> None:
    for words in (
        "Zoë 👩‍🚒😀 disagreed",
        "😀",
        "👩‍🚒",
        "😀 disagreed",
        "لم يتسرب",
        "الخزان.",
        "شيء",
    ):
        select(page, words)
        page.keyboard.press("q")
        expect(page.locator("#editor blockquote")).to_have_text(words)
        made = Annotation.objects.latest("created_at")
        assert exact(made) == [words]
        assert made.anchors.get().fragments.get().start == world.text.index(words)


def test_over_marks_that_are_there(page: Page, world: World) -> None:
    for words in ("The works poisoned", "poisoned the river", "river, said"):
        make_mark(world.project, world.article, words, "quote", world.bob)
    page.reload()
    words = "works poisoned the river, said Ida"
    drag(page, words)
    page.keyboard.press("a")
    editor_opens(page, "Allegation")
    assert exact(Annotation.objects.get(kind="allegation")) == [words]
    assert page.locator("#text").text_content() == world.text


def test_by_keyboard_alone(page: Page) -> None:
    page.keyboard.press("c")
    assert page.evaluate(SELECTED) == "The tank"
    page.keyboard.press("ArrowDown")
    sentence = "The works poisoned the river, said Ida Voss, a fisher."
    assert page.evaluate(SELECTED) == sentence
    expect(page.locator("#cursor-said")).to_have_text(sentence)
    page.keyboard.press("Shift+ArrowDown")
    assert page.evaluate(SELECTED) == f"{sentence} Nobody at the works had told her."
    page.keyboard.press("Shift+ArrowUp")
    assert page.evaluate(SELECTED) == sentence
    for _ in range(5):
        page.keyboard.press("Shift+ArrowLeft")
    assert page.evaluate(SELECTED) == "The works poisoned the river"
    page.keyboard.press("Shift+Alt+ArrowRight")
    assert page.evaluate(SELECTED) == "works poisoned the river"
    page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate(SELECTED) == "works poisoned the river, said"
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("a")
    editor_opens(page, "Allegation")
    assert exact(only()) == ["works poisoned the river"]
    page.keyboard.type("Ida Voss")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert str(only().attributions.get().speaker) == "Ida Voss"
    page.keyboard.press("c")
    assert page.evaluate(SELECTED) == "works poisoned the river"


def test_escape_leaves_the_sentence_cursor(page: Page) -> None:
    page.keyboard.press("c")
    page.keyboard.press("Escape")
    assert page.evaluate(SELECTED) == ""
    page.keyboard.press("ArrowDown")
    assert page.evaluate(SELECTED) == ""


def test_by_touch_on_a_phone(open_page: OpenPage, world: World) -> None:
    page = open_page(world.bob, 390, touch=True)
    page.goto(world.path)
    select(page, "“Nothing leaked,”")
    toolbar(page, "Quote")
    expect(page.locator("#editor h2")).to_contain_text("Quote")
    assert exact(only()) == ["“Nothing leaked,”"]
    page.get_by_label("Speakers").fill("Mira Okonjo")
    page.get_by_role("button", name="Save").tap()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert str(only().attributions.get().speaker) == "Mira Okonjo"


def test_a_tap_that_clears_the_selection_still_marks_it(open_page: OpenPage, world: World) -> None:
    page = open_page(world.bob, 390, touch=True)
    page.goto(world.path)
    select(page, "Ida Voss")
    button = page.get_by_role("toolbar").get_by_role("button", name="Denial")
    expect(button).to_be_visible()
    page.evaluate("""() => document.querySelector('[data-mark=denial]')
        .addEventListener("click", () => getSelection().removeAllRanges(), { capture: true })""")
    button.tap()
    expect(page.locator("#editor h2")).to_contain_text("Denial")
    assert exact(only()) == ["Ida Voss"]


def test_with_nothing_selected_the_person_is_told(page: Page) -> None:
    page.keyboard.press("q")
    expect(page.get_by_role("status")).to_contain_text("Select the words first")
    assert not Annotation.objects.exists()


def test_a_second_kind_is_one_key_and_copies_the_fields(page: Page, world: World) -> None:
    make_mark(
        world.project,
        world.article,
        "The works denied that anything had leaked",
        "quote",
        world.bob,
        speakers=["A spokesman"],
        cue="denied",
    )
    page.reload()
    page.locator("mark", has_text="The works denied").click()
    page.keyboard.press("d")
    editor_opens(page, "Denial")
    expect(page.get_by_label("Speakers")).to_have_value("A spokesman")
    copy = Annotation.objects.get(kind="denial")
    assert (exact(copy), copy.cue) == (["The works denied that anything had leaked"], "denied")
    expect(page.locator("#cards .card")).to_have_count(2)


def test_two_marks_in_quick_succession_are_both_made(page: Page) -> None:
    for words in ("Ida Voss", "Mira Okonjo"):
        select(page, words)
        page.keyboard.press("q")
    expect(page.locator("#cards .card")).to_have_count(2)
    assert sorted(exact(one)[0] for one in Annotation.objects.all()) == ["Ida Voss", "Mira Okonjo"]


def test_the_keys_are_listed_and_can_be_switched_off(page: Page) -> None:
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for key in ("q", "a", "d", "c", "+", "-", "n", "p", "e", "?", "Esc"):
        expect(dialog.locator("kbd", has_text=key).first).to_be_visible()
    article = page.url
    dialog.get_by_role("link", name="settings").click()
    page.get_by_label("Keys of a single letter do something").uncheck()
    page.get_by_role("button", name="Save the settings").click()
    expect(page.get_by_role("status")).to_contain_text("saved")
    page.goto(article)
    drag(page, "Ida Voss")
    expect(page.get_by_role("toolbar")).to_be_visible()
    page.keyboard.press("a")
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    toolbar(page, "Denial")
    editor_opens(page, "Denial")
    assert only().kind == "denial"


def test_n_and_p_go_from_one_to_the_next(page: Page, world: World) -> None:
    for words in ("The works poisoned", "Mira Okonjo", "The second tank"):
        make_mark(world.project, world.article, words, by=world.bob)
    page.reload()
    lit = page.locator("#cards .card.on .card-words")
    for key, words in (
        ("n", "The works poisoned"),
        ("n", "Mira Okonjo"),
        ("n", "The second tank"),
        ("n", "The works poisoned"),
        ("p", "The second tank"),
    ):
        page.keyboard.press(key)
        expect(lit).to_have_text(words)
        expect(page.locator("mark.on")).to_be_in_viewport()
    page.keyboard.press("e")
    expect(page.locator("#editor h2")).to_be_visible()
    expect(page.locator("#editor blockquote")).to_have_text("The second tank")
