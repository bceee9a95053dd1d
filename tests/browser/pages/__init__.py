"""One of every page that the site has, each with who opens it and what they do there."""

from collections.abc import Callable

from reader.models import Visibility
from tests.annotations.affair import Affair, affair
from tests.browser.pages.annotations import annotations_pages
from tests.browser.pages.feeds import feeds_pages
from tests.browser.pages.ledger import ledger_pages
from tests.browser.pages.people import people_pages
from tests.browser.pages.projects import projects_pages
from tests.browser.pages.reading import reading_pages
from tests.browser.pages.revisions import revisions_pages
from tests.browser.pages.searching import searching_pages
from tests.browser.pages.sharing import sharing_pages
from tests.browser.pages.speakers import speakers_pages
from tests.browser.pages.visit import Visit


def visits(about: str) -> list[Visit]:
    """Makes what the pages of one of the `GROUPS` show, and lists them."""
    world = affair(visibility=Visibility.PUBLIC, contact="desk@tannery.example", indexed=True)
    return GROUPS[about](world)


GROUPS: dict[str, Callable[[Affair], list[Visit]]] = {
    "reading": reading_pages,
    "annotations": annotations_pages,
    "sharing": sharing_pages,
    "projects": projects_pages,
    "ledger": ledger_pages,
    "speakers": speakers_pages,
    "feeds": feeds_pages,
    "revisions": revisions_pages,
    "searching": searching_pages,
    "people": people_pages,
}
