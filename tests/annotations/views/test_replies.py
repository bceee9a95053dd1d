"""Replies: the form that anybody may fill in, and the curators' queue."""

from collections.abc import Iterator
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client

from annotations.models import Reply, ReplyStatus
from annotations.services.withdrawals import withdraw
from annotations.views.replies import AN_HOUR
from tests.annotations.affair import (
    ALLEGED,
    DENIED,
    QUOTED,
    SILENCE,
    UNANSWERED,
    Affair,
    affair,
)

pytestmark = pytest.mark.django_db
TYPED = {"kind": "reply", "name": "Odo Fenn", "contact": "odo@example.org", "text": "We did not."}
NASTY = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'>"


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def curator(world: Affair) -> Client:
    client = Client()
    client.force_login(world.alice)
    return client


def test_a_reply_goes_into_the_queue_from_every_page_that_offers_it() -> None:
    world = affair(visibility="public")
    of_project, of_mark = world.share(world.project), world.share(world.alleged)
    sent = [
        ("/projects/tannery/reply/", None, None),
        (f"/projects/tannery/articles/{world.article.pk}/reply/", world.article, None),
        (f"/annotations/{world.alleged.pk}/reply/", None, world.alleged),
        (f"/share/{of_mark.code}/reply/", None, world.alleged),
        (f"/share/{of_project.code}/reply/?article={world.later.pk}", world.later, None),
        (f"/share/{of_project.code}/reply/?annotation={world.denied.pk}", None, world.denied),
    ]
    for path, article, mark in sent:
        cache.clear()
        response = Client().post(path, TYPED, follow=True)
        assert response.status_code == 200
        assert "Thank you" in response.content.decode()
        reply = Reply.objects.latest("pk")
        assert (reply.name, reply.contact, reply.text) == (
            "Odo Fenn",
            TYPED["contact"],
            "We did not.",
        )
        assert reply.project == world.project
        assert reply.annotation == mark
        assert (reply.project_article and reply.project_article.article) == article
        assert reply.status == ReplyStatus.WAITING
    assert Reply.objects.count() == len(sent)


def test_a_link_takes_replies_to_what_it_shows_only() -> None:
    world = affair()
    of_mark, of_article = world.share(world.alleged), world.share(world.article)
    for path, status in [
        (f"/share/{of_mark.code}/reply/?annotation={world.alleged.pk}", 200),
        (f"/share/{of_mark.code}/reply/?annotation={world.quoted.pk}", 404),
        (f"/share/{of_article.code}/reply/?annotation={world.quoted.pk}", 200),
        (f"/share/{of_article.code}/reply/?annotation={world.denied.pk}", 404),
        (f"/share/{of_article.code}/reply/?annotation=nonsense", 404),
    ]:
        assert Client().get(path).status_code == status, path


def test_the_form_shows_what_it_is_about_with_its_denial() -> None:
    world = affair(visibility="public")
    page = unescape(Client().get(f"/annotations/{world.alleged.pk}/reply/").content.decode())
    assert ALLEGED in page and DENIED in page
    page = unescape(Client().get(f"/annotations/{world.unanswered.pk}/reply/").content.decode())
    assert UNANSWERED in page and SILENCE in page
    page = unescape(Client().get(f"/annotations/{world.quoted.pk}/reply/").content.decode())
    assert QUOTED in page and "Never published" in page


def test_withdrawn_words_are_not_shown_there() -> None:
    world = affair(visibility="public")
    withdraw(world.subject(world.alleged), world.alice, "The report was wrong.")
    page = unescape(Client().get(f"/annotations/{world.alleged.pk}/reply/").content.decode())
    assert "The report was wrong." in page
    assert ALLEGED not in page and "Reed Society" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"name": " "},
        {"kind": "shout"},
        {"text": "x" * 5001},
        {"text": "nul \0"},
        {"website": "https://spam.example"},
    ],
)
def test_what_is_missing_or_too_long_is_refused_and_what_was_typed_kept(
    wrong: dict[str, str],
) -> None:
    affair(visibility="public")
    response = Client().post("/projects/tannery/reply/", TYPED | wrong)
    assert response.status_code == 422
    assert not Reply.objects.exists()
    kept = "odo@example.org"
    assert kept in response.content.decode()


