"""The same story under several addresses."""

import pytest

from reader.ingest.pipeline import Result, store
from reader.models import Article
from reader.services.stories import put_together, take_apart
from tests.factories import make_article, make_project
from tests.reader.ingest.test_pipeline import text_of
from tests.reader.ingest.test_stories import BODY

pytestmark = pytest.mark.django_db


def arrive(name: str, text: str = BODY, publication: str = "") -> Article:
    """An article of the library, at an address of its own."""
    incoming = text_of(
        text,
        url=f"https://{name}.example/ferry",
        publication=publication or name.capitalize(),
        title=f"Ferry, says the {name}",
    )
    return Article.objects.get(pk=store(incoming, None).article_id)


def lead_of(article: Article) -> Article | None:
    return Article.objects.get(pk=article.pk).lead


def test_the_same_text_follows_what_came_first() -> None:
    first = arrive("courier")
    second = arrive("herald", f"TARROW (TMA) — {BODY}")
    third = arrive("mercantile")
    assert [lead_of(one) for one in (first, second, third)] == [None, first, first]


def test_what_shows_on_the_leads_page_changes_it() -> None:
    first = arrive("courier")
    arrive("herald")
    assert Article.objects.get(pk=first.pk).version > first.version


def test_a_corrected_number_is_another_story() -> None:
    arrive("courier")
    assert lead_of(arrive("herald", BODY.replace("ninety", "nineteen"))) is None


def test_one_outlet_repeats_notices_and_not_stories() -> None:
    arrive("courier")
    assert lead_of(arrive("courier-two", publication="Courier")) is None


def test_a_project_keeps_its_articles_to_itself() -> None:
    project = make_project("ferry")
    arrive("courier")
    own = make_article(project, BODY, url="https://herald.example/x", publication="Herald")
    twin = make_article(project, BODY, url="https://mercantile.example/x", publication="M")
    assert (own.lead, twin.lead) == (None, own)


def test_a_correction_ends_it() -> None:
    first, second, third = arrive("courier"), arrive("herald"), arrive("mercantile")
    incoming = text_of(BODY + " It was Tuesday.", url=second.url)
    assert store(incoming, None).result == Result.REVISED
    assert [lead_of(one) for one in (first, second, third)] == [None, None, first]


def test_a_corrected_lead_leaves_the_others_together() -> None:
    first, second, third = arrive("courier"), arrive("herald"), arrive("mercantile")
    store(text_of(BODY + " It was Tuesday.", url=first.url), None)
    assert [lead_of(one) for one in (first, second, third)] == [None, None, second]


def test_a_correction_back_joins_again() -> None:
    first, second = arrive("courier"), arrive("herald")
    store(text_of(BODY + " It was Tuesday.", url=second.url), None)
    store(text_of(BODY, url=second.url), None)
    assert lead_of(second) == first


def test_taken_apart_stays_apart_until_put_together() -> None:
    first, second, third = arrive("courier"), arrive("herald"), arrive("mercantile")
    take_apart(second)
    fourth = arrive("packet")
    assert [lead_of(one) for one in (second, third, fourth)] == [None, first, first]
    put_together(second)
    assert lead_of(second) == first


def test_a_lead_taken_apart_leaves_the_others_together() -> None:
    first, second, third = arrive("courier"), arrive("herald"), arrive("mercantile")
    take_apart(first)
    assert [lead_of(one) for one in (first, second, third)] == [None, None, second]
    put_together(first)
    assert [lead_of(one) for one in (first, second, third)] == [second, None, second]


def test_nothing_is_lost_in_a_group() -> None:
    """Nobody follows a follower, whatever people decide."""
    group = [arrive(name) for name in ("courier", "herald", "mercantile", "packet")]
    for one in (group[2], group[0], group[3]):
        take_apart(one)
        put_together(one)
    leads = Article.objects.filter(lead__isnull=True)
    assert leads.count() == 1
    assert Article.objects.filter(lead=leads.get()).count() == 3
