"""Links, replies and withdrawals."""

from playwright.sync_api import Page

from annotations.services.replies import decide, send
from annotations.services.withdrawals import withdraw
from tests.annotations.affair import Affair
from tests.browser.pages.visit import Visit, press


def _reply(page: Page) -> None:
    page.get_by_label("Your message").fill("We did not.")
    page.get_by_label("Your name", exact=True).fill("Odo Fenn")
    press("Send")(page)


def sharing_pages(world: Affair) -> list[Visit]:
    alice = world.alice
    shares = [world.share(of) for of in (world.alleged, world.denied, world.quoted, world.article)]
    for text, decided in (("We did not.", True), ("Look again.", False)):
        reply = send(
            world.subject(world.alleged), kind="reply", name="Odo Fenn", contact="x", text=text
        )
        if decided:
            decide(reply.pk, "accepted", alice)
    withdraw(world.subject(world.apart), alice, "It was a mistake.")
    project = world.share(world.project)
    article = f"/projects/tannery/articles/{world.article.pk}/"
    return [
        *(Visit("share", f"/share/{share.code}/") for share in shares),
        Visit("share", f"/share/{project.code}/"),
        Visit("share", "/share/unknown/"),
        Visit("shared_article", f"/share/{project.code}/articles/{world.later.pk}/"),
        Visit("share_reply", f"/share/{shares[0].code}/reply/"),
        Visit("share_reply", f"/share/{shares[0].code}/reply/", None, press("Send")),
        Visit("share_reply", f"/share/{shares[0].code}/reply/", None, _reply),
        Visit("article_share", f"{article}share/", alice),
        Visit("article_reply", f"{article}reply/"),
        Visit("article_withdraw", f"{article}withdraw/", alice),
        Visit("project_share", "/projects/tannery/share/", alice),
        Visit("project_reply", "/projects/tannery/reply/"),
        Visit("project_replies", "/projects/tannery/replies/", alice),
    ]
