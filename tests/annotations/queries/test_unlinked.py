"""What is not yet linked to a claim."""

import pytest

from annotations.queries.unlinked import MOST_COUNTED, PAGE, unlinked_count, unlinked_page
from annotations.services.marking import delete, restore
from tests.factories import in_library, make_article, make_mark, make_project

pytestmark = pytest.mark.django_db

TEXT = "One leaked. Two burnt. Three sank. Four fell. Nothing happened. Five broke."


@pytest.fixture
def article(project):
    return make_article(project, TEXT)


def listed(project, before=None):
    return [one.words for one in unlinked_page(project, before)[0]]


def test_allegations_and_denials_without_a_claim_newest_mark_first(project, article, bob):
    make_mark(project, article, "One leaked", "allegation", bob, speakers=["Ida"])
    make_mark(project, article, "Nothing happened", "denial", bob)
    make_mark(project, article, "Two burnt", "quote", bob)
    make_mark(project, article, "Three sank", "allegation", bob, flags=["mention"])
    make_mark(project, article, "Four fell", "allegation", bob, claims=["That four fell"])
    make_mark(make_project("other"), in_library(article), "Five broke", "allegation", bob)
    gone = make_mark(project, article, "Five broke", "denial", bob)
    delete(gone.pk)
    assert listed(project) == ["Nothing happened", "One leaked"]
    assert unlinked_count(project) == 2
    restore(gone.pk)
    assert listed(project)[0] == "Five broke"


def test_page_by_page_with_as_many_queries_each(project, article, bob, django_assert_num_queries):
    marks = [make_mark(project, article, "One leaked", "allegation", bob) for _ in range(PAGE + 2)]
    with django_assert_num_queries(2):
        first, has_more = unlinked_page(project)
    assert has_more
    assert [one.id for one in first] == [one.pk for one in reversed(marks[2:])]
    with django_assert_num_queries(2):
        rest, has_more = unlinked_page(project, first[-1].id)
    assert not has_more
    assert [one.id for one in rest] == [marks[1].pk, marks[0].pk]


def test_they_are_counted_up_to_a_bound(project, article, bob, monkeypatch):
    monkeypatch.setattr("annotations.queries.unlinked.MOST_COUNTED", 2)
    for _ in range(3):
        make_mark(project, article, "One leaked", "allegation", bob)
    assert unlinked_count(project) == 2 < MOST_COUNTED
