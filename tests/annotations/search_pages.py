"""The search page, for its tests: what was found on it, and something to find."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from reader.models import Feed, FeedEntry, ReadingState, Subscription, User
from reader.services.indexing import index_all
from tests.annotations.affair import Affair, affair
from tests.factories import make_article

LINK = re.compile(r'<a[^>]* href="([^"]*)"[^>]*>(.*?)</a>', re.S)


def client_of(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def page(user: User | None, q: str, **parameters: str) -> str:
    """The page's HTML, without character references."""
    index_all()
    response = client_of(user).get("/search/", {"q": q, **parameters})
    assert response.status_code == 200
    return unescape(response.content.decode())


def part(html: str, css_class: str) -> str:
    """One of the page's sections; empty where it is not there."""
    found = re.search(rf'<(section|nav)[^>]* class="{css_class}".*?</\1>', html, re.S)
    return found[0] if found else ""


def titles(html: str) -> list[str]:
    found = re.findall(r"<h3 dir=\"auto\">(.*?)</h3>", part(html, "found-articles"), re.S)
    return [strip_tags(one).strip() for one in found]


def words(html: str) -> list[str]:
    """What the passages say, those of the answers apart."""
    found = re.findall(r'<p class="words" dir="auto">(.*?)</p>', part(html, "found-passages"), re.S)
    return [strip_tags(one).strip() for one in found]


def links(html: str) -> dict[str, str]:
    return {" ".join(strip_tags(text).split()): path for path, text in LINK.findall(html)}


def query_in(path: str) -> str:
    return parse_qs(urlsplit(path).query).get("q", [""])[0]


DYE, YARD = "Dye in the river", "The yard answers"


def searched_affair() -> Affair:
    """The affair, with a feed that brought its first article, which Alice has read and starred."""
    world = affair()
    feed = Feed.objects.create(url="https://reed.example/feed", title="City desk")
    FeedEntry.objects.create(
        feed=feed, key="a", article=world.article, listed_at=world.article.listed_at
    )
    Subscription.objects.create(user=world.alice, feed=feed)
    ReadingState.objects.create(
        user=world.alice,
        article=world.article,
        read_at=timezone.now(),
        starred_at=timezone.now(),
    )
    for article, byline in ((world.article, "Ida Voss"), (world.later, "Mo Tal")):
        article.byline = byline
        article.save(update_fields=["byline"])
    make_article(world.project, "Nothing to do with it, and no day.", title="Undated")
    return world
