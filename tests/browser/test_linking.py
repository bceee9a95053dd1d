"""Linking an allegation or a denial to a claim: by keyboard, by touch, and without JavaScript."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from annotations.models import Annotation, Claim, ClaimLink, Speaker
from tests.browser.conftest import OpenPage, World
from tests.browser.selecting import drag, editor_opens, toolbar
from tests.factories import make_mark

ALLEGED = "The works poisoned the river"
NEARER = "A spokesman repeated it"
DENIED = "The works denied that anything had leaked"
POISONED = "That the works poisoned the river"
NEW = f"That {ALLEGED}"
LEAKED = "That oil leaked from the second tank"


def mark(world: World, words: str, kind: str = "allegation", **fields: object) -> Annotation:
    return make_mark(world.project, world.article, words, kind, world.bob, **fields)


def claim(world: World, statement: str) -> Claim:
    return Claim.objects.create(project=world.project, statement=statement)


def link_of(annotation: Annotation) -> ClaimLink:
    return ClaimLink.objects.select_related("claim").get(annotation=annotation)


def offers(page: Page) -> Locator:
    return page.locator("#offers .offer-pick")


def saved(page: Page) -> None:
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    expect(page.locator("#editor .editor-panel")).to_have_count(0)


def opened(page: Page, world: World, annotation: Annotation) -> Page:
    page.goto(f"{world.path}?edit={annotation.pk}#a-{annotation.pk}")
    expect(page.get_by_label("Speakers")).to_be_focused()
    return page


class Held:
    """Answers of the server that come when the test says so."""

    def __init__(self, page: Page, pattern: str) -> None:
        self._page, self._pattern = page, pattern
        self._routes: list[Route] = []
        page.route(pattern, self._hold)

    def _hold(self, route: Route) -> None:
        self._routes.append(route)

    @property
    def number(self) -> int:
        return len(self._routes)

    def wait_for(self, number: int) -> None:
        """Wait until so many are held back."""
        for _ in range(100):
            if self.number >= number:
                return
            self._page.wait_for_timeout(50)
        raise AssertionError(f"{self.number} of {number} requests")

    def answer(self) -> None:
        """Let the oldest go, and wait until its answer has been dealt with."""
        with self._page.expect_response(self._pattern):
            self._routes.pop(0).continue_()
        self._page.wait_for_timeout(100)


def held(page: Page) -> Held:
    return Held(page, "**/edit/offers/")


def test_a_denial_is_linked_to_an_allegation_by_keyboard(open_page: OpenPage, world: World) -> None:
    alleged = mark(world, ALLEGED, speakers=["Ida Voss"])
    mark(world, NEARER, speakers=["A spokesman"])
    claim(world, LEAKED)
    page = open_page(world.bob)
    page.goto(world.path)
    drag(page, DENIED)
    page.keyboard.press("d")
    editor_opens(page, "Denial")
    for n, words in enumerate(["A spokesman:", f"Ida Voss: {ALLEGED}", LEAKED]):
        expect(offers(page).nth(n)).to_contain_text(words)
        expect(offers(page).nth(n).locator("kbd")).to_have_text(str(n + 1))

    page.keyboard.type("The works 2")  # in a text field, digits are digits
    expect(page.get_by_label("Speakers")).to_have_value("The works 2")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.press("Alt+2")
    picked = page.get_by_role("checkbox", name=f"Ida Voss: {ALLEGED}")
    expect(picked).to_be_checked()
    expect(picked).to_be_focused()
    page.keyboard.press("2")
    expect(picked).not_to_be_checked()
    page.keyboard.press("1")
    page.keyboard.press("1")
    page.keyboard.press("2")
    expect(picked).to_be_checked()

    page.keyboard.press("Tab")
    page.keyboard.type("Part")
    page.keyboard.press("Tab")
    page.keyboard.type("in spring")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    saved(page)

    denial = Annotation.objects.get(kind="denial")
    link = link_of(denial)
    assert link.claim == link_of(alleged).claim
    assert (link.scope, link.part, link.unsure) == ("part", "in spring", True)
    assert [str(one.speaker) for one in denial.attributions.all()] == ["The works"]
    expect(page.locator("#summary .answered").first).to_contain_text("The works denies")


def test_an_allegation_is_offered_claims_like_it_and_a_new_one(
    open_page: OpenPage, world: World
) -> None:
    known = claim(world, "That the river was poisoned by the works")
    claim(world, "That the mayor burned the ledger")
    page = open_page(world.bob)
    page.goto(world.path)
    drag(page, ALLEGED)
    toolbar(page, "Allegation")
    editor_opens(page, "Allegation")
    expect(offers(page)).to_have_count(2)
    expect(offers(page).nth(0)).to_contain_text(known.statement)
    expect(offers(page).nth(1)).to_contain_text("A new claim, in these words:")
    expect(offers(page).nth(1)).to_contain_text(NEW)
    page.keyboard.press("Alt+2")
    new = page.locator(".offer-how").get_by_label("Claim")
    expect(new).to_have_value(NEW)
    new.fill("That the works poisoned the Lenne")
    page.keyboard.press("Control+Enter")
    saved(page)
    assert link_of(Annotation.objects.get()).claim.statement == "That the works poisoned the Lenne"


def test_typing_finds_claims_and_a_pick_takes_the_place_of_what_was_typed(
    open_page: OpenPage, world: World
) -> None:
    mark(world, NEARER, speakers=["A spokesman"])
    denial = mark(world, DENIED, "denial", speakers=["The works"])
    wanted = claim(world, LEAKED)
    page = opened(open_page(world.bob), world, denial)
    page.get_by_role("checkbox", name="A spokesman").check()
    field = page.locator(".claim-text").get_by_label("Claim")
    field.press_sequentially("second tan")
    expect(page.get_by_text("Claims like this")).to_be_visible()
    expect(page.get_by_role("checkbox", name="A spokesman")).to_be_checked()
    expect(field).to_be_focused()
    page.get_by_role("checkbox", name=LEAKED).check()
    expect(field).to_have_value("")
    page.get_by_role("button", name="Save", exact=True).click()
    saved(page)
    assert ClaimLink.objects.filter(annotation=denial).count() == 2
    assert ClaimLink.objects.filter(annotation=denial, claim=wanted).exists()


def test_what_is_typed_and_not_known_becomes_a_claim(open_page: OpenPage, world: World) -> None:
    claim(world, LEAKED)
    denial = mark(world, DENIED, "denial")
    page = opened(open_page(world.bob), world, denial)
    field = page.locator(".claim-text").get_by_label("Claim")
    field.press_sequentially("That pigs fly")
    expect(page.get_by_text("No claim is like this yet")).to_be_visible()
    field.fill(LEAKED.upper())
    page.get_by_role("button", name="Save", exact=True).click()
    saved(page)
    assert link_of(denial).claim.statement == LEAKED


def test_the_deniers_own_allegations_are_never_offered_under_no_name(
    open_page: OpenPage, world: World
) -> None:
    mark(world, ALLEGED, speakers=["Ida Voss"])
    mark(world, NEARER, speakers=["Nobody else"])
    Speaker.objects.filter(name="Ida Voss").update(aliases=["The fisher"])
    denial = mark(world, DENIED, "denial")
    page = opened(open_page(world.bob), world, denial)
    expect(offers(page)).to_have_count(2)
    page.get_by_label("Speakers").fill("the FISHER")
    page.get_by_label("Speakers").press("Tab")
    expect(offers(page)).to_have_count(1)
    expect(offers(page)).to_contain_text("Nobody else")


def test_a_late_answer_takes_nothing_from_who_is_typing(open_page: OpenPage, world: World) -> None:
    mark(world, ALLEGED, speakers=["Ida Voss"])
    mark(world, NEARER, speakers=["A spokesman"])
    denial = mark(world, DENIED, "denial")
    page = opened(open_page(world.bob), world, denial)
    answers = held(page)
    page.keyboard.type("A spokesman")
    page.keyboard.press("Alt+2")
    page.keyboard.press("Tab")
    page.keyboard.type("P")
    page.keyboard.press("Tab")
    page.keyboard.type("the spri")
    page.keyboard.press("ArrowLeft")
    answers.wait_for(1)
    answers.answer()
    page.keyboard.type("e")  # of the site's keys, the one that opens an editor
    part = page.locator("#offers").get_by_label("Which part").locator("visible=true")
    expect(part).to_be_focused()
    expect(part).to_have_value("the sprei")
    expect(offers(page)).to_have_count(2)

    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert answers.number == 0
    page.get_by_label("Note", exact=True).focus()
    answers.wait_for(1)
    answers.answer()
    # What the denier alleges themselves is offered no more; what was picked is as it was.
    expect(offers(page)).to_have_count(1)
    expect(part).to_have_value("the sprei")
    page.keyboard.press("Control+Enter")
    saved(page)
    link = link_of(denial)
    assert (link.scope, link.part, link.unsure) == ("part", "the sprei", True)


@pytest.mark.parametrize("pause", [0, 300, 1500])
def test_a_part_is_typed_whole_however_slow_the_server(
    open_page: OpenPage, world: World, pause: int
) -> None:
    mark(world, ALLEGED, speakers=["Ida Voss"])
    page = open_page(world.bob)

    def slowly(route: Route) -> None:
        page.wait_for_timeout(pause)
        route.continue_()

    page.route("**/edit/offers/", slowly)
    page.goto(world.path)
    drag(page, DENIED)
    page.keyboard.press("d")
    editor_opens(page, "Denial")
    page.keyboard.type("The works", delay=10)
    page.keyboard.press("Alt+1")
    page.keyboard.press("Tab")
    page.keyboard.type("P")
    page.keyboard.press("Tab")
    page.keyboard.type("the eastern quay", delay=90)
    page.keyboard.press("Control+Enter")
    saved(page)
    assert link_of(Annotation.objects.get(kind="denial")).part == "the eastern quay"


def test_what_an_input_method_composes_stays(open_page: OpenPage, world: World) -> None:
    mark(world, ALLEGED, speakers=["Ida Voss"])
    page = opened(open_page(world.bob), world, mark(world, DENIED, "denial"))
    answers = held(page)
    page.keyboard.type("The works")
    page.keyboard.press("Alt+1")
    page.get_by_label("How much of it").locator("visible=true").select_option("Part of it")
    part = page.get_by_label("Which part").locator("visible=true")
    part.focus()
    method = page.context.new_cdp_session(page)
    composed = {"selectionStart": 1, "selectionEnd": 1}
    method.send("Input.imeSetComposition", {"text": "は", **composed})
    answers.wait_for(1)
    answers.answer()
    method.send("Input.imeSetComposition", {"text": "はる", **composed})
    method.send("Input.insertText", {"text": "春"})
    expect(part).to_be_focused()
    expect(part).to_have_value("春")


def test_what_was_picked_while_the_answer_was_on_its_way_stays(
    open_page: OpenPage, world: World
) -> None:
    mark(world, ALLEGED, speakers=["Ida Voss"])
    mark(world, NEARER, speakers=["A spokesman"])
    page = opened(open_page(world.bob), world, mark(world, DENIED, "denial"))
    answers = held(page)
    page.keyboard.type("A spokesman")
    page.keyboard.press("Tab")
    answers.wait_for(1)
    picked = page.get_by_role("checkbox", name="A spokesman")
    picked.check()
    page.get_by_label("Note", exact=True).focus()
    answers.answer()
    expect(picked).to_be_checked()
    answers.wait_for(1)
    answers.answer()
    # It stays among what is offered, though it is the denier's own.
    expect(picked).to_be_checked()
    expect(page.get_by_text("Picked")).to_be_visible()


def test_an_offer_does_not_move_under_a_press(open_page: OpenPage, world: World) -> None:
    mark(world, ALLEGED, speakers=["Ida Voss"])
    mark(world, NEARER, speakers=["A spokesman"])
    page = opened(open_page(world.bob), world, mark(world, DENIED, "denial"))
    answers = held(page)
    page.keyboard.type("A spokesman")
    offers(page).nth(1).hover()
    page.mouse.down()
    answers.wait_for(1)
    answers.answer()
    page.mouse.up()
    expect(page.get_by_role("checkbox", name="Ida Voss")).to_be_checked()


def test_another_kind_takes_nothing_from_who_is_typing(open_page: OpenPage, world: World) -> None:
    page = opened(open_page(world.bob), world, mark(world, DENIED, "denial"))
    answers = Held(page, "**/edit/by-kind/")
    page.get_by_role("radio", name="Allegation").check()
    answers.wait_for(1)
    field = page.locator(".claim-text").get_by_label("Claim")
    field.press_sequentially("That ")
    answers.answer()
    page.keyboard.type("pigs fly")
    expect(field).to_have_value("That pigs fly")
    page.get_by_label("Note", exact=True).focus()
    answers.wait_for(1)
    answers.answer()
    expect(page.get_by_label("Against")).to_be_visible()
    expect(field).to_have_value("That pigs fly")


def test_single_keys_can_be_off_and_alt_still_picks(open_page: OpenPage, world: World) -> None:
    world.bob.shortcuts = False
    world.bob.save()
    mark(world, ALLEGED, speakers=["Ida Voss"])
    denial = mark(world, DENIED, "denial")
    page = opened(open_page(world.bob), world, denial)
    box = page.get_by_role("checkbox", name="Ida Voss")
    page.locator("#editor").focus()
    page.keyboard.press("1")
    expect(box).not_to_be_checked()
    page.keyboard.press("Alt+1")
    expect(box).to_be_checked()


def test_by_touch(open_page: OpenPage, world: World) -> None:
    alleged = mark(world, ALLEGED, speakers=["Ida Voss"], claims=[POISONED])
    denial = mark(world, DENIED, "denial")
    page = opened(open_page(world.bob, width=390, touch=True), world, denial)
    offers(page).first.tap()
    page.locator(".offer").get_by_label("How much of it").select_option("Another version of events")
    page.get_by_role("button", name="Save", exact=True).tap()
    saved(page)
    assert link_of(denial).claim == link_of(alleged).claim
    assert link_of(denial).scope == "other_version"


def test_nothing_picked_is_nothing_unsaved(open_page: OpenPage, world: World) -> None:
    mark(world, ALLEGED, speakers=["Ida Voss"])
    denial = mark(world, DENIED, "denial")
    page = opened(open_page(world.bob), world, denial)
    page.keyboard.press("Alt+1")
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    expect(page.locator("#editor .editor-panel")).to_have_count(0)


@pytest.mark.parametrize("kind", ["denial", "allegation"])
def test_without_javascript(open_page: OpenPage, world: World, kind: str) -> None:
    alleged = mark(world, ALLEGED, speakers=["Ida Voss"], claims=[POISONED])
    other = mark(world, DENIED, kind)
    page = open_page(world.bob, script=False)
    page.goto("/projects/spill/unlinked/")
    page.get_by_role("link", name="Link it").click()
    offer = page.locator(".offer").filter(has_text=POISONED)
    expect(offer.get_by_label("Unsure")).to_be_hidden()
    offer.get_by_role("checkbox").first.check()
    offer.get_by_label("How much of it").select_option("Part of it")
    offer.get_by_label("Which part").fill("in spring")
    offer.get_by_label("Unsure").check()
    page.get_by_role("button", name="Save", exact=True).click()
    link = link_of(other)
    assert link.claim == link_of(alleged).claim
    assert (link.scope, link.part, link.unsure) == ("part", "in spring", True)
    page.goto("/projects/spill/unlinked/")
    expect(page.get_by_text("Everything that is alleged or denied here")).to_be_visible()
