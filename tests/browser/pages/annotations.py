"""What there is to one annotation, and to what is not yet linked."""

from playwright.sync_api import Page, expect

from annotations.services.marking import delete
from reader.services.indexing import index_all
from tests.annotations.affair import ALLEGED, Affair
from tests.browser.pages.visit import Visit, press
from tests.factories import make_article, make_mark


def _pick(page: Page) -> None:
    page.locator(".offer-pick").first.click()
    expect(page.locator(".offer-how").first).to_be_visible()


def annotations_pages(world: Affair) -> list[Visit]:
    alice, bob = world.alice, world.bob
    gone = make_mark(world.project, world.article, "letter", by=bob, note="Was here.")
    delete(gone.pk)
    denied, alleged = f"/annotations/{world.denied.pk}/", f"/annotations/{world.alleged.pk}/"
    article = f"/projects/tannery/articles/{world.article.pk}/"
    make_article(None, f"He said: {ALLEGED}", title="Once more", publication="The Wharf")
    near = ALLEGED.replace("dye", "red dyes")
    make_article(None, f"It rained. {near} Nobody came.", title="Near", published_on="2025-03-08")
    index_all()
    return [
        Visit("annotation_same_words", f"{alleged}same-words/", bob),
        Visit("annotation_same_words", f"/annotations/{world.quoted.pk}/same-words/", bob),
        Visit("selection_same_words", f"{article}same-words/?start=0&end=70", bob),
        Visit("annotation_edit", f"{alleged}edit/", bob),
        Visit("annotation_edit", f"{denied}edit/", bob),
        Visit("annotation_edit", f"/annotations/{world.apart.pk}/edit/", bob, _pick),
        Visit("article", f"{article}?edit={world.unanswered.pk}", bob, _pick),
        Visit("article", f"{article}?edit={world.apart.pk}", bob, _pick),
        Visit("unlinked", "/projects/tannery/unlinked/", bob),
        Visit("annotation_edit", f"{denied}edit/", bob, press("Delete this annotation")),
        Visit("annotation_history", f"{alleged}history/", alice),
        Visit("annotation_history", f"/annotations/{gone.pk}/history/", bob),
        Visit("annotation_share", f"{alleged}share/", alice),
        Visit("annotation_reply", f"{alleged}reply/"),
        Visit("annotation_withdraw", f"{alleged}withdraw/", alice),
    ]
