"""Shared pages: what they show, and what always stands beside an allegation."""

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from annotations.services.replies import decide, send
from reader.models import Project
from reader.services import saved_searches
from reader.services.indexing import index_all
from tests.annotations.affair import (
    ALLEGED,
    APART,
    CLAIM,
    DENIED,
    QUOTED,
    SILENCE,
    UNANSWERED,
    UNMARKED,
    WHOLE,
    affair,
)
from tests.annotations.shared_pages import opened, raw, text_of
from tests.factories import make_article, make_mark

pytestmark = pytest.mark.django_db

WHOSE = "this is the project’s reading, not the publication’s"
CAUTION = "An allegation is an accusation, not a finding."


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
        (world.alleged, 10),
        (world.denied, 11),
        (world.article, 9),
        (world.project, 13),
    ]:
        share = world.share(of)
        with django_assert_max_num_queries(at_most):
            raw(share)
