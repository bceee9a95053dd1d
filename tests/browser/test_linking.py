"""Linking an allegation or a denial to a claim: by keyboard, by touch, and without JavaScript."""

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation, ClaimLink, Speaker
from tests.browser.conftest import OpenPage, World
from tests.browser.linking import (
    ALLEGED,
    DENIED,
    LEAKED,
    NEARER,
    NEW,
    POISONED,
    claim,
    link_of,
    mark,
    offers,
    opened,
    saved,
)
from tests.browser.selecting import drag, editor_opens, toolbar


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

    first = offers(page).nth(0)
    page.keyboard.press("1")  # nothing is typed yet: one key picks
    expect(first.get_by_role("checkbox")).to_be_checked()
    page.keyboard.press("1")
    page.get_by_label("Speakers").focus()
    page.keyboard.type("The works 2")  # in a text field, digits are digits
    label = "node => getComputedStyle(node, '::before').content"
    assert first.locator("kbd").evaluate(label) == '"Alt+"'
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
