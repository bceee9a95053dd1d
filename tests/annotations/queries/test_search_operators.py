"""What each word and operator of a search finds."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from annotations.queries.searching import Facets, Sort, facets
from reader.models import Article, Feed, FeedEntry, ReadingState, Role, Subscription, User
from reader.search import parse
from reader.search.sight import Sight
from tests.annotations.searched import articles, titles
from tests.annotations.shelf import EVERYTHING, make_shelf
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
    return make_shelf()


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
