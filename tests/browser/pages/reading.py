"""Reading, marking and the library."""

from playwright.sync_api import Page, expect

from reader.models import Article, Theme, User, Visibility
from reader.services.reading import keep_position, open_article, set_read, set_starred
from tests.annotations.affair import Affair
from tests.browser.pages.visit import Visit, press
from tests.factories import (
    make_article,
    make_entry,
    make_mark,
    make_project,
    make_subscription,
    make_user,
)
from tests.pictures import give_picture


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


def _keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def _preview(page: Page) -> None:
    page.get_by_label("Text", exact=True).fill("A first paragraph.\n\nA second one.")
    press("Preview")(page)


def reading_pages(world: Affair) -> list[Visit]:
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
        Visit("add_article", "/articles/add/", alice, press("Preview")),
        Visit("add_article", "/articles/add/", alice, _preview),
        Visit("add_address", "/articles/add/address/?project=tannery", alice),
        Visit("add_address", "/articles/add/address/?url=http://10.0.0.1/", alice, press("Fetch")),
        Visit("edit_article", f"/articles/{world.article.pk}/edit/?project=tannery", alice),
        Visit("404", "/nowhere/"),
        Visit("405", f"/annotations/{world.alleged.pk}/restore/"),
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
        Visit("library", f"/?feed={feed.pk}", reader, press("Mark all as read")),
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
