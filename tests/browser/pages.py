"""One of every page that the site has, each with who opens it and what they do there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.models import Claim, Verdict
from annotations.services.claim_edits import restate, set_broader
from annotations.services.claim_merges import merge_claims
from annotations.services.claim_pairs import judge
from annotations.services.marking import delete
from annotations.services.merging import merge
from annotations.services.reanchoring import reanchor_article
from annotations.services.replies import decide, send
from annotations.services.speaker_editing import About, edit_speaker
from annotations.services.withdrawals import withdraw
from reader.ingest.details import check_details
from reader.ingest.incoming import from_text
from reader.ingest.pipeline import store
from reader.models import Article, Feed, FeedEntry, Role, Theme, User, Visibility
from reader.services import saved_searches
from reader.services.feeds import subscribe
from reader.services.indexing import index_all
from reader.services.invitations import invite
from reader.services.labels import set_labels
from reader.services.reading import keep_position, open_article, set_read, set_starred
from reader.services.watching import watch
from tests.annotations.affair import ALLEGED, CLAIM, Affair, affair
from tests.factories import (
    PASSWORD,
    make_article,
    make_entry,
    make_mark,
    make_member,
    make_project,
    make_subscription,
    make_user,
)
from tests.pictures import give_picture

Act = Callable[[Page], Any]


@dataclass(frozen=True)
class Visit:
    """A page to look at: its name in the URL configuration, who opens it (None: a reader without
    account), what they do before it is looked at, and at which widths it is."""

    name: str
    address: str
    who: User | None = None
    act: Act | None = None
    widths: tuple[int, ...] = (1280, 390)


def _sign_in(person: User) -> Act:
    def act(page: Page) -> None:
        page.get_by_label("E-mail address").fill(person.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda url: "/login/" not in url)

    return act


def _confirm(page: Page) -> None:
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url(lambda url: "reauthenticate" not in url)


def _edit(page: Page) -> None:
    page.locator("mark").first.click()
    page.keyboard.press("e")
    expect(page.locator("#editor .editor-panel")).to_be_visible()
    page.get_by_text("More: on behalf of").click()


def _conflict(page: Page) -> None:
    _edit(page)
    page.locator("#edit-version").evaluate("(field) => { field.value = 99; }")
    page.get_by_label("Note", exact=True).fill("Another note.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Not saved:")).to_be_visible()


def _mistake(page: Page) -> None:
    _edit(page)
    page.get_by_label("Speakers").fill("x" * 201)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errorlist").first).to_be_visible()


def _select(page: Page) -> None:
    page.locator("#text p").first.click(click_count=3)
    expect(page.get_by_role("toolbar")).to_be_visible()


def _tap(page: Page) -> None:
    page.locator("mark").first.click()
    expect(page.locator("#cards.open")).to_be_visible()


def _light(page: Page) -> None:
    page.locator("mark").first.click()
    expect(page.locator(".card.on")).to_be_visible()


def _pick(page: Page) -> None:
    page.locator(".offer-pick").first.click()
    expect(page.locator(".offer-how").first).to_be_visible()


def _keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def _press(name: str) -> Act:
    def act(page: Page) -> None:
        # So that the server's own complaints are seen, not the browser's.
        page.evaluate("for (const form of document.forms) form.noValidate = true")
        with page.expect_navigation():
            page.locator("main").get_by_role("button", name=name).first.click()

    return act


def _preview(page: Page) -> None:
    page.get_by_label("Text", exact=True).fill("A first paragraph.\n\nA second one.")
    _press("Preview")(page)


def _rename_badly(page: Page) -> None:
    page.locator("main input[name=name]").first.fill("News")
    _press("Rename")(page)


def _import(page: Page) -> None:
    content = b"""<opml><body><outline text="A" xmlUrl="https://a.example/rss"/>
        <outline text="B" type="rss"/><outline text="C" htmlUrl="https://c.example/"/>"""
    page.get_by_label("OPML file").set_input_files(
        {"name": "feeds.opml", "mimeType": "text/xml", "buffer": content}
    )
    _press("Subscribe to all")(page)


def _reply(page: Page) -> None:
    page.get_by_label("Your message").fill("We did not.")
    page.get_by_label("Your name", exact=True).fill("Odo Fenn")
    _press("Send")(page)


def visits(about: str) -> list[Visit]:
    """Makes what the pages of one of the `GROUPS` show, and lists them."""
    world = affair(visibility=Visibility.PUBLIC, contact="desk@tannery.example", indexed=True)
    return GROUPS[about](world)


def _reading(world: Affair) -> list[Visit]:
    alice, bob = world.alice, world.bob
    article = f"/projects/tannery/articles/{world.article.pk}/"
    own = make_article(None, "A library article, 😀 read by Bob.", title="From the library")
    whole = make_project("whole", visibility=Visibility.PUBLIC, readers_see="whole")
    open_article = make_article(
        whole,
        html="<h2>A heading</h2><p>Words with <a href='https://a.example/'>a link</a> and "
        "<em>stress</em>.</p><ul><li>One</li></ul><blockquote><p>Quoted.</p></blockquote>"
        "<table><tr><th>A</th><td>B</td></tr></table><pre>Some code</pre><figure>"
        "<img src='https://a.example/1.jpg' alt='A boat'><figcaption>Aground</figcaption></figure>",
        title="Everything",
        url="https://a.example/everything",
    )
    give_picture(open_article, "https://a.example/1.jpg")
    for kind in ("quote", "allegation", "denial"):
        make_mark(whole, open_article, "Words with a link", kind, speakers=["Ida"], note="x")
    make_mark(whole, open_article, "link and stress", "denial", flags=["unsure"])
    opened = f"/projects/whole/articles/{open_article.pk}/"
    return [
        Visit("library", "/"),
        Visit("library", "/?project=tannery", alice),
        *_habits(bob, own),
        Visit("help", "/help/"),
        Visit("article", article),
        Visit("article", opened),
        Visit("article", opened, None, _light, (1280,)),
        Visit("article", opened, None, _tap, (390,)),
        Visit("article", article, alice),
        Visit("article", article, alice, _edit),
        Visit("article", article, alice, _conflict),
        Visit("article", article, alice, _mistake),
        Visit("article", article, alice, _select),
        Visit("article", article, alice, _keys),
        Visit("article", article, alice, _tap, (390,)),
        Visit("article", f"/articles/{own.pk}/", bob),
        Visit("choose", f"{article}annotations/choose/?words=the&kind=denial", bob),
        Visit("choose", f"{article}annotations/choose/?words=nowhere", bob),
        Visit("add_article", "/articles/add/", alice),
        Visit("add_article", "/articles/add/", alice, _press("Preview")),
        Visit("add_article", "/articles/add/", alice, _preview),
        Visit("add_address", "/articles/add/address/?project=tannery", alice),
        Visit("add_address", "/articles/add/address/?url=http://10.0.0.1/", alice, _press("Fetch")),
        Visit("edit_article", f"/articles/{world.article.pk}/edit/?project=tannery", alice),
        Visit("404", "/nowhere/"),
    ]


def _habits(reader: User, article: Article) -> list[Visit]:
    """The library of somebody with feeds, stars and half-read articles; and what it and an article
    look like in colours that are not the device's."""
    feed = make_subscription(reader, "The Courier", "Coast").feed
    make_subscription(reader, "The Mercantile")
    make_entry(feed, article)
    set_starred(reader, article, True)
    keep_position(reader, article, 9)
    open_article(reader, article)
    set_read(reader, article, False)
    visits = [
        Visit("library", "/", reader),
        Visit("library", "/", reader, _keys),
        Visit("library", "/?show=unread", reader),
        Visit("library", "/?show=starred", reader),
        Visit("library", f"/?feed={feed.pk}", reader, _press("Mark all as read")),
    ]
    for theme in (Theme.LIGHT, Theme.DARK):
        person = make_user(f"{theme}@example.org", theme=theme, typeface="sans", measure="wide")
        make_subscription(person, "The Courier", "Coast")
        visits += [
            Visit("library", "/", person),
            Visit("article", f"/articles/{article.pk}/", person),
            Visit("preferences", "/account/preferences/", person),
        ]
    return visits


