"""An article that changed."""

from annotations.services.reanchoring import reanchor_article
from reader.ingest.details import check_details
from reader.ingest.incoming import from_text
from reader.ingest.pipeline import store
from reader.models import Role
from reader.services.watching import watch
from tests.annotations.affair import Affair
from tests.browser.pages.visit import Visit
from tests.factories import make_article, make_mark, make_member, make_project


def revisions_pages(world: Affair) -> list[Visit]:
    alice = world.alice
    public = make_project("weir", visibility="public", readers_see="whole")
    make_member(public, alice, Role.OWNER)
    url = "https://courier.example/weir"
    text = (
        "The weir broke on Friday, the mayor said.\n\nNobody had been warned, said Ida Fenn.\n\n"
        "It rained."
    )
    article = make_article(public, text, url=url, publication="Courier")
    for words in ("broke on Friday", "Nobody had been warned", "It rained"):
        make_mark(public, article, words, "allegation", by=alice)
    for now in (
        text.replace("broke on Friday", "gave way on Friday").replace("\n\nIt rained.", ""),
        text.replace("broke on Friday", "gave way on Friday").replace("\n\nIt rained.", "\n\nSun."),
    ):
        store(from_text(now, check_details({"url": url, "title": "The weir"})), public)
    reanchor_article(article.pk)
    watch(article, alice)
    path = f"/projects/weir/articles/{article.pk}/"
    return [
        Visit("article", path),
        Visit("article", path, alice),
        Visit("revisions", f"{path}revisions/"),
        Visit("revisions_compare", f"{path}revisions/compare/?old=1&new=2"),
        Visit("revisions_compare", f"{path}revisions/compare/?old=1&new=2&view=beside"),
        Visit("revision", f"{path}revisions/1/"),
        Visit("revision", f"{path}revisions/1/", alice),
        Visit("changes", "/projects/weir/changes/", alice),
        Visit("library", "/?project=weir", alice),
        Visit("changes", "/projects/tannery/changes/", alice),
    ]