def test_five_an_hour_from_one_address_and_what_was_typed_is_kept() -> None:
    world = affair(visibility="public")
    path = f"/annotations/{world.alleged.pk}/reply/"
    for _ in range(AN_HOUR):
        assert Client().post(path, TYPED).status_code == 302
    response = Client().post(path, TYPED | {"text": "One more thing."})
    assert response.status_code == 429
    assert "One more thing." in response.content.decode()
    assert Reply.objects.count() == AN_HOUR
    assert Client().post(path, TYPED, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_a_mistake_costs_no_attempt() -> None:
    world = affair(visibility="public")
    path = f"/annotations/{world.alleged.pk}/reply/"
    for _ in range(AN_HOUR + 1):
        assert Client().post(path, TYPED | {"text": ""}).status_code == 422
    assert Client().post(path, TYPED).status_code == 302


def test_the_form_needs_its_token_and_is_not_stored() -> None:
    world = affair(visibility="public")
    path = f"/annotations/{world.alleged.pk}/reply/"
    client = Client(enforce_csrf_checks=True)
    assert client.post(path, TYPED).status_code == 403
    response = client.get(path)
    assert "no-store" in response["Cache-Control"]
    token = client.cookies["csrftoken"].value
    assert client.post(path, TYPED | {"csrfmiddlewaretoken": token}).status_code == 302


def test_a_shared_form_lets_the_browser_say_where_it_was_sent_from() -> None:
    world = affair()
    response = Client().get(f"/share/{world.share(world.alleged).code}/reply/")
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]


def test_curators_publish_decline_and_take_back() -> None:
    world = affair(visibility="public")
    client = curator(world)
    page = f"/projects/tannery/articles/{world.article.pk}/"
    Client().post(f"/annotations/{world.alleged.pk}/reply/", TYPED)
    reply = Reply.objects.get()
    decide = f"/replies/{reply.pk}/decide/"

    queue = client.get("/projects/tannery/replies/").content.decode()
    assert "We did not." in queue and "odo@example.org" in queue
    assert "We did not." not in Client().get(page).content.decode()

    client.post(decide, {"decision": "accepted"})
    public = Client().get(page).content.decode()
    assert "We did not." in public and "Reply of Odo Fenn" in public
    assert "odo@example.org" not in public

    client.post(decide, {"decision": "waiting"})
    assert "We did not." not in Client().get(page).content.decode()
    client.post(decide, {"decision": "declined"})
    assert "We did not." not in Client().get(page).content.decode()
    assert "We did not." in client.get("/projects/tannery/replies/").content.decode()


def test_a_decision_changes_what_browsers_have_stored() -> None:
    world = affair(visibility="public")
    page = f"/projects/tannery/articles/{world.article.pk}/"
    etag = Client().get(page)["ETag"]
    Client().post(f"/annotations/{world.alleged.pk}/reply/", TYPED)
    curator(world).post(f"/replies/{Reply.objects.get().pk}/decide/", {"decision": "accepted"})
    assert Client().get(page, HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_an_error_report_can_only_be_dealt_with() -> None:
    world = affair(visibility="public")
    client = curator(world)
    Client().post("/projects/tannery/reply/", TYPED | {"kind": "error"})
    queue = client.get("/projects/tannery/replies/").content.decode()
    assert 'value="declined"' in queue and 'value="accepted"' not in queue
    decide = f"/replies/{Reply.objects.get().pk}/decide/"
    client.post(decide, {"decision": "accepted"})
    assert Reply.objects.get().status == ReplyStatus.WAITING


def test_markup_in_a_reply_stays_text() -> None:
    world = affair(visibility="public")
    typed = dict.fromkeys(("name", "contact", "text"), NASTY) | {"kind": "reply"}
    Client().post(f"/annotations/{world.alleged.pk}/reply/", typed)
    client = curator(world)
    queue = client.get("/projects/tannery/replies/").content.decode()
    client.post(f"/replies/{Reply.objects.get().pk}/decide/", {"decision": "accepted"})
    article = Client().get(f"/projects/tannery/articles/{world.article.pk}/").content.decode()
    shared = Client().get(f"/share/{world.share(world.alleged).code}/").content.decode()
    for page in (queue, article, shared):
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page and "<img" not in page
