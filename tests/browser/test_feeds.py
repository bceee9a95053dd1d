"""Subscribing in a real browser: to feeds of a site on this machine, polled by a real worker."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Page, expect
from pytest_django import Settings

from reader.models import Feed, Subscription
from tests.browser.conftest import OpenPage, World
from tests.feeds import serve
from tests.reader.ingest.test_find_feeds import front, link
from tests.rss import item, rss
from tests.served import ROOT
from tests.website import Website, website


@pytest.fixture
def site(settings: Settings) -> Iterator[Website]:
    settings.FETCH_ALLOW_PRIVATE = True
    with website() as site:
        yield site


@pytest.fixture
def worker(transactional_db: None) -> None:
    """The sign of life of a worker, which `work` then stands in for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() + interval '1 hour')"
        )


def work() -> None:
    """A worker in a process of its own does all that waits in the queue of this test, and ends."""
    to = connection.get_connection_params()
    place = f"{to['host']}".replace("/", "%2F")
    address = f"postgres://{to['user']}@{place}:{to['port']}/{to['dbname']}"
    subprocess.run(
        [sys.executable, "manage.py", "worker", "--once"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": address, "FETCH_ALLOW_PRIVATE": "1"},
        check=True,
        timeout=120,
    )


def subscribe(page: Page, address: str, labels: str = "") -> None:
    page.goto("/feeds/")
    page.get_by_label("Address of a site or of a feed").fill(address)
    page.get_by_label("Labels", exact=True).fill(labels)
    page.locator("main").get_by_role("button", name="Subscribe").click()


@pytest.mark.parametrize("script", [True, False])
def test_a_site_is_subscribed_to_and_its_articles_arrive(
    open_page: OpenPage, world: World, site: Website, worker: None, script: bool
) -> None:
    serve(site, rss([item(1), item(2)], title="The Coast"))
    home = site.page("/", front(link("/feed")))
    page = open_page(world.bob, script=script)
    subscribe(page, home, "News, Far East")
    expect(page.get_by_text("You read “The Coast” from now on.")).to_be_visible()
    expect(page.get_by_text("being fetched for the first time")).to_be_visible()
    work()
    if not script:
        page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The Coast")
    expect(page.get_by_role("link", name="Ferry report 1")).to_be_visible()
    expect(page.get_by_text("being fetched")).to_have_count(0)
    page.get_by_role("link", name="Ferry report 2").click()
    expect(page.get_by_text("denied on Monday that the ferry had run aground")).to_be_visible()
    page.goto("/feeds/")
    for label in ("Far East", "News"):
        group = page.get_by_role("region", name=label)
        expect(group.get_by_role("link", name="The Coast")).to_be_visible()
        expect(group.get_by_text("1 unread")).to_be_visible()
        expect(group.get_by_text("Updated")).to_be_visible()


def test_one_of_several_feeds_is_chosen(open_page: OpenPage, world: World, site: Website) -> None:
    serve(site, rss([item(1)], title="Sport"), "/sport")
    home = site.page("/", front(link("/feed", "Everything"), link("/sport", "Only sport")))
    page = open_page(world.bob, 390)
    subscribe(page, home, "Games")
    page.get_by_role("button", name="Subscribe to Only sport").click()
    expect(page.get_by_text("You read “Sport” from now on.")).to_be_visible()
    expect(page.get_by_label("Labels", exact=True)).to_have_value("Games")


@pytest.mark.parametrize("script", [True, False])
def test_where_there_is_no_feed_it_says_so_beside_the_field(
    open_page: OpenPage, world: World, site: Website, script: bool
) -> None:
    page = open_page(world.bob, script=script)
    subscribe(page, site.page("/", front()), "News")
    field = page.get_by_label("Address of a site or of a feed")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value(site.address + "/")
    expect(page.get_by_text("it names no feed. Look on the site for")).to_be_visible()
    expect(page.get_by_label("Labels", exact=True)).to_have_value("News")


def test_a_broken_feed_says_what_is_wrong_and_works_again(
    open_page: OpenPage, world: World, site: Website
) -> None:
    url = serve(site, rss([item(1)], title="The Coast"))
    page = open_page(world.bob)
    subscribe(page, url)
    work()
    expect(page.get_by_role("link", name="Ferry report 1")).to_be_visible()
    address = page.url
    site.page("/feed", "<html><p>Come back later.", status=503)
    Feed.objects.update(last_polled_at=None)
    page.get_by_role("button", name="Refresh now").click()
    expect(page.get_by_text("The feed is asked for new articles.")).to_be_visible()
    work()
    expect(page.get_by_text("Failing. The site answered “503")).to_be_visible()
    expect(page.get_by_text("Last updated")).to_be_visible()
    expect(page.get_by_role("link", name="Ferry report 1")).to_be_visible()
    page.get_by_role("button", name="Refresh now").click()
    expect(page.get_by_text("less than a minute ago")).to_be_visible()
    page.goto("/feeds/")
    expect(page.get_by_text("Failing. The site answered “503")).to_be_visible()
    page.get_by_role("link", name="Status").click()
    page.get_by_role("link", name="The Coast").click()
    expect(page).to_have_url(address)
    serve(site, rss([item(1), item(2)], title="The Coast"))
    Feed.objects.update(last_polled_at=None)
    page.get_by_role("button", name="Refresh now").click()
    work()
    expect(page.get_by_role("link", name="Ferry report 2")).to_be_visible()
    expect(page.get_by_text("Failing.")).to_have_count(0)


def test_unsubscribing_is_undone(open_page: OpenPage, world: World, site: Website) -> None:
    page = open_page(world.bob, script=False)
    subscribe(page, serve(site, rss([item(1)], title="The Coast")), "News")
    page.get_by_label("Your title for it").fill("My coast")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Unsubscribe").click()
    expect(page.get_by_text("You no longer read “My coast”.")).to_be_visible()
    expect(page.get_by_text("You read no feeds yet.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My coast")
    expect(page.get_by_label("Labels", exact=True)).to_have_value("News")


def test_a_list_goes_out_and_comes_in(
    open_page: OpenPage, world: World, site: Website, tmp_path: Path
) -> None:
    bobs = open_page(world.bob)
    subscribe(bobs, serve(site, rss([item(1)], title="The Coast")), "News, Far East")
    bobs.get_by_label("Your title for it").fill("Çoast & <Country>")
    bobs.get_by_role("button", name="Save").click()
    bobs.goto("/feeds/")
    with bobs.expect_download() as download:
        bobs.get_by_role("link", name="Export").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "feeds.opml"
    path.write_bytes(
        path.read_bytes().replace(b"</body>", b'<outline type="rss" text="X"/></body>')
    )
    alices = open_page(world.alice, 390, script=False)
    alices.goto("/feeds/import/")
    alices.get_by_label("OPML file").set_input_files(path)
    alices.get_by_role("button", name="Subscribe to all of them").click()
    expect(alices.get_by_text("You read 1 more feed.")).to_be_visible()
    expect(alices.get_by_text("Labels: Far East, News")).to_be_visible()
    expect(alices.get_by_text("“X” was left out: it has no address.")).to_be_visible()
    alices.get_by_role("link", name="To your feeds").click()
    for label in ("Far East", "News"):
        group = alices.get_by_role("region", name=label)
        expect(group.get_by_role("link", name="Çoast & <Country>")).to_be_visible()
    mine = Subscription.objects.get(user=world.alice)
    assert {label.name for label in mine.labels.all()} == {"Far East", "News"}


def test_the_bookmarklet_brings_the_address_along(open_page: OpenPage, world: World) -> None:
    page = open_page(world.bob)
    page.goto("/feeds/")
    bookmarklet = page.get_by_role("link", name="Subscribe in On Record")
    bookmarklet.click()  # nothing happens here, and the policy has nothing to stop
    written = bookmarklet.get_attribute("href") or ""
    page.goto("/help/?from=a&to=ü")
    address = page.url
    page.evaluate(written.removeprefix("javascript:"))
    expect(page.get_by_label("Address of a site or of a feed")).to_have_value(address)