def _annotations(world: Affair) -> list[Visit]:
    alice, bob = world.alice, world.bob
    gone = make_mark(world.project, world.article, "letter", by=bob, note="Was here.")
    delete(gone.pk)
    denied, alleged = f"/annotations/{world.denied.pk}/", f"/annotations/{world.alleged.pk}/"
    article = f"/projects/tannery/articles/{world.article.pk}/"
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
        Visit("annotation_edit", f"{denied}edit/", bob, _press("Delete this annotation")),
        Visit("annotation_history", f"{alleged}history/", alice),
        Visit("annotation_history", f"/annotations/{gone.pk}/history/", bob),
        Visit("annotation_share", f"{alleged}share/", alice),
        Visit("annotation_reply", f"{alleged}reply/"),
        Visit("annotation_withdraw", f"{alleged}withdraw/", alice),
    ]


def _sharing(world: Affair) -> list[Visit]:
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
        Visit("share_reply", f"/share/{shares[0].code}/reply/", None, _press("Send")),
        Visit("share_reply", f"/share/{shares[0].code}/reply/", None, _reply),
        Visit("article_share", f"{article}share/", alice),
        Visit("article_reply", f"{article}reply/"),
        Visit("article_withdraw", f"{article}withdraw/", alice),
        Visit("project_share", "/projects/tannery/share/", alice),
        Visit("project_reply", "/projects/tannery/reply/"),
        Visit("project_replies", "/projects/tannery/replies/", alice),
    ]


