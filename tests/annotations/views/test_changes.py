"""Deciding about passages that articles have changed, and what readers learn of it."""

from html import unescape

import pytest
from django.test import Client

from annotations.models import Anchor, AnchorStatus, Decision, Kind
from annotations.services.sharing import share
from annotations.subjects import Subject
from reader.access import seat_in
from reader.models import Article, Project, Role, User
from tests.annotations.queries.test_fates import CORRECTED
from tests.annotations.services.test_reanchoring import TEXT, THIRD, URL, WORDS, revise
from tests.factories import make_article, make_mark, make_member, make_project, make_user, place_of

pytestmark = pytest.mark.django_db

QUEUE = "/projects/ferry/changes/"


@pytest.fixture
def bob() -> User:
    return make_user("bob@example.org")


@pytest.fixture
def project(bob: User) -> Project:
    project = make_project("ferry", visibility="public", readers_see="whole")
    make_member(project, bob, Role.ANNOTATOR)
    return project


@pytest.fixture
def article(project: Project, bob: User) -> Article:
    """Marked by Bob, and then corrected: one passage changed, one gone, one only moved."""
    article = make_article(project, TEXT, url=URL)
    for words, kind in zip(WORDS, (Kind.ALLEGATION, Kind.DENIAL, Kind.QUOTE), strict=True):
        make_mark(project, article, words, kind, by=bob)
    revise(article, CORRECTED)
    return Article.objects.get(pk=article.pk)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def asked(status: str) -> Anchor:
    return Anchor.objects.get(status=status, revision__number=2)


def decide(client: Client, anchor: Anchor, decision: str) -> str:
    path = f"/annotations/{anchor.annotation_id}/decide/"
    sent = {"anchor": anchor.pk, "decision": decision}
    return unescape(client.post(path, sent, follow=True).content.decode())


def test_the_queue_has_what_changed_and_what_is_gone(client, bob, article) -> None:
    client.force_login(bob)
    shown = page(client, QUEUE)
    assert "<del>had</del><ins>has</ins> run aground" in shown
    assert f"<del>“{WORDS[1]}”</del>" in shown
    assert shown.count("<blockquote") == 2
    assert "2 passages changed, to decide about" in page(client, "/projects/ferry/")


def test_still_right_and_no_longer_there(client, bob, article) -> None:
    client.force_login(bob)
    assert "Still right." in decide(client, asked("changed"), "right")
    assert "No longer there" in decide(client, asked("orphaned"), "gone")
    assert asked("changed").decision == Decision.RIGHT
    assert asked("orphaned").decided_by == bob
    assert "Nothing waits for a decision." in page(client, QUEUE)


def test_a_decision_can_be_taken_back(client, bob, article) -> None:
    client.force_login(bob)
    anchor = asked("changed")
    shown = decide(client, anchor, "gone")
    undo = f"/annotations/{anchor.annotation_id}/decide/{anchor.pk}/undo/"
    assert f'action="{undo}"' in shown
    client.post(undo)
    assert asked("changed").decision == Decision.NONE
    assert asked("changed").decided_by is None


def test_what_does_not_fit_is_refused_in_words(client, bob, article) -> None:
    client.force_login(bob)
    lost, changed = asked("orphaned"), asked("changed")
    assert "There is nothing to decide" in decide(client, lost, "right")
    assert "Choose what to decide." in decide(client, changed, "burnt")
    decide(client, changed, "right")
    assert "Somebody else has decided otherwise" in decide(client, changed, "gone")
    revise(article, f"{CORRECTED} It was Tuesday.")
    assert "The article has changed again." in decide(client, lost, "gone")


def test_the_words_are_adjusted_and_lost_ones_found_again(client, bob, article) -> None:
    client.force_login(bob)
    for status, words, operation in (("changed", "the ferry", "add"), ("orphaned", "It", "add")):
        anchor = asked(status)
        place = place_of(article, words)
        sent = {"operation": operation, "version": anchor.annotation.version, "revision": 2}
        sent |= {"start": place.start, "end": place.end, "exact": place.exact}
        client.post(f"/annotations/{anchor.annotation_id}/extent/", sent)
        anchor.refresh_from_db()
        assert (anchor.status, anchor.decision) == (AnchorStatus.CHANGED, Decision.ADJUSTED)
        assert anchor.decided_by == bob
        assert any(words in one.exact for one in anchor.fragments.all())
        evidence = Anchor.objects.get(annotation=anchor.annotation, revision__number=1)
        assert evidence.fragments.get().exact in WORDS
    assert "Nothing waits" in page(client, QUEUE)


