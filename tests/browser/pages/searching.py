"""Searches, and those that are kept."""

from reader.services import saved_searches
from reader.services.indexing import index_all
from tests.annotations.affair import Affair
from tests.browser.pages.visit import Visit, open_all, press


def searching_pages(world: Affair) -> list[Visit]:
    alice, bob = world.alice, world.bob
    index_all()
    ours = saved_searches.save(alice, "All denials", "kind:denial", world.project)
    saved_searches.follow(ours, alice)
    saved_searches.save(alice, "Dye", '"dye into the river" OR (ledger -rain)')
    gone = saved_searches.save(alice, "Gone", "gone")
    saved_searches.delete(gone)
    return [
        Visit("search", "/search/"),
        Visit("search", "/search/?q=river+OR+ledger"),
        Visit("search", "/search/?q=river+OR+ledger", alice, open_all),
        Visit("search", "/search/?q=kind:allegation&show=passages", bob),
        Visit("search", "/search/?q=dye&order=relevance", bob),
        Visit("search", "/search/?q=(nowhere+kind:rumour+date:never+%22", alice),
        Visit("narrow_search", "/search/narrow/"),
        Visit("narrow_search", "/search/narrow/?since=March&kind=rumour", bob),
        Visit("searches", f"/searches/?deleted={gone.pk}", alice, open_all),
        Visit("searches", "/searches/", bob),
        Visit("new_search", "/searches/new/?q=dye", alice),
        Visit("new_search", "/searches/new/", alice, press("Save")),
    ]
