"""Passages of articles that have changed, as pages read them."""

import pytest

from annotations.models import Annotation
from annotations.queries.passages import passages
from annotations.services.reanchoring import reanchor_article
from reader.ingest.pipeline import store
from reader.models import Article
from tests.annotations.services.test_reanchoring import FIRST, TEXT, THIRD, URL, WORDS, revise
from tests.factories import make_article, make_mark, make_project
from tests.reader.ingest.test_pipeline import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    project = make_project("ferry")
    article = make_article(project, TEXT, url=URL)
    for words in WORDS:
        make_mark(project, article, words)
    return article


CORRECTED = f"{THIRD}\n\nIt rained.\n\n{FIRST.replace('had run', 'has run')}"


def test_a_changed_passage_keeps_its_words_and_stands_at_the_new_ones(article) -> None:
    revision = revise(article, CORRECTED)
    lost, moved, changed = passages(Annotation.objects.all(), revision)
    assert (lost.words, lost.is_placed, lost.fate.status) == (WORDS[1], False, "orphaned")
    assert (moved.words, moved.is_placed, moved.fate) == (WORDS[2], True, None)
    assert (changed.words, changed.fate.status) == (WORDS[0], "changed")
    assert changed.fate.now == "has run aground"
    assert changed.pieces[0].exact == "has run aground"
    assert changed.fate.since == revision.fetched_at


def test_the_evidence_knows_what_became_of_it(article) -> None:
    revise(article, CORRECTED)
    fates = {one.words: one.fate and one.fate.status for one in passages(Annotation.objects.all())}
    assert fates == {WORDS[0]: "changed", WORDS[1]: "orphaned", WORDS[2]: None}


def test_before_a_worker_has_placed_them_they_stand_without_a_place(article) -> None:
    store(text_of(CORRECTED, url=URL), article.scope)
    revision = Article.objects.get().newest
    found = passages(Annotation.objects.all(), revision)
    assert {one.words for one in found} == set(WORDS)
    assert not any(one.is_placed or one.fate for one in found)
    reanchor_article(article.pk)
    assert any(one.is_placed for one in passages(Annotation.objects.all(), revision))


def test_the_first_text_is_shown_as_it_was_marked(article) -> None:
    revise(article, CORRECTED)
    first = article.revisions.get(number=1)
    found = passages(Annotation.objects.all(), first)
    assert [one.words for one in found] == list(WORDS)
    assert all(one.is_placed and one.fate is None for one in found)


@pytest.mark.parametrize("times", [1, 6])
def test_as_many_queries_however_many(article, times, django_assert_num_queries) -> None:
    for _ in range(times):
        for words in WORDS:
            make_mark(article.scope, article, words)
    revision = revise(article, CORRECTED)
    with django_assert_num_queries(3):
        passages(Annotation.objects.all(), revision)
