"""Speakers."""

from playwright.sync_api import Page

from annotations.services.merging import merge
from annotations.services.speaker_editing import About, edit_speaker
from tests.annotations.affair import Affair
from tests.browser.pages.visit import Visit, open_all, press
from tests.factories import make_mark


def speakers_pages(world: Affair) -> list[Visit]:
    bob, odo = world.bob, world.project.speakers.get(name="Odo Fenn")
    for words, fields in (
        ("It rained", {"speakers": ["a guard"], "unnamed": True}),
        ("all week", {"relayed_by": ["Odo Fenn"]}),
        ("rained", {"speakers": ["Fenn"]}),
        ("week", {}),
    ):
        make_mark(world.project, world.article, words, "quote", bob, **fields)
    merge(world.project.speakers.get(name="Fenn"), odo)
    edit_speaker(odo, About(odo.name, ["the owner"], "person", "Calls at night."), odo.version)
    here, speakers = f"/speakers/{odo.pk}/", "/projects/tannery/speakers/"
    guard = world.project.speakers.get(name="a guard")
    return [
        Visit("speakers", speakers),
        Visit("speakers", speakers, bob),
        Visit("speakers", f"{speakers}?show=unnamed"),
        Visit("speakers", f"{speakers}?name=nobody"),
        Visit("speaker", here, None, open_all),
        Visit("speaker", here, bob),
        Visit("speaker", f"{here}?show=apart"),
        Visit("speaker", f"/speakers/{guard.pk}/", bob),
        Visit("speaker", f"/speakers/{world.project.speakers.get(name='The tannery').pk}/"),
        Visit("speaker_share", f"{here}share/", bob),
        Visit("share", f"/share/{world.share(odo).code}/", None, open_all),
        Visit("speaker_edit", f"{here}edit/", bob),
        Visit("speaker_edit", f"{here}edit/", bob, _take_a_name),
        Visit("speaker_edit", f"{here}edit/", bob, _too_late),
        Visit("speaker_edit", f"/speakers/{guard.pk}/edit/", bob),
        Visit("speaker_merge", f"{here}merge/", bob),
        Visit("speaker_merge", f"{here}merge/", bob, press("Merge")),
    ]


def _take_a_name(page: Page) -> None:
    page.get_by_label("Name", exact=True).fill("Ilse Marr")
    press("Save")(page)


def _too_late(page: Page) -> None:
    page.locator("[name=version]").evaluate("(field) => { field.value = 99; }")
    page.get_by_label("Aliases").fill("the boss")
    press("Save")(page)
