"""Reading in a real browser: with and without script, wide and narrow."""

from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Annotation
from reader.models import Readers
from tests.browser.conftest import OpenPage, World
from tests.factories import make_article, make_mark

CLAIM = "That the works poisoned the river"

BOXES = """
() => [...document.querySelectorAll("#cards .card")].map((card) => {
  const box = card.getBoundingClientRect();
  const ref = document.getElementById(`a-${card.id.slice(2)}`).getBoundingClientRect();
  return { n: card.dataset.n, on: card.classList.contains("on"), top: box.top, bottom: box.bottom,
    left: box.left, height: box.height, wish: ref.top,
    visible: card.checkVisibility({ visibilityProperty: true }) };
})
"""

SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def marked(world: World) -> World:
    """The article with an answered allegation and overlapping marks."""
    project, article, bob = world.project, world.article, world.bob
    make_mark(
        project,
        article,
        "The works poisoned the river",
        "allegation",
        bob,
        speakers=["Ida Voss"],
        targets=["The works"],
        claims=[CLAIM],
    )
    make_mark(project, article, "poisoned the river, said Ida Voss", "quote", bob, note="Secret.")
    make_mark(
        project,
        article,
        "The works denied that anything had leaked",
        "denial",
        bob,
        speakers=["The works"],
        claims=[CLAIM],
    )
    return world


def many(world: World, number: int) -> None:
    """Annotations all over the text, most of them at its beginning."""
    words = ["The tank", "The works", "river", "Ida Voss", "fisher", "Nobody", "Mira", "empty"]
    for n in range(number):
        kind = ("quote", "allegation", "denial")[n % 3]
        make_mark(
            world.project,
            world.article,
            words[n % len(words)],
            kind,
            world.bob,
            speakers=[f"Speaker {n}"],
            claims=[CLAIM] if n % 2 else [],
        )


def number_of(page: Page, annotation: Annotation) -> str:
    return page.locator(f"#c-{annotation.pk}").get_attribute("data-n") or ""


