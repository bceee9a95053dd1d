"""Passages and claims to link, and the editor's offers in a browser."""

from playwright.sync_api import Locator, Page, expect

from annotations.models import Annotation, Claim, ClaimLink
from tests.browser.conftest import World
from tests.factories import make_mark

ALLEGED = "The works poisoned the river"
NEARER = "A spokesman repeated it"
DENIED = "The works denied that anything had leaked"
POISONED = "That the works poisoned the river"
NEW = POISONED  # in the words of what is alleged
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
