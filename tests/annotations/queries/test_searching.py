"""In which order a search finds; pages, marked words, facets, and what is too broad."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg.sql import SQL

from annotations.queries import found as results
from annotations.queries.searching import Facets, Sort, TooBroad, facets, search_articles
from reader.models import Article, Role, User
from reader.search import Dated, Field, Term, parse
from reader.search.sight import Sight
from tests.annotations.searched import articles, shown, titles
from tests.annotations.shelf import make_shelf
from tests.factories import make_article, make_mark, make_member, make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return make_user("reader@example.org", unread_since=datetime(2000, 1, 1, tzinfo=UTC))


@pytest.fixture
def shelf() -> dict[str, Article]:
    return make_shelf()


def test_newest_first_whatever_is_asked(reader, shelf):
    order = ["Undated", "Ferry", "Harbour", "Häfen", "Beijing"]
    assert titles(reader, "") == order
    assert titles(reader, "ferry") == ["Ferry", "Harbour", "Beijing"]


def test_pages_follow_each_other_without_gaps(reader, monkeypatch):
    monkeypatch.setattr("annotations.queries.searching.PAGE", 3)
    monkeypatch.setattr("reader.search.finding.WALKED", 1)
    day = datetime(2019, 12, 28, tzinfo=UTC)
    for n in range(10):
        # Two of each day, over the end of a year.
        text = "harbour" if n % 3 else "harbour ferry"
        on = (day + timedelta(days=n // 2)).date().isoformat()
        make_article(None, f"{text} {n}", title=f"Number {n}", published_on=on, language="en")
    for search, number in (("harbour", 10), ("ferry", 4), ('"harbour ferry"', 4), ("", 10)):
        seen: list[str] = []
        after = ""
        while True:
            page = articles(reader, search, after=after)
            seen += [one.article.title for one in page.found]
            after = page.next
            if not after:
                break
        assert len(seen) == len(set(seen)) == number
        dates = list(Article.objects.filter(title__in=seen).values_list("title", "listed_at"))
        assert [dict(dates)[one] for one in seen] == sorted(dict(dates).values(), reverse=True)


def test_relevance_puts_titles_first(reader, shelf, monkeypatch):
    found = articles(reader, "ferry", sort=Sort.RELEVANCE)
    assert found.found[0].article.title == "Ferry"
    assert found.covers == 3
    monkeypatch.setattr("annotations.queries.searching.PAGE", 2)
    first = articles(reader, "ferry", sort=Sort.RELEVANCE)
    rest = articles(reader, "ferry", sort=Sort.RELEVANCE, after=first.next)
    assert (len(first.found), len(rest.found), rest.next) == (2, 1, "")
    assert titles(reader, "in:reed", sort=Sort.RELEVANCE) == ["Ferry", "Harbour"]


@pytest.mark.parametrize("after", ["", "x", "2021~", "2021-01-01~x", "-1", "9" * 400, "\0", "²"])
def test_a_mangled_page_is_the_first(reader, shelf, after):
    for sort in Sort:
        assert len(articles(reader, "ferry", after=after, sort=sort).found) == 3


def test_what_is_found_is_marked(reader, shelf):
    (found,) = articles(reader, "ferries aground").found
    assert shown(found.title) == "[Ferry]"
    assert "The [ferries] had run [aground]," in shown(found.snippet)
    (found,) = articles(reader, '"the harbour’s cranes" title:harbour').found
    assert shown(found.title) == "[Harbour]"
    assert "“[The harbour’s cranes] are old" in shown(found.snippet)
    (found,) = articles(reader, "访问").found
    assert "[访][问]北京" in shown(found.snippet)
    assert found.is_whole


def test_facets_count_and_lead_further(reader, shelf):
    project = make_project()
    make_member(project, reader, Role.OWNER)
    make_mark(project, shelf["Ferry"], "run aground", "quote", reader, speakers=["Zoë Marr"])
    make_mark(project, shelf["Ferry"], "The ferries", "quote", reader, speakers=["Zoë Marr"])
    titles(reader, "")
    found = facets(Sight.of(reader), parse("ferry"))
    assert isinstance(found, Facets)
    assert {(one.label, one.count) for one in found.publications} == {
        ("The Reed", 1),
        ("The Reed Evening", 1),
    }
    assert [(one.label, one.count) for one in found.months] == [("2022-01", 1), ("2021-03", 1)]
    assert [(one.label, one.count) for one in found.kinds] == [("quote", 1)]
    assert [(one.label, one.count) for one in found.speakers] == [("Zoë Marr", 1)]
    assert (found.covers, found.is_all) == (3, True)
    assert found.kinds[0].term == Term(Field.KIND, "quote")
    assert isinstance(found.months[0].term, Dated)
    for one in (*found.publications, *found.kinds, *found.speakers, *found.months):
        narrowed = str(parse("ferry").also(one.term))
        assert len(titles(reader, narrowed)) == one.count, narrowed


def test_facets_say_that_they_cover_the_newest_only(reader, shelf, monkeypatch):
    monkeypatch.setattr("annotations.queries.facets.COVERED", 2)
    titles(reader, "")
    found = facets(Sight.of(reader), parse("ferry"))
    assert isinstance(found, Facets)
    assert (found.covers, found.is_all) == (2, False)
    assert sum(one.count for one in found.publications) == 2


def test_what_takes_too_long_is_too_broad(reader, shelf, monkeypatch):
    titles(reader, "")
    monkeypatch.setattr("reader.search.limits.SECONDS", 0.0)
    sight = Sight.of(reader)
    assert search_articles(sight, parse("ferry")) == TooBroad()
    assert search_articles(sight, parse("ferry"), sort=Sort.RELEVANCE) == TooBroad()
    assert facets(sight, parse("ferry")) == TooBroad()


def test_postgres_ends_what_takes_too_long(reader, shelf, monkeypatch):
    titles(reader, "")
    before = _timeout()
    slow = SQL("(SELECT pg_sleep(5) IS NULL OR {user} = 0 OR {since} IS NULL)")
    monkeypatch.setattr("reader.search.conditions._UNREAD", slow)
    assert search_articles(Sight.of(reader), parse("is:unread")) == TooBroad()
    assert _timeout() == before
    assert titles(reader, "ferry")
    assert _timeout() == before


def _timeout() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


def test_no_more_queries_for_more_articles(reader):
    def asked(text: str) -> int:
        sight = Sight.of(reader)
        with CaptureQueriesContext(connection) as context:
            search_articles(sight, parse(text))
            facets(sight, parse(text))
        return len(context)

    make_article(None, "harbour 0", published_on="2019", publication="The Reed")
    titles(reader, "")
    few = asked("harbour in:reed"), asked('"harbour" -ferry')
    for n in range(1, 20):
        make_article(None, f"harbour {n}", published_on=f"20{n:02d}", publication="The Reed")
    titles(reader, "")
    assert (asked("harbour in:reed"), asked('"harbour" -ferry')) == few
    assert max(few) <= 30


def test_page_and_cover_are_what_the_pages_say():
    assert (results.PAGE, results.COVERED) == (30, 1000)
