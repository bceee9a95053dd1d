"""Bob's library in a browser: five long articles, and where they stand in the list."""

from playwright.sync_api import Page

from reader.models import Article, User
from reader.queries.reading import unread_by
from tests.browser.conftest import World
from tests.factories import make_article, make_entry, make_subscription

LONG = "\n\n".join(
    f"Paragraph {n} 😀: the harbour office said that the ferry had not run aground, and that "
    "nobody who was on board that night had said so."
    for n in range(60)
)


def make_articles(world: World) -> list[Article]:
    """Five articles of the library, newest first; the last two stand in a feed of Bob's."""
    made = [
        make_article(
            None,
            f"Number {n}.\n\n{LONG}",
            title=f"Statement {n}",
            published_on=f"2026-04-{20 - n}",
            url=f"https://courier.example/{n}",
        )
        for n in range(5)
    ]
    feed = make_subscription(world.bob, "The Courier", "Coast").feed
    for article in made[3:]:
        make_entry(feed, article)
    return made


def entry(page: Page, title: str):
    return page.locator(".entry", has=page.get_by_role("link", name=title))


def link(page: Page, title: str):
    return page.locator(".entry").get_by_role("link", name=title)


def unread(user: User) -> set[str]:
    user.refresh_from_db()
    return set(Article.objects.filter(unread_by(user)).values_list("title", flat=True))
