"""Lists of articles: newest first, page by page, none twice, none left out."""

import pytest
from django.contrib.auth.models import AnonymousUser

from annotations.models import Withdrawal
from annotations.queries.library import PAGE, list_articles
from annotations.services.marking import delete
from reader.models import ProjectArticle, Publication, Visibility
from reader.queries.lists import publications
from reader.queries.walk import Cursor, Sources
from tests.factories import in_library, make_article, make_mark, make_project

pytestmark = pytest.mark.django_db

ANYBODY = AnonymousUser()


def titles(page):
    return [one.article.title for one in page.entries]


def dated(project, day, **details):
    return make_article(project, f"Text of {day}.", title=day, published_on=day, **details)


def test_newest_first_from_the_library_and_projects_each_once(project):
    other = make_project("other")
    dated(None, "2026-03-01")
    both = dated(None, "2026-03-02")
    dated(project, "2026-03-03")
    dated(other, "2026-03-04")
    for one in (project, other):
        ProjectArticle.objects.create(project=one, article=both, listed_at=both.listed_at)
    found = list_articles(ANYBODY, [project, other], Sources([project, other], library=True))
    assert titles(found) == ["2026-03-04", "2026-03-03", "2026-03-02", "2026-03-01"]
    assert [one.projects for one in found.entries] == [(other,), (project,), (project, other), ()]
    assert titles(list_articles(ANYBODY, [project], Sources([project]))) == [
        "2026-03-03",
        "2026-03-02",
    ]


def test_pages_hold_every_article_once(project):
    for number in range(PAGE * 2 + 3):
        make_article(project, f"Text {number}.", title=str(number), published_on="2026-03-01")
    seen, after = [], None
    while True:
        page = list_articles(ANYBODY, [project], Sources([project]), after=after)
        seen += titles(page)
        if page.next is None:
            break
        after = Cursor.parse(str(page.next))
    assert len(seen) == PAGE * 2 + 3
    assert set(seen) == {str(number) for number in range(PAGE * 2 + 3)}


def test_an_undated_article_comes_by_when_it_was_first_seen(project):
    dated(project, "2020-01-01")
    make_article(project, "Undated.", title="undated")
    assert titles(list_articles(ANYBODY, [project], Sources([project]))) == [
        "undated",
        "2020-01-01",
    ]


def test_one_publication(project):
    dated(project, "2026-03-01", publication="The Courier")
    dated(None, "2026-03-02", publication="The Courier")
    dated(project, "2026-03-03", publication="The Mercantile")
    courier = Publication.objects.get(name="The Courier")
    found = list_articles(ANYBODY, [project], Sources([project], library=True, publication=courier))
    assert titles(found) == ["2026-03-02", "2026-03-01"]


def test_only_publications_that_can_be_seen_are_offered(project):
    dated(project, "2026-03-01", publication="The Courier")
    dated(None, "2026-03-02", publication="The Mercantile")
    dated(make_project("other"), "2026-03-03", publication="The Secret")
    assert [str(one) for one in publications([project], library=False)] == ["The Courier"]
    assert len(publications([project], library=True)) == 2


def test_counts_by_kind(project, article, bob):
    for kind in ("quote", "quote", "denial"):
        make_mark(project, article, "Zoë", kind, bob)
    delete(make_mark(project, article, "Zoë", "allegation", bob).pk)
    make_mark(make_project("other"), in_library(article), "Zoë", "allegation", bob)
    (entry,) = list_articles(bob, [project], Sources([project])).entries
    assert entry.counts == {"quote": 2, "denial": 1}


def test_what_is_withdrawn_counts_for_members_only(project, article, alice, bob):
    project.visibility = Visibility.PUBLIC
    project.save()
    mark = make_mark(project, article, "Zoë", by=bob)
    Withdrawal.objects.create(project=project, annotation=mark, reason="Wrong.", by=alice)
    for visitor, counts in ((ANYBODY, {}), (bob, {"quote": 1})):
        (entry,) = list_articles(visitor, [project], Sources([project])).entries
        assert entry.counts == counts


@pytest.mark.parametrize("text", ["", "2026", "2026-01-01~x", "~", "x~y", "2026-01-01~" + "1" * 99])
def test_what_is_no_cursor_is_passed_over(text):
    assert Cursor.parse(text) is None
