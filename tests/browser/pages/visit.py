"""What is said of one page: who opens it, and what they do there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from reader.models import User

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


def press(name: str) -> Act:
    """Press a button of the page, of which another comes."""

    def act(page: Page) -> None:
        # So that the server's own complaints are seen, not the browser's.
        page.evaluate("for (const form of document.forms) form.noValidate = true")
        with page.expect_navigation():
            page.locator("main").get_by_role("button", name=name).first.click()

    return act


def open_all(page: Page) -> None:
    """Open everything that is folded."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
