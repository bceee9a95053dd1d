"""Settings: what people choose is kept, and pages are shown as they chose."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from reader.middleware import Preferences as Middleware
from reader.models import Role, User
from reader.services.invitations import invite
from reader.services.preferences import Preferences, change_preferences, preferences_of, time_zones
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db

ADDRESS = "/account/preferences/"
CHOSEN = {
    "theme": "dark",
    "typeface": "sans",
    "type_size": "large",
    "measure": "wide",
    "language": "en",
    "time_zone": "Asia/Tokyo",
    "shortcuts": "on",
}


@pytest.fixture
def alice() -> User:
    return make_user("alice@example.org")


@pytest.fixture
def browser(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def test_strangers_are_asked_to_sign_in(client):
    assert client.get(ADDRESS).url.startswith("/accounts/login/")


def test_what_was_chosen_is_kept(browser, alice):
    page = browser.post(ADDRESS, CHOSEN, follow=True)
    assert "Your settings are saved." in page.content.decode()
    alice.refresh_from_db()
    assert preferences_of(alice) == Preferences(
        **CHOSEN | {"shortcuts": True, "read_when_opened": False}
    )
    html = browser.get("/").content.decode()
    for shown in ('data-theme="dark"', 'data-typeface="sans"', 'content="dark"'):
        assert shown in html
    assert 'data-shortcuts="on"' in html


def test_a_new_person_has_the_sites_ways(browser, alice):
    assert preferences_of(alice) == Preferences()
    html = browser.get("/").content.decode()
    assert 'data-theme="auto"' in html
    assert 'content="light dark"' in html


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "purple"),
        ("theme", ""),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../etc/passwd"),
        ("language", "xx"),
        ("type_size", "huge"),
    ],
)
def test_what_is_not_offered_is_refused_beside_its_field(browser, alice, name, value):
    page = browser.post(ADDRESS, CHOSEN | {name: value})
    assert page.context["form"].errors.keys() == {name}
    assert page.context["form"]["measure"].value() == "wide"
    alice.refresh_from_db()
    assert preferences_of(alice) == Preferences()


def test_every_zone_that_is_offered_is_one():
    zones = time_zones()
    assert zones["UTC"] == ["UTC"]
    assert "Europe/Tallinn" in zones["Europe"]
    assert "America/Argentina/Buenos_Aires" in zones["America"]
    assert "Etc" not in zones
    assert sum(map(len, zones.values())) > 300


@pytest.fixture
def shown():
    """How a view in a request of this person sees a moment, and which language it speaks."""

    def seen(person: User) -> tuple[str, str]:
        moment = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)

        def view(request):
            words = Template('{{ moment|date:"Y-m-d H:i" }}').render(Context({"moment": moment}))
            return words, translation.get_language()

        request = RequestFactory().get("/")
        request.user, request.COOKIES = person, {"sessionid": "x"}
        return Middleware(view)(request)

    return seen


def test_times_are_shown_in_the_persons_zone(alice, shown):
    assert shown(alice) == ("2026-03-01 20:30", "en")
    alice.time_zone = "Asia/Tokyo"
    assert shown(alice) == ("2026-03-02 05:30", "en")
    assert timezone.get_current_timezone_name() == "UTC"


def test_a_zone_or_language_that_is_gone_is_the_sites(alice, shown, settings):
    alice.time_zone, alice.language = "Mars/Olympus", "xx"
    assert shown(alice) == ("2026-03-01 20:30", "en")


def test_pages_speak_the_persons_language(alice, shown, settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]
    alice.language = "fr"
    assert shown(alice)[1] == "fr"


def test_a_page_of_mine_has_my_time(browser, alice):
    """An invitation that ends on another day in another part of the world."""
    project = make_project("spill")
    make_member(project, alice, Role.OWNER)
    invitation, _ = invite(project, alice, Role.VIEWER)
    invitation.expires_at = timezone.now().replace(hour=20, minute=0) + timedelta(days=3)
    invitation.save()
    day, next_day = (
        (invitation.expires_at + timedelta(days=n)).strftime("%-d %B %Y") for n in (0, 1)
    )
    assert day in browser.get("/projects/spill/members/").content.decode()
    change_preferences(alice, Preferences(time_zone="Asia/Tokyo"))
    assert next_day in browser.get("/projects/spill/members/").content.decode()
