"""Shared pages in a real browser: without account or script, on a phone, and after revoking."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from annotations.models import Reply
from annotations.services.replies import decide, send
from annotations.services.sharing import revoke
from tests.annotations.affair import ALLEGED, APART, DENIED, Affair, affair

pytestmark = pytest.mark.django_db(transaction=True)

ACTED = "acted"
NASTY = (
    f"""<img src=x onerror="document.title='{ACTED}'"><script>document.title='{ACTED}'</script>"""
)


@pytest.fixture
def world() -> Affair:
    cache.clear()
    return affair(name="The tannery", contact="desk@tannery.example")


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A narrow page without script, signed in nowhere."""
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    yield context.new_page()
    context.close()


def test_a_reader_without_script_sees_the_denial_and_answers(
    live_server, phone: Page, world: Affair
) -> None:
    share = world.share(world.alleged)
    phone.goto(f"{live_server.url}/share/{share.code}/")
    expect(phone.get_by_text(ALLEGED)).to_be_visible()
    expect(phone.get_by_text(DENIED)).to_be_visible()
    expect(phone.get_by_text(APART)).to_be_visible()

    phone.get_by_role("link", name="Report an error or reply").click()
    expect(phone.get_by_text(ALLEGED)).to_be_visible()
    phone.get_by_label("Your message").fill("We did not.\nAsk the mayor.")
    phone.get_by_label("Your name", exact=True).fill("Odo Fenn")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    reply = Reply.objects.get()
    assert (reply.annotation, reply.text) == (world.alleged, "We did not.\nAsk the mayor.")

    decide(reply.pk, "accepted", world.alice)
    phone.get_by_role("link", name="Back to the page").click()
    expect(phone.get_by_text("Reply of Odo Fenn")).to_be_visible()

    revoke(share)
    answer = phone.reload()
    assert answer and answer.status == 404
    expect(phone.get_by_text("no longer valid")).to_be_visible()
    expect(phone.get_by_text(ALLEGED)).to_have_count(0)


def test_a_shared_project_is_walked_without_script(live_server, phone: Page, world: Affair) -> None:
    phone.goto(f"{live_server.url}/share/{world.share(world.project).code}/")
    expect(phone.get_by_text(DENIED)).to_be_visible()
    phone.get_by_role("link", name="Dye in the river").click()
    expect(phone.get_by_role("heading", name="Dye in the river")).to_be_visible()
    phone.locator("#summary").get_by_role("link", name=DENIED).click()
    expect(phone.get_by_role("heading", name="The yard answers")).to_be_visible()
    passage = phone.url.partition("#")[2]
    expect(phone.locator(f"[id='{passage}']")).to_have_count(1)


def test_the_address_of_a_link_is_passed_on_to_nobody(
    live_server, page: Page, world: Affair
) -> None:
    page.goto(f"{live_server.url}/share/{world.share(world.alleged).code}/")
    with page.expect_request(lambda request: request.url.endswith("/")) as asked:
        page.get_by_role("link", name="On Record").click()
    assert "referer" not in asked.value.all_headers()


def test_markup_from_the_public_does_nothing(live_server, page: Page, world: Affair) -> None:
    reply = send(world.subject(world.alleged), kind="reply", name=NASTY, contact=NASTY, text=NASTY)
    decide(reply.pk, "accepted", world.alice)
    for of in (world.alleged, world.article, world.project):
        page.goto(f"{live_server.url}/share/{world.share(of).code}/")
        expect(page.get_by_text("<script>").first).to_be_visible()
        assert page.title() != ACTED
        assert page.locator("main img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_shared_pages_are_accessible_and_fit(
    live_server, chromium: Browser, world: Affair, scheme: str, width: int
) -> None:
    shares = [
        world.share(of)
        for of in (world.alleged, world.denied, world.quoted, world.article, world.project)
    ]
    addresses = [f"/share/{share.code}/" for share in shares]
    addresses += [f"/share/{shares[0].code}/reply/", "/share/unknown/"]
    context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    for address in addresses:
        page.goto(f"{live_server.url}{address}")
        found = Axe().run(page)
        assert found.violations_count == 0, (address, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    context.close()
