"""Pictures on a reading page, in a real browser."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect
from pytest_django import Settings

from reader.models import Article, Readers
from tests.browser.conftest import OpenPage, World
from tests.browser.test_reading import SHIFTS
from tests.factories import make_article
from tests.pictures import give_picture

WORDS = "".join(f"<p>{'The ferry ran aground on a bank of sand. ' * 6}</p>" for _ in range(12))
SOURCE = "https://elsewhere.example/boat.jpg"


@pytest.fixture
def illustrated(world: World, settings: Settings, tmp_path: Path) -> Article:
    """An article that readers see whole: a picture with a caption, and one that is not there."""
    settings.DATA_DIR = tmp_path
    world.project.readers_see = Readers.WHOLE
    world.project.save()
    article = make_article(
        world.project,
        html=f"<p>It began at dawn.</p><figure><img src='{SOURCE}' alt='A boat on sand'>"
        f"<figcaption>The ferry, aground</figcaption></figure>{WORDS}"
        "<figure><img src='https://elsewhere.example/lost.jpg' alt='Nobody sees this'>"
        "<figcaption>The captain</figcaption></figure>",
        title="Aground",
    )
    give_picture(article, SOURCE)
    return article


@pytest.mark.parametrize("width", [1280, 390])
def test_a_picture_takes_its_room_before_it_comes(
    open_page: OpenPage, world: World, illustrated: Article, width: int
) -> None:
    page = open_page(width=width)
    asked: list[str] = []
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.on("request", lambda request: asked.append(request.url))
    page.route("**/pictures/*", hold)
    page.add_init_script(SHIFTS)
    page.goto(f"/projects/{world.project.slug}/articles/{illustrated.pk}/")
    picture = page.get_by_role("img", name="A boat on sand")
    picture.scroll_into_view_if_needed()
    before = picture.bounding_box()
    text = page.locator("#text").bounding_box()
    assert before and text
    assert before["width"] == pytest.approx(min(640, text["width"]), abs=1)
    assert before["height"] == pytest.approx(before["width"] * 480 / 640, abs=1)
    while not held:
        page.wait_for_timeout(20)
    held.pop().continue_()
    expect(picture).to_have_js_property("naturalWidth", 640)
    assert picture.bounding_box() == before
    assert page.evaluate("shifted") == 0
    expect(page.get_by_text("The ferry, aground")).to_be_visible()
    expect(page.get_by_text("The captain")).to_be_visible()
    expect(page.get_by_text("Nobody sees this")).to_have_count(0)
    assert page.locator("#text img").count() == 1
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(page.url).netloc}


def test_words_around_a_picture_are_marked_where_they_stand(
    open_page: OpenPage, world: World, illustrated: Article
) -> None:
    page = open_page(world.bob)
    page.goto(f"/projects/{world.project.slug}/articles/{illustrated.pk}/")
    page.locator("#text figcaption").first.click(click_count=3)
    page.get_by_role("toolbar").get_by_role("button", name="Quote").click()
    expect(page.locator("#text figcaption mark")).to_have_text("The ferry, aground")