def _projects(world: Affair) -> list[Visit]:
    alice = world.alice
    _, token = invite(world.project, alice, Role.ANNOTATOR, note="For Cleo")
    return [
        Visit("projects", "/projects/"),
        Visit("projects", "/projects/", alice),
        Visit("new_project", "/projects/new/", alice),
        Visit("project", "/projects/tannery/"),
        Visit("project", "/projects/tannery/", alice, _open_all),
        Visit("activity", "/projects/tannery/activity/", alice),
        Visit("project_settings", "/projects/tannery/settings/", alice),
        Visit("project_guidelines", "/projects/tannery/guidelines/"),
        Visit("project_members", "/projects/tannery/members/", alice),
        Visit("project_members", "/projects/tannery/members/", alice, _press("Change")),
        Visit("project_members", "/projects/tannery/members/", world.bob),
        Visit("invitation", f"/invitations/{token}/"),
        Visit("invitation", f"/invitations/{token}/", world.charlie),
        Visit("invitation", "/invitations/unknown/"),
    ]


def _ledger(world: Affair) -> list[Visit]:
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
        Visit("ledger", ledger, alice, _open_all),
        Visit("ledger", f"{ledger}?since=March&without=on", alice),
        Visit("claim", path, None, _open_all),
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
        Visit("claim", path, bob, _open_all),
        Visit("claim", path, None, _open_all),
        Visit("ledger", "/projects/tannery/ledger/"),
        Visit("claim_edit", f"{path}edit/", bob),
        Visit("claim_share", f"{path}share/", bob),
        Visit("share", f"/share/{world.share(claim).code}/", None, _open_all),
        Visit("claim_edit", f"{path}edit/", bob, _state(like[2].statement)),
        Visit("claim_edit", f"{path}edit/", bob, _state("x", version=1)),
        Visit("claim_merge", f"{path}merge/", bob),
        Visit("claim_merge", f"{path}merge/?q=zzz", bob),
        Visit("claim_merge", f"{path}merge/?into={like[2].pk}", bob),
        Visit("claim_broader", f"{path}broader/", bob),
        Visit("claim_broader", f"{path}broader/", bob, _press("Save")),
        Visit("claim_split", f"{path}split/", bob),
        Visit("claim_split", f"{path}split/", bob, _press("Split")),
        Visit("claim_pairs", pairs, bob),
        Visit("claim_pairs", f"{pairs}?claim={world.project.claims.latest('pk').pk}", bob),
    ]