def test_without_script_everything_can_be_read(open_page: OpenPage, marked: World) -> None:
    page = open_page(script=False)
    page.goto(marked.path)
    expect(page.get_by_role("heading", name="A tank by the river")).to_be_visible()
    assert page.locator("#text").text_content() == marked.text
    summary = page.locator("#summary")
    expect(summary).to_contain_text("Ida Voss against The works")
    expect(summary).to_contain_text("The works denies")
    expect(page.locator("#cards .card")).to_have_count(3)
    for card in page.locator("#cards .card").all():
        expect(card).to_be_visible()
    expect(page.get_by_text("Secret.")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_kinds_can_be_switched_off(open_page: OpenPage, marked: World, script: bool) -> None:
    page = open_page(script=script)
    page.goto(marked.path)
    page.get_by_role("checkbox", name="1 quote").uncheck()
    expect(page.locator(".card.quote")).to_be_hidden()
    expect(page.locator('.ref[data-k="quote"]')).to_be_hidden()
    expect(page.locator(".card.allegation")).to_be_visible()
    line = page.locator('mark[data-k="quote"]').first
    assert line.evaluate("(mark) => getComputedStyle(mark).backgroundImage") == "none, none, none"
    page.get_by_role("checkbox", name="1 quote").check()
    expect(page.locator(".card.quote")).to_be_visible()


def test_a_permalink_scrolls_to_the_passage_and_lights_it(
    open_page: OpenPage, marked: World
) -> None:
    denial = Annotation.objects.get(kind="denial")
    page = open_page()
    page.set_viewport_size({"width": 1280, "height": 400})
    page.goto(f"/annotations/{denial.pk}/")
    lit = page.locator("mark.on")
    expect(lit).to_have_text("The works denied that anything had leaked")
    expect(lit).to_be_in_viewport()
    expect(page.locator(f"#c-{denial.pk}.on")).to_be_in_viewport()


def test_a_permalink_without_script_goes_to_the_passage(open_page: OpenPage, marked: World) -> None:
    denial = Annotation.objects.get(kind="denial")
    page = open_page(script=False)
    page.set_viewport_size({"width": 1280, "height": 400})
    page.goto(f"/annotations/{denial.pk}/")
    expect(page.locator(f"[id='a-{denial.pk}']")).to_be_in_viewport()


@pytest.mark.parametrize("number", [3, 30])
def test_cards_stand_beside_their_passages_and_never_overlap(
    open_page: OpenPage, world: World, number: int
) -> None:
    many(world, number)
    page = open_page()
    page.goto(world.path)
    expect(page.locator("#cards.placed")).to_be_visible()

    def check() -> list[dict]:
        boxes = page.evaluate(BOXES)
        assert len(boxes) == number
        assert all(box["visible"] and box["height"] > 20 for box in boxes)
        for one, other in combinations(boxes, 2):
            assert one["bottom"] <= other["top"] or other["bottom"] <= one["top"], (one, other)
        return boxes

    boxes = check()
    assert boxes[0]["top"] == pytest.approx(boxes[0]["wish"], abs=2)
    right = page.locator("#text").bounding_box()
    assert right
    assert all(box["left"] >= right["x"] + right["width"] for box in boxes)
    # The active card stands exactly beside its passage, wherever the others have to go.
    for n in (1, number // 2, number):
        page.locator(f'.ref[data-n="{n}"]').click()
        (on,) = [box for box in check() if box["on"]]
        assert on["n"] == str(n)
        assert on["top"] == pytest.approx(on["wish"], abs=2)


def test_a_mark_and_its_card_are_lit_together(open_page: OpenPage, marked: World) -> None:
    page = open_page()
    page.goto(marked.path)
    page.locator("mark", has_text="The works denied").click()
    expect(page.locator(".card.on")).to_have_count(1)
    expect(page.locator(".card.on")).to_contain_text("denied that anything")
    page.locator(".card.allegation").click()
    lit = page.locator("mark.on")
    assert "".join(lit.all_text_contents()) == "The works poisoned the river"
    page.keyboard.press("Escape")
    expect(page.locator(".on")).to_have_count(0)


def test_on_a_phone_a_tap_opens_the_sheet(open_page: OpenPage, marked: World) -> None:
    page = open_page(width=390, touch=True)
    page.goto(marked.path)
    expect(page.locator("#cards")).to_be_hidden()
    page.locator("mark", has_text="The works denied").tap()
    sheet = page.locator("#cards")
    expect(sheet).to_be_visible()
    expect(sheet.locator(".card:visible")).to_have_count(1)
    expect(sheet.locator(".card:visible")).to_contain_text("denied that anything")
    mark, foot = page.locator("mark.on").bounding_box(), sheet.bounding_box()
    assert mark and foot
    assert mark["y"] + mark["height"] <= foot["y"]
    page.get_by_role("heading", name="The tank").tap()
    expect(sheet).to_be_hidden()


def test_on_a_phone_overlapping_marks_list_all(open_page: OpenPage, marked: World) -> None:
    page = open_page(width=390, touch=True)
    page.goto(marked.path)
    page.locator('mark[data-k="allegation quote"]').first.tap()
    cards = page.locator("#cards .card:visible")
    expect(cards).to_have_count(2)
    expect(cards.nth(0)).to_contain_text("Allegation")
    expect(cards.nth(1)).to_contain_text("Quote")


@pytest.mark.parametrize("member", [False, True])
def test_nothing_scrolls_sideways(open_page: OpenPage, world: World, member: bool) -> None:
    many(world, 6)
    page = open_page(world.bob if member else None)
    page.goto(world.path)
    for width in (1280, 1088, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "touch"), [(1280, False), (390, True)])
@pytest.mark.parametrize("member", [False, True])
def test_nothing_jumps_while_the_page_loads(
    open_page: OpenPage, world: World, width: int, touch: bool, member: bool
) -> None:
    many(world, 30)
    page = open_page(world.bob if member else None, width, touch=touch)
    page.add_init_script(SHIFTS)
    page.goto(world.path, wait_until="networkidle")
    if width == 1280:
        expect(page.locator("#cards.placed.settled")).to_be_visible()
    assert page.evaluate("shifted") < 0.02


def test_passages_only(open_page: OpenPage, marked: World) -> None:
    marked.project.readers_see = Readers.PASSAGES
    marked.project.save()
    page = open_page()
    page.goto(marked.path)
    expect(page.get_by_text("Marked passages only")).to_be_visible()
    expect(page.locator(".excerpt")).to_have_count(2)
    assert "second tank" not in page.locator("#text").inner_text()
    page.locator("mark", has_text="The works denied").click()
    expect(page.locator(".card.on")).to_contain_text("denied that anything")


def test_a_screen_reader_hears_where_a_mark_begins_and_ends(
    open_page: OpenPage, marked: World
) -> None:
    page = open_page()
    page.goto(marked.path)
    expect(page.get_by_role("link", name="Denial 3: The works", exact=True)).to_have_count(1)
    end = page.locator('mark[data-k="denial"]').evaluate(
        "(mark) => getComputedStyle(mark, '::after').content"
    )
    assert "end of denial 3" in end


def test_an_answer_in_another_article_can_be_opened(open_page: OpenPage, marked: World) -> None:
    other = make_article(marked.project, "We never did, said the mayor.", title="The mayor speaks")
    make_mark(
        marked.project,
        other,
        "We never did",
        "denial",
        marked.bob,
        speakers=["The mayor"],
        claims=[CLAIM],
    )
    page = open_page()
    page.goto(marked.path)
    page.locator("#summary").get_by_role("link", name="We never did").click()
    expect(page.get_by_role("heading", name="The mayor speaks")).to_be_visible()
    expect(page.locator("mark.on")).to_have_text("We never did")


def test_the_summary_is_whole_when_printed(open_page: OpenPage, marked: World) -> None:
    page = open_page()
    page.goto(marked.path)
    page.emulate_media(media="print")
    expect(page.locator("#summary")).to_be_visible()
    expect(page.locator(".masthead")).to_be_hidden()
    expect(page.locator("#kinds")).to_be_hidden()
    words = page.locator("#summary p.words").first
    assert words.evaluate("(p) => getComputedStyle(p).overflow") == "visible"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_mark_that_an_address_names_keeps_its_letter(
    open_page: OpenPage, marked: World, scheme: str
) -> None:
    page = open_page(scheme=scheme)
    alleged = Annotation.objects.get(kind="allegation")
    page.goto(f"{marked.path}#a-{alleged.pk}")
    letter = page.locator(f"[id='a-{alleged.pk}']").evaluate(
        """mark => {
          const style = getComputedStyle(mark, "::before");
          return [style.content, style.color, style.backgroundColor];
        }"""
    )
    assert letter[0] == '"A"'
    assert letter[1] != letter[2]
