"""Shared pages: what they never show, and where their links lead."""

from html import unescape

import pytest
from django.test import Client
from django.utils.timezone import localdate

from annotations.models import Annotation
from annotations.services.sharing import share as make_share
from annotations.services.withdrawals import withdraw
from annotations.subjects import Subject
from reader import dates
from reader.access import Seat
from reader.models import Role
from reader.services.projects import personal_project
from tests.annotations.affair import ALLEGED, CLAIM, DENIED, INTERNAL, QUOTED, WHOLE, Affair, affair
from tests.annotations.shared_pages import links, meta, opened, raw, text_of
from tests.clients import signed_in
from tests.factories import make_article, make_mark

pytestmark = pytest.mark.django_db


def affair_of_somebody_else(world: Affair) -> Annotation:
    """A mark in the notes of Charlie, on an article of their own."""
    own = personal_project(world.charlie)
    article = make_article(own, "Secret words nobody shares.\n\nAnd more of them.")
    return make_mark(own, article, "Secret words nobody shares.", "quote", world.charlie)


def test_only_a_shared_project_opens_its_articles() -> None:
    world = affair()
    elsewhere = affair_of_somebody_else(world)
    of_project, of_article = world.share(world.project), world.share(world.article)
    for share, article, status in [
        (of_project, world.later, 200),
        (of_article, world.article, 404),
        (of_article, world.later, 404),
        (of_project, elsewhere.article, 404),
    ]:
        response = Client().get(f"/share/{share.code}/articles/{article.pk}/")
        assert response.status_code == status


@pytest.mark.parametrize("settings", [{}, WHOLE])
def test_no_shared_page_tells_what_is_internal(settings: dict[str, object]) -> None:
    world = affair(**settings)
    for of in (world.alleged, world.denied, world.quoted, world.article, world.project):
        for client in (Client(), signed_in(world.alice)):
            page = client.get(f"/share/{world.share(of).code}/").content.decode()
            for words in (INTERNAL, "Bobbin", "Alicia", "example.org", "/history/", "/edit/"):
                assert words not in page


def test_a_public_note_is_shown() -> None:
    world = affair()
    Annotation.objects.filter(pk=world.alleged.pk).update(note_public=True)
    assert INTERNAL in opened(world.share(world.alleged))
    assert INTERNAL in opened(world.share(world.article))


def test_every_link_of_a_private_projects_share_opens_for_anybody() -> None:
    world = affair()
    for of in (world.alleged, world.denied, world.quoted, world.article, world.project):
        share = world.share(of)
        found = links(raw(share))
        assert found
        for link in found:
            assert Client().get(unescape(link)).status_code == 200, link
            assert link.startswith(f"/share/{share.code}/"), link


def test_links_of_a_public_projects_share_open_too() -> None:
    world = affair(visibility="public")
    for of in (world.alleged, world.article, world.project):
        for link in links(raw(world.share(of))):
            assert Client().get(unescape(link)).status_code == 200, link


def test_a_share_of_ones_own_notes_does_not_name_anybody() -> None:
    world = affair()
    own = personal_project(world.alice)
    mark = make_mark(own, world.article, ALLEGED, "allegation", world.alice, speakers=["Reeds"])
    seat = Seat(world.alice, own, Role.OWNER)
    for subject in (Subject(seat, world.article, mark), Subject(seat, world.article)):
        page = text_of(opened(make_share(subject, world.alice)))
        assert "Marked by one reader" in page
        assert "No denial recorded in this project (1 article, latest 8 May 2024)" in page
        assert "My notes" not in page and "Alicia" not in page


def test_withdrawn_words_leave_every_shared_page() -> None:
    world = affair()
    shares = [
        world.share(of)
        for of in (world.alleged, world.denied, world.article, world.later, world.project)
    ]
    withdraw(world.subject(world.alleged), world.alice, "The report was wrong.")
    withdraw(world.subject(world.denied), world.alice, "These are not his words.")
    for share in shares:
        page = opened(share)
        for words in (ALLEGED, DENIED, "Reed Society", "Odo Fenn", CLAIM):
            assert words not in page
    for share in shares[:4]:
        assert "withdrawn from public view" in text_of(opened(share))
    assert "The report was wrong." in opened(shares[0])


def test_where_the_only_denial_is_withdrawn_no_page_says_that_none_is_recorded() -> None:
    world = affair()
    withdraw(world.subject(world.denied), world.alice, "These are not his words.")
    share = world.share(world.alleged)
    day = dates.show(localdate(), "day")
    said = f"A denial recorded on {day} was withdrawn from public view on {day}."
    assert f"{said} Reason: These are not his words." in text_of(opened(share))
    assert DENIED not in opened(share)
    assert said in unescape(meta(raw(share), "og:description"))


def test_a_withdrawn_page_leaves_its_notice() -> None:
    world = affair()
    shares = [world.share(of) for of in (world.article, world.alleged, world.quoted)]
    withdraw(world.subject(world.article), world.alice, "A court said so.")
    for share in shares:
        page = opened(share)
        assert "A court said so." in page
        assert ALLEGED not in page and QUOTED not in page
    assert ALLEGED not in opened(world.share(world.denied))