def _state(statement: str, version: int = 3) -> Act:
    def act(page: Page) -> None:
        page.locator("[name=version]").evaluate(
            "(field, value) => { field.value = value; }", version
        )
        page.get_by_label("Statement").fill(statement)
        _press("Save")(page)

    return act


def _speakers(world: Affair) -> list[Visit]:
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
        Visit("speaker", here, None, _open_all),
        Visit("speaker", here, bob),
        Visit("speaker", f"{here}?show=apart"),
        Visit("speaker", f"/speakers/{guard.pk}/", bob),
        Visit("speaker", f"/speakers/{world.project.speakers.get(name='The tannery').pk}/"),
        Visit("speaker_share", f"{here}share/", bob),
        Visit("share", f"/share/{world.share(odo).code}/", None, _open_all),
        Visit("speaker_edit", f"{here}edit/", bob),
        Visit("speaker_edit", f"{here}edit/", bob, _take_a_name),
        Visit("speaker_edit", f"{here}edit/", bob, _too_late),
        Visit("speaker_edit", f"/speakers/{guard.pk}/edit/", bob),
        Visit("speaker_merge", f"{here}merge/", bob),
        Visit("speaker_merge", f"{here}merge/", bob, _press("Merge")),
    ]


def _take_a_name(page: Page) -> None:
    page.get_by_label("Name", exact=True).fill("Ilse Marr")
    _press("Save")(page)


def _too_late(page: Page) -> None:
    page.locator("[name=version]").evaluate("(field) => { field.value = 99; }")
    page.get_by_label("Aliases").fill("the boss")
    _press("Save")(page)


def _seek(page: Page) -> None:
    page.get_by_label("Reply sought").check()
    _press("Save")(page)


def _feeds(world: Affair) -> list[Visit]:
    alice, bob = world.alice, world.bob
    found = subscribe(alice, "https://courier.example/rss")
    set_labels(found, ["News", "Far East"])
    now = timezone.now()
    Feed.objects.update(
        title="The Courier",
        last_polled_at=now,
        last_success_at=now,
        next_poll_at=now + timedelta(hours=1),
        problems=["An entry was left out."],
    )
    stored = {"article": world.article, "listed_at": world.article.listed_at}
    for number, (status, more) in enumerate(
        [("stored", stored), ("waiting", {}), ("failed", {"error": "There is no article."})]
    ):
        FeedEntry.objects.create(
            feed=found.feed,
            key=f"{number}",
            title=f"Entry {number}",
            link=f"https://courier.example/{number}",
            status=status,
            **more,
        )
    failing = subscribe(alice, "https://coast.example/rss")
    Feed.objects.filter(pk=failing.feed_id).update(
        failures=3, last_error="The site answered “503”.", next_poll_at=now + timedelta(hours=9)
    )
    unread = subscribe(bob, "https://new.example/rss")
    here = f"/feeds/{found.feed_id}/"
    return [
        Visit("feeds", "/feeds/", world.charlie),
        Visit("feeds", "/feeds/", alice),
        Visit("feeds", "/feeds/?url=http://10.0.0.1/", alice, _press("Subscribe")),
        Visit("feed", here, alice),
        Visit("feed", here, bob),
        Visit("feed", f"/feeds/{failing.feed_id}/", alice),
        Visit("feed", f"/feeds/{unread.feed_id}/", bob),
        Visit("labels", "/feeds/labels/", alice),
        Visit("labels", "/feeds/labels/", bob),
        Visit("labels", "/feeds/labels/", alice, _rename_badly),
        Visit("labels", "/feeds/labels/", alice, _press("Delete")),
        Visit("import_feeds", "/feeds/import/", alice),
        Visit("import_feeds", "/feeds/import/", alice, _press("Subscribe to all")),
        Visit("import_feeds", "/feeds/import/", alice, _import),
        Visit("status", "/status/", alice),
        Visit("status", "/status/", make_user("dora@example.org", is_staff=True)),
        Visit("feeds", here, bob, _press("Subscribe")),
        Visit("feeds", here, alice, _press("Unsubscribe")),
    ]


