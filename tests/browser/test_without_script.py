"""Marking without JavaScript, from the words to the editor, the extent, deletion and return."""

from playwright.sync_api import expect

from annotations.models import Annotation
from tests.browser.conftest import OpenPage, World
from tests.browser.selecting import exact, only
from tests.factories import make_mark


def test_the_whole_way(open_page: OpenPage, world: World) -> None:
    page = open_page(world.bob, script=False)
    page.goto(world.path)

    page.get_by_text("Mark by typing the words").click()
    form = page.locator("#by-words")
    form.get_by_label("Exact words").fill("tank")
    form.get_by_label("Denial").check()
    form.get_by_role("button", name="Show where they stand").click()
    places = page.locator(".found > li")
    expect(places).to_have_count(3)
    expect(places.nth(2)).to_contain_text("The second tank is empty")

    page.get_by_label("Exact words").fill("“Nothing leaked,”  said")
    page.get_by_role("button", name="Show where they stand").click()
    page.get_by_role("button", name="Mark as denial").click()
    expect(page.get_by_role("heading", name="Edit denial")).to_be_visible()
    assert exact(only()) == ["“Nothing leaked,” said"]

    page.get_by_label("Speakers").fill("Mira Okonjo")
    page.get_by_label("Note", exact=True).fill("One.\nTwo.")
    page.get_by_label("Claim").first.fill("That something leaked")
    page.get_by_role("button", name="Save", exact=True).click()
    card = page.locator(".card.denial")
    expect(card).to_contain_text("Mira Okonjo")
    expect(card).to_contain_text("denies That something leaked")
    assert only().note == "One.\nTwo."

    card.get_by_role("link", name="Edit").click()
    page.get_by_label("Exact words").fill(" said")
    page.get_by_role("button", name="Take them away").click()
    page.get_by_role("button", name="Take these words away").nth(1).click()
    assert exact(only()) == ["“Nothing leaked,”"]

    page.get_by_label("Exact words").fill("“not a drop.”")
    page.get_by_role("button", name="Add them").click()
    page.get_by_role("button", name="Add these words").click()
    assert exact(only())[1:] == ["“not a drop.”"]

    page.get_by_role("button", name="Delete this annotation").click()
    page.get_by_label("Why is this denial deleted?").fill("It was a quote.")
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Deleted on")).to_be_visible()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator(".card.denial")).to_be_visible()
    assert only().deleted_at is None


def test_words_that_stand_nowhere_can_be_typed_again(open_page: OpenPage, world: World) -> None:
    page = open_page(world.bob, script=False)
    page.goto(f"{world.path}annotations/choose/?words=Nowhere")
    expect(page.get_by_text("don’t stand in the text exactly so")).to_be_visible()
    page.get_by_label("Exact words").fill("Ida Voss")
    page.get_by_role("button", name="Show where they stand").click()
    expect(page.get_by_role("button", name="Mark as quote")).to_be_visible()


def test_a_denial_answers_an_allegation(open_page: OpenPage, world: World) -> None:
    alleged = make_mark(
        world.project,
        world.article,
        "The works poisoned the river",
        "allegation",
        world.bob,
        speakers=["Ida Voss"],
    )
    denial = make_mark(
        world.project,
        world.article,
        "The works denied",
        "denial",
        world.bob,
        speakers=["A spokesman"],
    )
    page = open_page(world.bob, script=False)
    page.goto(f"/annotations/{denial.pk}/edit/")
    page.get_by_label("Ida Voss: The works poisoned the river").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#summary .answered")).to_contain_text("A spokesman denies")
    assert denial.claim_links.get().claim == alleged.claim_links.get().claim


def test_a_conflict_shows_both_and_keeps_what_was_typed(open_page: OpenPage, world: World) -> None:
    annotation = make_mark(world.project, world.article, "Ida Voss", by=world.bob)
    page, other = open_page(world.bob, script=False), open_page(world.alice, script=False)
    for reader in (page, other):
        reader.goto(f"/annotations/{annotation.pk}/edit/")
    page.get_by_label("Note", exact=True).fill("Bob’s.")
    page.get_by_role("button", name="Save", exact=True).click()
    other.get_by_label("Note", exact=True).fill("Alice’s.")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.get_by_role("row", name="Note Bob’s. Alice’s.")).to_be_visible()
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.locator(".card-note")).to_contain_text("Alice’s.")
    assert Annotation.objects.get().note == "Alice’s."
