"""How shared pages read in previews."""

from html import unescape

import pytest
from django.test import Client

from annotations.paths import article_path
from annotations.services.withdrawals import withdraw
from reader.models import Visibility
from tests.annotations.affair import SILENCE, affair
from tests.annotations.shared_pages import meta, raw

pytestmark = pytest.mark.django_db


def test_the_preview_of_an_allegation_names_accuser_accused_and_denial() -> None:
    world = affair()
    share = world.share(world.alleged)
    page = raw(share)
    both = "Alleged by Reed Society against The tannery, denied by Odo Fenn"
    assert meta(page, "og:title") == both
    description = unescape(meta(page, "og:description"))
    assert description.startswith(f"{both}: The tannery poured dye")
    assert "Odo Fenn denies: Odo Fenn, who owns it, denied" in description
    assert len(description) <= 200
    assert meta(page, "og:type") == "article"
    assert meta(page, "og:url") == f"http://testserver/share/{share.code}/"
    assert meta(page, "og:site_name") == "On Record"
    assert meta(page, "twitter:card") == "summary"


def test_the_preview_of_an_unanswered_allegation_says_so() -> None:
    world = affair()
    description = meta(raw(world.share(world.unanswered)), "og:description")
    assert description.startswith("Alleged by A clerk")
    assert f"n{SILENCE[1:]}" in description


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


def test_public_pages_have_previews_that_take_no_side() -> None:
    world = affair(visibility=Visibility.PUBLIC, description="Who poured what?")
    pages = {
        article_path(world.project, world.article.pk): world.article.title,
        "/projects/tannery/": "Tannery",
        "/projects/tannery/ledger/": "Ledger: Tannery",
    }
    for path, title in pages.items():
        head = Client().get(path).content.decode().partition("</head>")[0]
        assert meta(head, "og:title") == title
        assert meta(head, "og:url") == f"http://testserver{path}"
        assert meta(head, "og:description").startswith(("The Reed · 8 May 2024", "Who poured"))
        assert "poured dye" not in head and "Reed Society" not in head