def _revisions(world: Affair) -> list[Visit]:
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


def _open_all(page: Page) -> None:
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def _searching(world: Affair) -> list[Visit]:
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
        Visit("search", "/search/?q=river+OR+ledger", alice, _open_all),
        Visit("search", "/search/?q=kind:allegation&show=passages", bob),
        Visit("search", "/search/?q=dye&order=relevance", bob),
        Visit("search", "/search/?q=(nowhere+kind:rumour+date:never+%22", alice),
        Visit("narrow_search", "/search/narrow/"),
        Visit("narrow_search", "/search/narrow/?since=March&kind=rumour", bob),
        Visit("searches", f"/searches/?deleted={gone.pk}", alice, _open_all),
        Visit("searches", "/searches/", bob),
        Visit("new_search", "/searches/new/?q=dye", alice),
        Visit("new_search", "/searches/new/", alice, _press("Save")),
    ]


def _people(world: Affair) -> list[Visit]:
    alice, bob = world.alice, world.bob
    dora, cleo = make_user("dora@example.org"), make_user("cleo@example.org")
    TOTP.activate(dora, generate_totp_secret())
    RecoveryCodes.activate(dora)
    key = f"{user_pk_to_url_str(cleo)}-{default_token_generator.make_token(cleo)}"
    twofold = "/accounts/2fa/"
    return [
        Visit("account", "/account/", alice),
        Visit("preferences", "/account/preferences/", alice),
        Visit("account_login", "/accounts/login/"),
        Visit("account_login", "/accounts/login/", None, _press("Sign in")),
        Visit("account_logout", "/accounts/logout/", alice),
        Visit("account_signup", "/accounts/signup/"),
        Visit("account_reauthenticate", "/accounts/reauthenticate/", alice),
        Visit("account_change_password", "/accounts/password/change/", alice),
        Visit("account_reset_password", "/accounts/password/reset/"),
        Visit("account_reset_password_done", "/accounts/password/reset/done/"),
        Visit("account_reset_password_from_key", f"/accounts/password/reset/key/{key}/"),
        Visit("account_reset_password_from_key", "/accounts/password/reset/key/1-x/"),
        Visit("account_reset_password_from_key_done", "/accounts/password/reset/key/done/"),
        Visit("mfa_authenticate", "/accounts/login/", None, _sign_in(dora)),
        Visit("mfa_index", twofold, alice),
        Visit("mfa_index", twofold, dora),
        Visit("mfa_reauthenticate", f"{twofold}reauthenticate/", dora),
        Visit("mfa_activate_totp", f"{twofold}totp/activate/", bob, _confirm),
        Visit("mfa_deactivate_totp", f"{twofold}totp/deactivate/", bob),
        Visit("mfa_view_recovery_codes", f"{twofold}recovery-codes/", bob),
        Visit("mfa_generate_recovery_codes", f"{twofold}recovery-codes/generate/", bob),
        Visit("mfa_list_webauthn", f"{twofold}webauthn/", bob),
        Visit("mfa_add_webauthn", f"{twofold}webauthn/add/", bob),
    ]


GROUPS: dict[str, Callable[[Affair], list[Visit]]] = {
    "reading": _reading,
    "annotations": _annotations,
    "sharing": _sharing,
    "projects": _projects,
    "ledger": _ledger,
    "speakers": _speakers,
    "feeds": _feeds,
    "revisions": _revisions,
    "searching": _searching,
    "people": _people,
}
