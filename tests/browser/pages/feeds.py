"""Feeds, their labels and lists, and how everything runs."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page

from reader.models import Feed, FeedEntry
from reader.services.feeds import subscribe
from reader.services.labels import set_labels
from tests.annotations.affair import Affair
from tests.browser.pages.visit import Visit, press
from tests.factories import make_user


def _rename_badly(page: Page) -> None:
    page.locator("main input[name=name]").first.fill("News")
    press("Rename")(page)


def _import(page: Page) -> None:
    content = b"""<opml><body><outline text="A" xmlUrl="https://a.example/rss"/>
        <outline text="B" type="rss"/><outline text="C" htmlUrl="https://c.example/"/>"""
    page.get_by_label("OPML file").set_input_files(
        {"name": "feeds.opml", "mimeType": "text/xml", "buffer": content}
    )
    press("Subscribe to all")(page)


def feeds_pages(world: Affair) -> list[Visit]:
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
        Visit("feeds", "/feeds/?url=http://10.0.0.1/", alice, press("Subscribe")),
        Visit("feed", here, alice),
        Visit("feed", here, bob),
        Visit("feed", f"/feeds/{failing.feed_id}/", alice),
        Visit("feed", f"/feeds/{unread.feed_id}/", bob),
        Visit("labels", "/feeds/labels/", alice),
        Visit("labels", "/feeds/labels/", bob),
        Visit("labels", "/feeds/labels/", alice, _rename_badly),
        Visit("labels", "/feeds/labels/", alice, press("Delete")),
        Visit("import_feeds", "/feeds/import/", alice),
        Visit("import_feeds", "/feeds/import/", alice, press("Subscribe to all")),
        Visit("import_feeds", "/feeds/import/", alice, _import),
        Visit("status", "/status/", alice),
        Visit("status", "/status/", make_user("dora@example.org", is_staff=True)),
        Visit("feeds", here, bob, press("Subscribe")),
        Visit("feeds", here, alice, press("Unsubscribe")),
    ]
