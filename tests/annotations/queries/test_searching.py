"""What each word and operator of a search finds, and in which order."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg.sql import SQL

from annotations.queries import found as results
from annotations.queries.searching import Facets, Sort, TooBroad, facets, search_articles
from reader.models import Article, Feed, FeedEntry, ReadingState, Role, Subscription, User
from reader.search import Dated, Field, Term, parse
from reader.search.sight import Sight
from tests.annotations.searched import articles, shown, titles
from tests.factories import (
    in_library,
    make_article,
    make_mark,
    make_member,
    make_project,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return make_user("reader@example.org", unread_since=datetime(2000, 1, 1, tzinfo=UTC))


@pytest.fixture
def shelf() -> dict[str, Article]:
    """Articles of the library, newest first in the order of their dates."""

    def article(title: str, text: str, **details: str) -> Article:
        return make_article(None, text, title=title, **{"language": "en", **details})

    return {
        one.title: one
        for one in (
            article(
                "Ferry",
                "The ferries had run aground, said Zoë Marr. To be or not to be a naïve captain.",
                byline="Mira Okonjo",
                publication="The Reed",
                published_on="2022-01-10",
            ),
            article(
                "Harbour",
                "A harbour ferry left.\n\nThe mayor said: “The  harbour’s\ncranes are old.”",
                byline="Odo Fenn",
                publication="The Reed Evening",
                published_on="2021-03-29",
            ),
            article(
                "Häfen",
                "Die Häfen wurden geschlossen. Der Krieg war lang; ein Minister sprach.",
                language="de",
                publication="Ufer-Bote",
                published_on="2021-03",
            ),
            article(
                "Beijing",
                "外交部发言人赵立坚说访问北京。 ferry",
                language="zh",
                published_on="2021",
            ),
            article("Undated", "War minister. Price: 12:30, see http://reed.example/a?b=c 😀"),
        )
    }


EVERYTHING = {"Ferry", "Harbour", "Häfen", "Beijing", "Undated"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", EVERYTHING),
        ("ferry", {"Ferry", "Harbour", "Beijing"}),
        ("FERRIES", {"Ferry", "Harbour"}),
        ("ferry harbour", {"Harbour"}),
        ("ferry -harbour", {"Ferry", "Beijing"}),
        ("aground OR cranes", {"Ferry", "Harbour"}),
        ("(aground OR cranes) -mayor", {"Ferry"}),
        ("-(ferry OR minister)", set()),
        ("-ferry", {"Häfen", "Undated"}),
        ("naive", {"Ferry"}),
        ("naïve", {"Ferry"}),
        ("zoe", {"Ferry"}),
        ("Hafen", {"Häfen"}),
        ("häfen", {"Häfen"}),
        ("okonjo", {"Ferry"}),
        # A stop word of one language is none of another.
        ("war minister", {"Undated", "Häfen"}),
        ("der minister", {"Häfen"}),
        ("the captain", {"Ferry"}),
        # Nothing but stop words: the texts are asked.
        ("to be", {"Ferry"}),
        ("-the", {"Häfen", "Beijing", "Undated"}),
        ("aground the", {"Ferry"}),
        ('"harbour ferry"', {"Harbour"}),
        ('"ferry harbour"', set()),
        ('"to be or not to be"', {"Ferry"}),
        ('"NAIVE CAPTAIN"', {"Ferry"}),
        ('"harbour\'s cranes"', {"Harbour"}),
        ('"said: “the harbour’s"', {"Harbour"}),
        ('"harbour ferr"', set()),
        ('-"harbour ferry" ferry', {"Ferry", "Beijing"}),
        ('"run aground" OR "cranes are"', {"Ferry", "Harbour"}),
        ("赵立坚", {"Beijing"}),
        ("访问", {"Beijing"}),
        ("坚立", set()),
        ('"访问北京"', {"Beijing"}),
        ("12:30", {"Undated"}),
        ("http://reed.example/a?b=c", {"Undated"}),
        ("reed.example", {"Undated"}),
        ("😀", {"Undated"}),
        ("title:harbour", {"Harbour"}),
        ("title:ferry", {"Ferry"}),
        ("-title:ferry ferry", {"Harbour", "Beijing"}),
        ('title:"Ferry"', {"Ferry"}),
        ('title:"Ferr"', set()),
        ("title:the", set()),
        ("by:okonjo", {"Ferry"}),
        ('by:"mira okonjo"', {"Ferry"}),
        ('by:"okonjo mira"', set()),
        ("by:harbour", set()),
        ('in:"The Reed"', {"Ferry"}),
        ('in:"the reed evening"', {"Harbour"}),
        ("in:reed", {"Ferry", "Harbour"}),
        ("in:Ufer-Bote", {"Häfen"}),
        ("in:nowhere", set()),
        ("-in:reed", {"Häfen", "Beijing", "Undated"}),
        ("date:2021", {"Harbour", "Häfen", "Beijing"}),
        ("date:2021-03", {"Harbour", "Häfen"}),
        ("date:2021-03-29", {"Harbour"}),
        ("date:2021-03/2022-01", {"Ferry", "Harbour", "Häfen"}),
        ("date:2022/", {"Ferry"}),
        ("date:/2021", {"Harbour", "Häfen", "Beijing"}),
        ("-date:2021", {"Ferry", "Undated"}),
        ("ferry date:2022 OR minister date:2021", {"Ferry", "Häfen"}),
        ("is:undated", {"Undated"}),
        ("is:undated OR title:ferry", {"Undated", "Ferry"}),
        ("is:annotated", set()),
        ("foo:bar", set()),
        ("kind:quote", set()),
        ("speaker:nobody", set()),
        ("project:nowhere", set()),
        ("feed:nowhere", set()),
    ],
)
def test_operators(reader, shelf, text, expected):
    assert set(titles(reader, text)) == expected


def test_newest_first_whatever_is_asked(reader, shelf):
    order = ["Undated", "Ferry", "Harbour", "Häfen", "Beijing"]
    assert titles(reader, "") == order
    assert titles(reader, "ferry") == ["Ferry", "Harbour", "Beijing"]


def test_read_unread_and_starred(reader, shelf):
    now = datetime(2024, 1, 1, tzinfo=UTC)
    ReadingState.objects.create(user=reader, article=shelf["Ferry"], read_at=now)
    ReadingState.objects.create(user=reader, article=shelf["Harbour"], starred_at=now)
    other = make_user("other@example.org")
    ReadingState.objects.create(user=other, article=shelf["Häfen"], read_at=now, starred_at=now)
    assert set(titles(reader, "is:unread")) == EVERYTHING - {"Ferry"}
    assert titles(reader, "-is:unread") == ["Ferry"]
    assert titles(reader, "is:starred") == ["Harbour"]
    assert titles(reader, "is:unread ferry") == ["Harbour", "Beijing"]
    User.objects.filter(pk=reader.pk).update(unread_since=datetime(2999, 1, 1, tzinfo=UTC))
    reader.refresh_from_db()
    # What has a state was seen since; the rest is older.
    assert titles(reader, "is:unread") == ["Harbour"]


def test_feeds_are_those_that_one_reads(reader, shelf):
    feed = Feed.objects.create(url="https://www.reed.example/rss?key=secret", title="Reed news")
    FeedEntry.objects.create(
        feed=feed, key="1", article=shelf["Ferry"], listed_at=shelf["Ferry"].listed_at
    )
    assert titles(reader, "feed:reed.example") == []
    Subscription.objects.create(user=reader, feed=feed)
    assert titles(reader, "feed:reed.example") == ["Ferry"]
    assert titles(reader, 'feed:"reed news"') == ["Ferry"]
    Feed.objects.update(title="Reed, the: news!")
    assert titles(reader, "feed:reed") == titles(reader, 'feed:"reed the"') == ["Ferry"]
    assert titles(reader, "feed:secret") == []
    Subscription.objects.update(title="Mornings")
    assert titles(reader, "feed:mornings") == ["Ferry"]


def test_projects_and_what_is_marked_in_them(reader, shelf):
    project = make_project("spill", name="The Spill")
    make_member(project, reader, Role.OWNER)
    harbour = in_library(
        make_article(project, "Odo Fenn denied it. Ida accused Fenn.", title="Own")
    )
    make_mark(project, harbour, "Odo Fenn denied it.", "denial", reader, speakers=["Odo Fenn"])
    make_mark(
        project, harbour, "Ida accused Fenn.", "allegation", reader,
        speakers=["Ida Voss"], targets=["Odo Fenn"],
    )  # fmt: skip
    make_mark(project, shelf["Ferry"], "run aground", "quote", reader)
    for text in ("project:spill", 'project:"the spill"', "project:SPILL"):
        assert set(titles(reader, text)) == {"Own", "Ferry"}
    assert set(titles(reader, "is:annotated")) == {"Own", "Ferry"}
    assert titles(reader, "kind:denial") == ["Own"]
    assert titles(reader, "kind:quote ferry") == ["Ferry"]
    assert titles(reader, "speaker:fenn") == ["Own"]
    assert titles(reader, 'speaker:"odo fenn" kind:denial') == ["Own"]
    # Of one annotation, not one of each.
    assert titles(reader, 'speaker:"odo fenn" kind:allegation') == []
    assert titles(reader, "target:fenn kind:allegation") == ["Own"]
    assert titles(reader, "target:voss") == []
    assert "Own" not in titles(reader, "-kind:denial")


def test_merged_speakers_are_found_by_any_name(reader):
    project = make_project()
    make_member(project, reader, Role.OWNER)
    article = in_library(make_article(project, "One said it. Two said so.", title="Own"))
    first = make_mark(project, article, "One said it.", by=reader, speakers=["Zhao"])
    second = make_mark(project, article, "Two said so.", by=reader, speakers=["Zhao Lijian"])
    merged = first.attributions.get().speaker
    merged.canonical = second.attributions.get().speaker
    merged.save()
    second.delete()
    assert titles(reader, 'speaker:"zhao lijian"') == ["Own"]
    assert titles(reader, "speaker:zhao") == ["Own"]


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
        found = articles(reader, "ferry", after=after, sort=sort).found
        assert len(found) == (0 if after == "9" * 400 and sort == Sort.RELEVANCE else 3)


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


HOSTILE = [
    "a" * 10_000,
    "a " * 5_000,
    "(" * 500 + "a" + ")" * 500,
    "\0",
    "a\0b",
    "\ud800",
    "\udfff a",
    "the of and to",
    "?!…—",
    "& | ! <-> :* ' \\ '' \\' ):",
    "a:* & !b",
    "'; DROP TABLE reader_article; --",
    "%s %(x)s {x} {0}",
    "title:' by:\\ in:% feed:%s speaker:' target:\\' project:\"'\"",
    'title:"(" by:")" "[a-z" "\\m(" "*" "a{1,999}" "(?<!x)"',
    "😀 👩‍👩‍👧 🇪🇪",
    "مرحبا بالعالم",
    "外交部 赵立坚",
    "e\u0301\u0301\u0301",
    "x" * 999,
    " ".join("abcdefgh" for _ in range(50)),
    " OR ".join(f'"a b{n}"' for n in range(50)),
    "-(-(-(-a)))",
    "date:0001 date:9999",
    "date:0001/9999",
    "date:9999-12-31",
    "in:" + "x" * 900,
    "\u202e\u200d\ufeff",
    "http://[::1]:80/ a@b.c 1e999 -0 -1",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_is_typed_makes_it_fail(reader, shelf, text):
    for visitor in (reader, AnonymousUser()):
        for sort in Sort:
            articles(visitor, text, sort=sort)
        assert isinstance(facets(Sight.of(visitor), parse(text)), Facets)


def test_page_and_cover_are_what_the_pages_say():
    assert (results.PAGE, results.COVERED) == (30, 1000)
