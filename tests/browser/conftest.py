"""A real Chromium for the tests in this folder, and people who use it."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from reader.models import Article, Project, Readers, Role, User, Visibility
from tests.ensure_browser import find_browser
from tests.factories import make_article, make_member, make_project, make_user

# Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a browser."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this test run."""
    path = find_browser()
    if path is None:
        pytest.skip("no Chromium here; `python -m tests.ensure_browser` gets one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of its own for each test, with nothing in its storage."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def sign_in(context: BrowserContext, user: User, address: str) -> None:
    """Make the context one where `user` has signed in at the site with this address."""
    client = Client()
    client.force_login(user)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}])


# What the console says of refusals and of requests that a newer one replaced (a request that failed
# says `htmx:sendError` besides), and, where a test makes the server fail, of failures: the scripts
# deal with all of them.
_REFUSED = re.compile(
    r"Failed to load resource: .* status of (409|422)\b|htmx:(afterRequest|sendAbort),"
)
_FAILED = re.compile(
    "Failed to load resource|htmx:(afterRequest|sendError|timeout)|Response Status Error"
)

OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(live_server: Any, chromium: Browser) -> Iterator[OpenPage]:
    """Opens pages of the running site, each in a context of its own:

    `open_page(user=None, width=1280, touch=False, script=True, scheme="light", failing=False)`.
    At the end of the test there must have been no error in a console, no script error, no
    violation of the content security policy, and no request to another site. With `failing`,
    answers may be errors or fail to come.
    """
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def hear(message: ConsoleMessage, expected: re.Pattern[str]) -> None:
        if message.type == "error" and not expected.search(message.text):
            problems.append(f"console: {message.text} at {message.location}")

    def opened(
        user: User | None = None,
        width: int = 1280,
        *,
        touch: bool = False,
        script: bool = True,
        scheme: Literal["light", "dark"] = "light",
        failing: bool = False,
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 844},
            has_touch=touch,
            is_mobile=touch,
            java_script_enabled=script,
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        if user:
            sign_in(context, user, live_server.url)
        page = context.new_page()
        expected = _FAILED if failing else _REFUSED
        page.on("console", lambda message: hear(message, expected))
        page.on("pageerror", lambda error: problems.append(f"script: {error}"))
        page.on(
            "request",
            lambda request: (
                request.url.startswith((live_server.url, "data:"))
                or problems.append(f"asked for {request.url}")
            ),
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


ARTICLE = """
<h2>The tank</h2>
<p>The works poisoned the river, said Ida Voss, a fisher. Nobody at the works had told her.</p>
<p>“Nothing leaked,” said Mira Okonjo, the director, “not a drop.” Zoë 👩‍🚒😀 disagreed.</p>
<blockquote dir="rtl" lang="ar"><p>لم يتسرب شيء من الخزان.</p></blockquote>
<ul><li>The first tank stands by the river.</li><li>The second tank is empty.</li></ul>
<p>The works denied that anything had leaked. A spokesman repeated it on Monday.</p>
"""


@dataclass(frozen=True)
class World:
    """Alice owns a public project with one article, in which Bob annotates."""

    alice: User
    bob: User
    project: Project
    article: Article

    @property
    def text(self) -> str:
        assert self.article.current_revision
        return self.article.current_revision.text

    @property
    def path(self) -> str:
        return f"/projects/{self.project.slug}/articles/{self.article.pk}/"


@pytest.fixture
def world(transactional_db: None) -> World:
    """What most tests here begin with."""
    alice, bob = make_user("alice@example.org"), make_user("bob@example.org")
    project = make_project("spill", visibility=Visibility.PUBLIC, readers_see=Readers.WHOLE)
    make_member(project, alice, Role.OWNER)
    make_member(project, bob, Role.ANNOTATOR)
    article = make_article(
        project,
        html=ARTICLE,
        title="A tank by the river",
        publication="The Courier",
        published_on="2026-03-01",
        language="en",
        url="https://courier.example/tank",
    )
    return World(alice, bob, project, article)