def test_only_members_see_it_and_only_those_who_may_edit_decide(client, project, article) -> None:
    vera, charlie = make_user("vera@example.org"), make_user("charlie@example.org")
    make_member(project, vera, Role.ANNOTATOR)
    anchor = asked("changed")
    for who in (None, charlie):
        if who:
            client.force_login(who)
        assert client.get(QUEUE).status_code == 404
        assert decide_status(client, anchor) == 404
    client.force_login(vera)
    assert "Who marked it, or a curator, decides." in page(client, QUEUE)
    assert decide_status(client, anchor) == 404


def decide_status(client: Client, anchor: Anchor) -> int:
    path = f"/annotations/{anchor.annotation_id}/decide/"
    return client.post(path, {"anchor": anchor.pk, "decision": "right"}).status_code


def test_an_anchor_of_another_annotation_is_not_found(client, bob, article) -> None:
    client.force_login(bob)
    path = f"/annotations/{asked('changed').annotation_id}/decide/"
    sent = {"anchor": asked("orphaned").pk, "decision": "gone"}
    assert client.post(path, sent).status_code == 404


def test_readers_learn_what_the_article_did(client, bob, project, article) -> None:
    shown = page(client, f"/projects/ferry/articles/{article.pk}/")
    assert "Changed by the article on" in shown
    assert "No longer in the article since" in shown
    assert "<del>had</del><ins>has</ins> run aground" in shown
    assert "/decide/" not in shown
    for status, told in (("changed", "Changed by the article on"), ("orphaned", "No longer in")):
        annotation = asked(status).annotation
        link = share(Subject(seat_in(bob, project), article, annotation), bob)
        assert told in page(client, f"/share/{link.code}/")


def test_the_reading_page_leads_to_the_decision(client, bob, article) -> None:
    client.force_login(bob)
    shown = page(client, f"/projects/ferry/articles/{article.pk}/")
    assert f'href="{QUEUE}#c-{asked("changed").annotation_id}">All that changed</a>' in shown


def test_a_card_takes_the_decision_and_leads_back(client, bob, article) -> None:
    client.force_login(bob)
    path = f"/projects/ferry/articles/{article.pk}/"
    anchor = asked("changed")
    assert f'action="/annotations/{anchor.annotation_id}/decide/"' in page(client, path)
    sent = {"anchor": anchor.pk, "decision": "right", "next": path}
    answer = client.post(f"/annotations/{anchor.annotation_id}/decide/", sent)
    assert answer["Location"] == path
    shown = page(client, path)
    assert f'action="/annotations/{anchor.annotation_id}/decide/"' not in shown
    assert "Changed by the article on" in shown


def test_a_lost_denial_travels_with_its_allegation(client, bob, project) -> None:
    article = make_article(project, TEXT, url=URL)
    claims = ["That the ferry ran aground"]
    alleged = make_mark(
        project, article, WORDS[2], Kind.ALLEGATION, bob, speakers=["Odo Fenn"], claims=claims
    )
    make_mark(project, article, WORDS[1], Kind.DENIAL, bob, speakers=["Mira Okonjo"], claims=claims)
    revise(article, THIRD)
    link = share(Subject(seat_in(bob, project), article, alleged), bob)
    shown = page(client, f"/share/{link.code}/")
    assert WORDS[1] in shown
    assert "no longer in the article since" in shown


@pytest.mark.parametrize("number", [1, 12])
def test_as_many_queries_however_many(client, bob, project, number, django_assert_num_queries):
    article = make_article(project, TEXT, url=URL)
    for _ in range(number):
        make_mark(project, article, WORDS[0], by=bob)
    revise(article, CORRECTED)
    client.force_login(bob)
    client.get(QUEUE)
    with django_assert_num_queries(7):
        client.get(QUEUE)


def test_a_claims_page_tells_it_too(client, bob, project) -> None:
    article = make_article(project, TEXT, url=URL)
    claims = ["That the ferry ran aground"]
    make_mark(project, article, WORDS[0], Kind.ALLEGATION, bob, claims=claims)
    make_mark(project, article, WORDS[1], Kind.DENIAL, bob, claims=claims)
    revise(article, CORRECTED)
    claim = project.claims.get()
    shown = page(client, f"/claims/{claim.pk}/")
    assert "Changed by the article on" in shown
    assert "<del>had</del><ins>has</ins> run aground" in shown
    assert "No longer in the article since" in shown
