"""The same words elsewhere, in a browser: opened from a card, marked by one key, taken back."""

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation
from reader.services.indexing import index_all
from tests.browser.conftest import OpenPage, World
from tests.factories import make_article, make_mark

pytestmark = pytest.mark.django_db(transaction=True)

SAID = "The works poisoned the river, said Ida Voss, a fisher."


@pytest.fixture
def elsewhere(world: World) -> Annotation:
    """A passage of which the same words and nearly the same stand in other articles."""
    mark = make_mark(
        world.project, world.article, SAID, "allegation", world.bob, speakers=["Ida Voss"]
    )
    make_article(None, f"It rained. {SAID}", title="Again", publication="The Wharf")
    make_article(None, SAID.replace("river", "rivers"), title="Nearly", published_on="2021-05")
    index_all()
    return mark


def test_opened_marked_by_one_key_and_taken_back(
    open_page: OpenPage, world: World, elsewhere: Annotation
) -> None:
    page = open_page(world.bob)
    page.goto(f"/projects/{world.project.slug}/articles/{world.article.pk}/")
    page.locator("mark").first.click()
    page.get_by_role("link", name="Same words elsewhere").click()
    expect(page.locator(".place")).to_have_count(2)
    expect(page.get_by_text("“river” here, “rivers” there")).to_be_visible()
    page.wait_for_load_state()  # keys are heard once the scripts have run

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#place-2")).to_be_focused()
    page.keyboard.press("m")
    expect(page.get_by_text("Marked in “Nearly”.")).to_be_visible()
    expect(page.locator("#place-2")).to_contain_text("Marked already")
    made = Annotation.objects.get(article__title="Nearly")
    assert made.kind == "allegation"

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    expect(page.locator("#place-2").get_by_role("button")).to_be_visible()

    page.keyboard.press("1")
    expect(page.get_by_text("Marked in “Again”.")).to_be_visible()
    page.locator("#place-1").get_by_role("link", name="as allegation").click()
    expect(page.locator("mark").first).to_contain_text("The works poisoned the river")


def test_keys_rest_where_they_are_switched_off(
    open_page: OpenPage, world: World, elsewhere: Annotation
) -> None:
    world.bob.shortcuts = False
    world.bob.save()
    page = open_page(world.bob)
    page.goto(f"/annotations/{elsewhere.pk}/same-words/")
    page.keyboard.press("m")
    page.keyboard.press("1")
    expect(page.locator(".place [data-mark-there]")).to_have_count(2)


def test_marked_by_its_button_without_script(
    open_page: OpenPage, world: World, elsewhere: Annotation
) -> None:
    page = open_page(world.bob, script=False)
    page.goto(f"/annotations/{elsewhere.pk}/same-words/")
    page.locator("#place-2").get_by_role("button").click()
    expect(page.get_by_text("Marked in “Nearly”.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert not Annotation.objects.filter(article__title="Nearly", deleted_at=None).exists()


def test_selected_words_lead_to_where_else_they_stand(
    open_page: OpenPage, world: World, elsewhere: Annotation
) -> None:
    page = open_page(world.bob)
    page.goto(f"/projects/{world.project.slug}/articles/{world.article.pk}/")
    page.locator("#text p").first.click(click_count=3)
    page.get_by_role("link", name="Where else?").click()
    expect(page.get_by_role("heading", name=SAID)).to_be_visible()
    expect(page.locator(".place")).to_have_count(2)
