"""The stamp of a public page changes with everything that the page shows."""

from dataclasses import replace

import pytest
from django.test import Client

from annotations.models import ReplyKind, ReplyStatus
from annotations.queries.stamps import public_page_stamp
from annotations.services import extents, marking, replies, withdrawals
from annotations.services.claims import LinkTo
from annotations.services.editing import edit
from annotations.subjects import Subject
from reader.access import Seat
from reader.models import Role, Visibility
from reader.services.projects import change_settings, settings_of, stamp
from tests.factories import fields_of, make_article, make_mark, make_project, place_of

pytestmark = pytest.mark.django_db

CLAIM = "That the works poisoned the river"


@pytest.fixture
def project(project):
    project.visibility = Visibility.PUBLIC
    project.save()
    return project


@pytest.fixture
def allegation(project, article, bob):
    words = "The works poisoned the river"
    return make_mark(project, article, words, "allegation", bob, claims=[CLAIM])


@pytest.fixture
def elsewhere(project):
    return make_article(
        project, "The works denied it.", title="Works deny", url="http://a.example/"
    )


@pytest.fixture
def denial(project, elsewhere, bob, allegation):
    """One that answers the allegation from another article."""
    return make_mark(project, elsewhere, "The works denied it", "denial", bob, claims=[CLAIM])


@pytest.fixture
def changes(project, article):
    """Does the article's stamp change by what is done?"""

    def does(act):
        before = public_page_stamp(project.slug, article.pk)
        act()
        return public_page_stamp(project.slug, article.pk) != before

    return does


def test_it_is_the_same_while_nothing_happens(changes, allegation, denial):
    assert not changes(lambda: None)


def test_marks_of_every_kind(changes, project, article, bob):
    for kind in ("quote", "allegation", "denial"):
        assert changes(lambda kind=kind: make_mark(project, article, "Zoë", kind, bob))


def test_edits_extents_deletion_and_return(changes, article, bob, allegation):
    fields = fields_of(allegation, speakers=["Ida Voss"])
    assert changes(lambda: edit(allegation.pk, 2, fields, bob))
    add = place_of(article, "fisher")
    assert changes(lambda: extents.change_extent(allegation.pk, 3, "add", add))
    assert changes(lambda: marking.delete(allegation.pk))
    assert changes(lambda: marking.restore(allegation.pk))


def test_a_denial_linked_in_another_article(changes, project, elsewhere, bob, allegation):
    assert changes(
        lambda: make_mark(project, elsewhere, "denied it", "denial", bob, claims=[CLAIM])
    )


def test_every_change_of_a_denial_linked_in_another_article(
    changes, project, article, elsewhere, bob, denial
):
    linked = fields_of(denial, speakers=["The works"])
    assert changes(lambda: edit(denial.pk, 2, linked, bob)), "unlinked and attributed"
    denial.refresh_from_db()
    again = fields_of(denial, speakers=["The works"], links=[LinkTo(CLAIM)])
    assert changes(lambda: edit(denial.pk, 3, again, bob)), "linked again"
    spoken = fields_of(denial, speakers=["A spokesman"], links=[LinkTo(CLAIM)])
    assert changes(lambda: edit(denial.pk, 4, spoken, bob)), "by somebody else"
    place = place_of(elsewhere, "The works")
    assert changes(lambda: extents.change_extent(denial.pk, 5, "remove", place)), "fewer words"
    assert changes(lambda: marking.delete(denial.pk, reason="Not his words.")), "deleted"
    assert changes(lambda: marking.restore(denial.pk)), "back"
    quote = fields_of(denial, kind="quote", speakers=["A spokesman"], links=[LinkTo(CLAIM)])
    denial.refresh_from_db()
    assert changes(lambda: edit(denial.pk, denial.version, quote, bob)), "no denial any more"


def test_how_much_was_read(changes, project):
    assert changes(lambda: make_article(project, "One more article.", title="One more"))


def test_a_library_article_that_is_marked_in_the_project(changes, project, bob):
    library = make_article(None, "A library article.", title="Library")
    assert changes(lambda: make_mark(project, library, "library", by=bob))


def test_the_details_of_the_article(changes, project, article, alice):
    client = Client()
    client.force_login(alice)
    address = f"/articles/{article.pk}/edit/?project={project.slug}"
    page = client.get(address)
    sent = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    assert changes(lambda: client.post(address, sent | {"title": "Another title"}))


def test_the_details_of_an_article_with_an_answer(changes, project, elsewhere, alice, denial):
    client = Client()
    client.force_login(alice)
    address = f"/articles/{elsewhere.pk}/edit/?project={project.slug}"
    page = client.get(address)
    sent = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    assert changes(lambda: client.post(address, sent | {"published_on": "2026-05-03"}))


def test_settings(changes, project):
    def rename():
        project.refresh_from_db()
        change_settings(project, replace(settings_of(project), name="New"), stamp(project))

    assert changes(rename)


def test_replies_and_withdrawals(changes, project, article, alice, allegation):
    subject = Subject(Seat(alice, project, Role.OWNER), article, allegation)
    reply = replies.send(
        subject, kind=ReplyKind.REPLY, name="The works", contact="", text="We did not."
    )
    assert changes(lambda: replies.decide(reply.pk, ReplyStatus.ACCEPTED, alice))
    assert changes(lambda: replies.decide(reply.pk, ReplyStatus.WAITING, alice))
    assert changes(lambda: withdrawals.withdraw(subject, alice, "A mistake of ours."))
    assert changes(lambda: withdrawals.lift(allegation.withdrawals.get()))


def test_only_articles_of_public_projects_have_one(project, article, elsewhere):
    assert public_page_stamp(project.slug, article.pk)
    assert public_page_stamp(project.slug, make_article(None, "Library.").pk) is None
    private = make_project("private")
    assert public_page_stamp("private", make_article(private, "Private.").pk) is None
    assert public_page_stamp("nowhere", article.pk) is None
