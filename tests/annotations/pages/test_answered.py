"""Each allegation's card says what is said to it: who sees the card alone sees both sides."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags

from annotations.models import Annotation
from annotations.paths import article_path
from annotations.services.marking import delete
from reader.models import Visibility
from tests.annotations.affair import DENIED, SILENCE, Affair, affair
from tests.factories import make_mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Affair:
    return affair(visibility=Visibility.PUBLIC)


def card_of(annotation: Annotation) -> str:
    """The text of its card, as a stranger sees it."""
    page = Client().get(article_path(annotation.project, annotation.article_id)).content.decode()
    (found,) = re.findall(rf'<article [^>]*id="c-{annotation.id}".*?</article>', page, re.DOTALL)
    return " ".join(unescape(strip_tags(found)).split())


def test_the_denial_stands_in_the_card(world: Affair) -> None:
    card = card_of(world.alleged)
    assert f"Odo Fenn denies {DENIED[:40]}" in card
    assert "more denial" not in card and "No denial" not in card
    assert "Odo Fenn denies" not in card_of(world.unanswered)


def test_where_nobody_denies_that_is_said(world: Affair) -> None:
    assert SILENCE in card_of(world.unanswered)
    assert SILENCE not in card_of(world.denied) + card_of(world.quoted)


def test_denials_of_the_same_article_come_first_the_others_are_counted(world: Affair) -> None:
    claims = [world.alleged.claim_links.get().claim.statement]
    make_mark(
        world.project,
        world.article,
        "It rained all week.",
        "denial",
        world.bob,
        speakers=["The brewer"],
        claims=claims,
    )
    assert "The brewer denies It rained all week. 1 more denial" in card_of(world.alleged)


def test_what_is_gone_is_told(world: Affair) -> None:
    delete(world.denied.pk, reason="The wrong owner")
    card = card_of(world.alleged)
    assert "A denial recorded on" in card and "Reason: The wrong owner." in card
    assert "No denial" not in card
