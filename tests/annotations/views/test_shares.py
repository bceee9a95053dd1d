"""Shared pages: what they show, what they never show, and how previews read."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urldefrag

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from annotations.models import Annotation, Share
from annotations.services.replies import decide, send
from annotations.services.sharing import share as make_share
from annotations.services.withdrawals import withdraw
from annotations.subjects import Subject
from reader import dates
from reader.access import Seat
from reader.models import Project, Role
from reader.services import saved_searches
from reader.services.indexing import index_all
from reader.services.projects import personal_project
from tests.annotations.affair import (
    ALLEGED,
    APART,
    CLAIM,
    DENIED,
    INTERNAL,
    QUOTED,
    SILENCE,
    UNANSWERED,
    UNMARKED,
    WHOLE,
    Affair,
    affair,
)
from tests.factories import make_article, make_mark

pytestmark = pytest.mark.django_db
WHOSE = "this is the project’s reading, not the publication’s"
CAUTION = "An allegation is an accusation, not a finding."


def opened(share: Share, rest: str = "") -> str:
    """The page as anybody gets it, without its entities."""
    response = Client().get(f"/share/{share.code}/{rest}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def text_of(html: str) -> str:
    """The words on the page, without tags and without what stands in its head."""
    body = html.partition("<body")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def links(html: str) -> set[str]:
    return {
        urldefrag(link).url
        for link in re.findall(r'href="(/[^"]*)"', html)
        if not link.startswith("/static/")
    } - {"/"}


def meta(html: str, name: str) -> str:
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)">', html)
    assert found, name
    return found[1]


def raw(share: Share) -> str:
    return Client().get(f"/share/{share.code}/").content.decode()


# What each page shows


def test_a_shared_allegation_comes_with_its_denial_from_another_article() -> None:
    world = affair()
    page = text_of(opened(world.share(world.alleged)))
    linked, apart = page.split("Other denials in this article, not linked to this allegation")
    assert ALLEGED in linked and DENIED in linked and "Odo Fenn" in linked and CLAIM in linked
    assert APART in apart and APART not in linked
    assert SILENCE not in page
    assert UNMARKED not in page and QUOTED not in page


def test_a_shared_allegation_that_nobody_denies_says_so() -> None:
    world = affair()
    page = text_of(opened(world.share(world.unanswered)))
    assert SILENCE in page
    assert DENIED not in page


def test_an_accusers_own_denial_answers_nothing() -> None:
    world = affair()
    make_mark(
        world.project,
        world.later,
        "Nobody else spoke.",
        "denial",
        world.bob,
        speakers=["Reed Society"],
        claims=[CLAIM],
    )
    assert "Nobody else spoke." not in opened(world.share(world.alleged))


def test_a_shared_denial_names_what_it_answers_and_every_other_denial_of_it() -> None:
    world = affair()
    make_mark(
        world.project, world.article, "It rained", "denial", world.bob,
        speakers=["Ilse Marr"], claims=[CLAIM],
    )  # fmt: skip
    page = text_of(opened(world.share(world.denied)))
    assert DENIED in page and CLAIM in page
    assert ALLEGED in page and "Reed Society" in page and "The tannery" in page
    assert "It rained" in page
    assert UNANSWERED not in page


def test_a_shared_denial_of_nothing_stands_alone() -> None:
    world = affair()
    page = text_of(opened(world.share(world.apart)))
    assert APART in page and "No allegation is linked to this denial." in page
    assert UNANSWERED not in page


def test_a_shared_quote_stands_in_its_sentence() -> None:
    world = affair()
    page = text_of(opened(world.share(world.quoted)))
    assert "said Ilse Marr" in page
    assert ALLEGED not in page and UNANSWERED not in page


def test_a_shared_article_shows_marked_passages_or_all_as_the_project_says() -> None:
    world = affair()
    share = world.share(world.article)
    page = text_of(opened(share))
    assert DENIED in page and SILENCE in page
    assert UNMARKED not in page
    Project.objects.update(**WHOLE)
    assert UNMARKED in text_of(opened(share))


def test_a_shared_project_lists_its_articles_and_what_is_alleged_in_them() -> None:
    world = affair(description="Who poured what?")
    share = world.share(world.project)
    page = opened(share)
    for words in (ALLEGED, DENIED, UNANSWERED, CLAIM, "Who poured what?", "Dye in the river"):
        assert words in page
    assert SILENCE in page
    assert APART in opened(share, f"articles/{world.article.pk}/")


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


def affair_of_somebody_else(world: Affair) -> Annotation:
    """A mark in the notes of Charlie, on an article of their own."""
    own = personal_project(world.charlie)
    article = make_article(own, "Secret words nobody shares.\n\nAnd more of them.")
    return make_mark(own, article, "Secret words nobody shares.", "quote", world.charlie)


def test_a_large_project_is_paged() -> None:
    world = affair()
    for number in range(30):
        make_article(
            world.project,
            f"Day {number} was dull.\n\nNothing else.",
            title=f"Day {number}",
            published_on=f"2025-01-{number + 1:02}",
        )
    share = world.share(world.project)
    first = opened(share)
    older = re.search(r'rel="next" href="([^"]*)"', first)
    assert older and ALLEGED not in first
    second = opened(share, older[1])
    assert ALLEGED in second and DENIED in second
    assert 'rel="next"' not in second


# What no page shows


@pytest.mark.parametrize("settings", [{}, WHOLE])
def test_no_shared_page_tells_what_is_internal(settings: dict[str, object]) -> None:
    world = affair(**settings)
    for of in (world.alleged, world.denied, world.quoted, world.article, world.project):
        for client in (Client(), member(world)):
            page = client.get(f"/share/{world.share(of).code}/").content.decode()
            for words in (INTERNAL, "Bobbin", "Alicia", "example.org", "/history/", "/edit/"):
                assert words not in page


def member(world: Affair) -> Client:
    client = Client()
    client.force_login(world.alice)
    return client


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


# Every public path of an allegation


def test_no_allegation_leaves_without_its_denial_or_the_words_that_there_is_none() -> None:
    world = affair(visibility="public")
    of_project = world.share(world.project)
    paths = {
        f"/projects/tannery/articles/{world.article.pk}/",
        f"/share/{world.share(world.article).code}/",
        f"/share/{of_project.code}/",
        f"/share/{of_project.code}/articles/{world.article.pk}/",
    }
    for mark in (world.alleged, world.unanswered):
        share = world.share(mark)
        paths |= {
            f"/share/{share.code}/",
            f"/share/{share.code}/reply/",
            f"/annotations/{mark.pk}/reply/",
            f"/share/{of_project.code}/reply/?annotation={mark.pk}",
        }
    paths.add(f"/share/{world.share(world.denied).code}/")
    index_all()
    search = saved_searches.save(world.alice, "Alleged", "kind:allegation", world.project)
    paths.add(f"/searches/{saved_searches.follow(search, world.alice).token}.atom")
    paths |= {"/search/?q=kind:allegation", "/search/?q=is:annotated&show=passages"}
    for path in paths:
        page = unescape(Client().get(path).content.decode())
        assert ALLEGED in page or UNANSWERED in page, path
        # A feed has no body: its entries are HTML that was escaped.
        body = text_of(page) or text_of(f"<body>{page}")
        if ALLEGED in body:
            assert DENIED in body, path
        if UNANSWERED in body:
            assert SILENCE in body, path
        assert CAUTION in body, path


def test_every_shared_page_says_whose_reading_it_is_and_takes_replies() -> None:
    world = affair(contact="desk@tannery.example")
    for of in (world.alleged, world.quoted, world.article, world.project):
        share = world.share(of)
        page = opened(share)
        assert WHOSE in page and CAUTION in page and "desk@tannery.example" in page
        assert f"/share/{share.code}/reply/" in page


def test_a_published_reply_stands_beside_what_it_answers() -> None:
    world = affair()
    reply = send(
        world.subject(world.alleged), kind="reply", name="Odo Fenn", contact="x", text="We did not."
    )
    shares = [world.share(of) for of in (world.alleged, world.article, world.project)]
    assert not any("We did not." in opened(share) for share in shares)
    decide(reply.pk, "accepted", world.alice)
    for share in shares:
        page = text_of(opened(share))
        assert "We did not." in page and "Reply of Odo Fenn" in page
        assert page.index("We did not.") < page.index(APART)


# Headers, previews and expiry


def test_nothing_is_stored_passed_on_or_indexed() -> None:
    world = affair()
    for of in (world.alleged, world.article, world.project):
        response = Client().get(f"/share/{world.share(of).code}/")
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Cache-Control"] == "private, no-store"
        assert not response.cookies
        assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_a_project_may_ask_to_be_indexed() -> None:
    world = affair(indexed=True)
    for of in (world.alleged, world.article, world.project):
        response = Client().get(f"/share/{world.share(of).code}/")
        assert "X-Robots-Tag" not in response
        assert 'name="robots"' not in response.content.decode()


def test_the_preview_of_an_allegation_names_accuser_accused_and_denial() -> None:
    world = affair()
    share = world.share(world.alleged)
    page = raw(share)
    assert meta(page, "og:title") == "Allegation by Reed Society against The tannery"
    description = unescape(meta(page, "og:description"))
    assert "Reed Society alleges: The tannery poured dye" in description
    assert "Odo Fenn denies: Odo Fenn, who owns it, denied" in description
    assert len(description) <= 200
    assert meta(page, "og:type") == "article"
    assert meta(page, "og:url") == f"http://testserver/share/{share.code}/"
    assert meta(page, "og:site_name") == "On Record"
    assert meta(page, "twitter:card") == "summary"


def test_the_preview_of_an_unanswered_allegation_says_so() -> None:
    world = affair()
    description = meta(raw(world.share(world.unanswered)), "og:description")
    assert description.startswith("A clerk alleges: ")
    assert SILENCE in description


def test_previews_of_articles_and_projects_hold_no_allegation() -> None:
    world = affair(description="Who poured what?")
    for of in (world.article, world.project):
        head = raw(world.share(of)).partition("</head>")[0]
        assert "poured dye" not in head and "Reed Society" not in head
    assert "2 allegations, 1 denial marked." in meta(raw(world.share(world.article)), "description")


def test_the_preview_of_a_withdrawn_passage_is_empty() -> None:
    world = affair()
    share = world.share(world.alleged)
    withdraw(world.subject(world.alleged), world.alice, "Wrong.")
    assert meta(raw(share), "og:title") == "Withdrawn"


def test_a_dead_link_says_that_it_is_no_longer_valid() -> None:
    world = affair()
    for of in (world.alleged, world.article, world.project):
        share = world.share(of)
        expired = world.share(of)
        Share.objects.filter(pk=expired.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
        member(world).post(f"/share/{share.code}/revoke/")
        for code in (share.code, expired.code, "unknown"):
            response = Client().get(f"/share/{code}/")
            assert response.status_code == 404
            assert "no longer valid" in response.content.decode()
            assert response["X-Robots-Tag"] == "noindex"


# Making links


def test_links_are_made_listed_and_revoked() -> None:
    world = affair()
    client, path = member(world), f"/annotations/{world.alleged.pk}/share/"
    assert client.post(path, {"lasts": "never"}).url == path
    share = Share.objects.get()
    assert f'value="http://testserver/share/{share.code}/"' in client.get(path).content.decode()
    assert client.post(f"/share/{share.code}/revoke/").url == path
    assert share.code not in client.get(path).content.decode()


def test_a_link_is_listed_with_its_own_thing_only() -> None:
    world = affair()
    codes = {of: world.share(of).code for of in (world.alleged, world.article, world.project)}
    client = member(world)
    for of, path in [
        (world.alleged, f"/annotations/{world.alleged.pk}/share/"),
        (world.article, f"/projects/tannery/articles/{world.article.pk}/share/"),
        (world.project, "/projects/tannery/share/"),
    ]:
        page = client.get(path).content.decode()
        assert [code for code in codes.values() if code in page] == [codes[of]]


@pytest.mark.parametrize(
    ("typed", "days"), [({"lasts": "1"}, 1), ({"lasts": "7"}, 7), ({"lasts": "30"}, 30)]
)
def test_a_link_may_end_by_itself(typed: dict[str, str], days: int) -> None:
    world = affair()
    member(world).post("/projects/tannery/share/", typed)
    expires = Share.objects.get().expires_at
    assert expires
    assert abs(expires - timezone.now() - timedelta(days=days)) < timedelta(minutes=1)


def test_a_link_works_to_the_end_of_the_day_that_is_chosen() -> None:
    world = affair()
    today = timezone.localdate()
    member(world).post("/projects/tannery/share/", {"lasts": "date", "until": today.isoformat()})
    expires = Share.objects.get().expires_at
    assert expires
    assert timezone.localtime(expires).isoformat()[:19] == f"{today + timedelta(days=1)}T00:00:00"


@pytest.mark.parametrize("until", ["", "2001-02-03", "tomorrow", "2001-02-31"])
def test_a_day_that_is_none_or_over_is_refused(until: str) -> None:
    world = affair()
    typed = {"lasts": "date", "until": until}
    response = member(world).post("/projects/tannery/share/", typed)
    assert response.status_code == 422
    assert not Share.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_marks(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    world = affair()
    for _ in range(5):
        make_mark(
            world.project, world.article, "It rained", "denial", world.bob,
            speakers=["Ilse Marr"], claims=[CLAIM],
        )  # fmt: skip
        make_mark(
            world.project, world.later, "Nobody else", "allegation", world.bob,
            speakers=["Nobody"], claims=[CLAIM],
        )  # fmt: skip
    for of, at_most in [
        (world.alleged, 8),
        (world.denied, 9),
        (world.article, 8),
        (world.project, 12),
    ]:
        share = world.share(of)
        with django_assert_max_num_queries(at_most):
            raw(share)
