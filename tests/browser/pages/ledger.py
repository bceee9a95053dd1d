"""The ledger and its claims."""

from playwright.sync_api import Page

from annotations.models import Claim, Verdict
from annotations.services.claim_edits import restate, set_broader
from annotations.services.claim_merges import merge_claims
from annotations.services.claim_pairs import judge
from tests.annotations.affair import ALLEGED, CLAIM, Affair
from tests.browser.pages.visit import Act, Visit, open_all, press
from tests.factories import make_article, make_mark


def ledger_pages(world: Affair) -> list[Visit]:
    alice, bob = world.alice, world.bob
    for published_on, words in (("", "Nobody had seen it"), ("2024-06", "Nobody had been there")):
        article = make_article(world.project, f"{words}, said Ida Fenn.", published_on=published_on)
        for kind in ("allegation", "denial"):
            make_mark(world.project, article, words, kind, bob, claims=[CLAIM, "That it rained"])
    alike = make_article(
        world.project, ALLEGED.replace("dye", "red dye"), published_on="2024-06-01"
    )
    make_mark(world.project, alike, alike.newest.text, "allegation", bob, claims=[CLAIM])
    claim = Claim.objects.get(statement=CLAIM)
    path = f"/claims/{claim.pk}/"
    ledger = "/projects/tannery/ledger/"
    return [
        Visit("ledger", ledger),
        Visit("ledger", ledger, alice, open_all),
        Visit("ledger", f"{ledger}?since=March&without=on", alice),
        Visit("claim", path, None, open_all),
        Visit("claim", path, alice),
        Visit("claim_reply_sought", f"{path}reply/", alice),
        Visit("claim_reply_sought", f"{path}reply/", bob, _seek),
        *_claims(world, claim),
    ]


def _claims(world: Affair, claim: Claim) -> list[Visit]:
    """A claim with all that others can be to it, and the pages of who changes that."""
    bob, path = world.bob, f"/claims/{claim.pk}/"
    like = [
        Claim.objects.create(project=world.project, statement=f"{CLAIM} {when}")
        for when in ("in May", "at night", "twice", "once", "for years")
    ]
    merge_claims(like[0], claim)
    restate(claim, f"{CLAIM} near the town", 1)
    restate(claim, CLAIM, 2)
    set_broader(like[1], claim)
    set_broader(claim, Claim.objects.get(statement="That it rained"))
    judge(claim, like[2], Verdict.SAME, bob)
    judge(claim, like[3], Verdict.UNSURE, bob)
    pairs = "/projects/tannery/pairs/"
    return [
        Visit("claim", path, bob, open_all),
        Visit("claim", path, None, open_all),
        Visit("ledger", "/projects/tannery/ledger/"),
        Visit("claim", f"/claims/{like[2].pk}/", bob),  # nothing is linked to it
        Visit("claim_edit", f"{path}edit/", bob),
        Visit("claim_share", f"{path}share/", bob),
        Visit("share", f"/share/{world.share(claim).code}/", None, open_all),
        Visit("claim_edit", f"{path}edit/", bob, _state(like[2].statement)),
        Visit("claim_edit", f"{path}edit/", bob, _state("x", version=1)),
        Visit("claim_merge", f"{path}merge/", bob),
        Visit("claim_merge", f"{path}merge/?q=zzz", bob),
        Visit("claim_merge", f"{path}merge/?into={like[2].pk}", bob),
        Visit("claim_broader", f"{path}broader/", bob),
        Visit("claim_broader", f"{path}broader/", bob, press("Save")),
        Visit("claim_split", f"{path}split/", bob),
        Visit("claim_split", f"{path}split/", bob, press("Split")),
        Visit("claim_pairs", pairs, bob),
        Visit("claim_pairs", f"{pairs}?claim={world.project.claims.latest('pk').pk}", bob),
    ]


def _state(statement: str, version: int = 3) -> Act:
    def act(page: Page) -> None:
        page.locator("[name=version]").evaluate(
            "(field, value) => { field.value = value; }", version
        )
        page.get_by_label("Statement").fill(statement)
        press("Save")(page)

    return act


def _seek(page: Page) -> None:
    page.get_by_label("Reply sought").check()
    press("Save")(page)
