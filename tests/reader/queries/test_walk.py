"""Walks over articles: every source gives its newest, none twice, and unread ones are known."""

import pytest
from django.utils import timezone

from reader.models import Article, ProjectArticle, Publication
from reader.queries.reading import articles_of, half_read, starred_page
from reader.queries.walk import Cursor, Sources, unread_in_feeds, walk
from reader.services.reading import keep_position, open_article, set_read, set_starred
from tests.factories import (
    in_library,
    make_article,
    make_entry,
    make_project,
    make_subscription,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return make_user("alice@example.org")


def dated(day, project=None, **details):
    title = f"2026-03-{day:02}"
    return make_article(project, f"Text of {title}.", title=title, published_on=title, **details)


def days(walked):
    titles = Article.objects.in_bulk([one.id for one in walked])
    return [int(titles[one.id].title[-2:]) for one in walked]


def walked(sources, **how):
    return walk(sources, **({"after": None, "limit": 10} | how))


def test_all_sources_in_one_order_each_article_once(alice):
    project = make_project("spill")
    feed = make_subscription(alice, "The Courier").feed
    both, own, listed = dated(1), dated(2, project), dated(3)
    ProjectArticle.objects.create(project=project, article=both, listed_at=both.listed_at)
    for article in (both, listed):
        make_entry(feed, article)
    everything = Sources([project], library=True, feeds=[feed.pk])
    assert days(walked(everything)) == [3, 2, 1]
    assert days(walked(Sources([project]))) == [2, 1]
    assert days(walked(Sources(feeds=[feed.pk]))) == [3, 1]
    assert walked(Sources()) == []
    assert set(articles_of(everything)) == {both, own, listed}
    assert set(articles_of(Sources(feeds=[feed.pk]))) == {both, listed}
    assert not articles_of(Sources()).exists()


def test_a_walk_goes_on_after_its_cursor_in_every_source(alice):
    project = make_project("spill")
    feed = make_subscription(alice, "The Courier").feed
    for day in range(1, 10):
        article = dated(day, project if day % 3 == 1 else None)
        if day % 3 == 2:
            make_entry(feed, article)
    sources = Sources([project], library=True, feeds=[feed.pk])
    seen, after = [], None
    while page := walked(sources, after=after, limit=2):
        seen += days(page)
        after = Cursor.parse(str(page[-1]))
    assert seen == list(range(9, 0, -1))


def test_a_publication_narrows_every_source(alice):
    project = make_project("spill")
    feed = make_subscription(alice, "The Courier").feed
    for day in (1, 2):
        dated(day, project, publication="The Courier" if day == 1 else "The Mercantile")
    for day in (3, 4):
        make_entry(feed, dated(day, publication="The Courier" if day == 3 else "The Mercantile"))
    courier = Publication.objects.get(name="The Courier")
    sources = Sources([project], library=True, feeds=[feed.pk], publication=courier)
    assert days(walked(sources)) == [3, 1]
    assert articles_of(sources).count() == 2


def test_a_story_is_shown_once_and_a_feed_shows_what_it_brought(alice):
    one, other = (make_subscription(alice, name).feed for name in ("The Courier", "The Mercantile"))
    lead, copy = dated(1), dated(2)
    Article.objects.filter(pk=copy.pk).update(lead=lead)
    make_entry(one, lead)
    make_entry(other, copy)
    assert days(walked(Sources(library=True))) == [1]
    assert days(walked(Sources(feeds=[other.pk]))) == [2]
    assert days(walked(Sources(feeds=[one.pk, other.pk]))) == [1]


def test_an_article_that_a_feed_listed_twice_is_one(alice):
    feed = make_subscription(alice, "The Courier").feed
    article = dated(1)
    make_entry(feed, article)
    again = make_entry(feed, dated(2))
    again.article, again.listed_at = article, article.listed_at
    again.save()
    assert days(walked(Sources(feeds=[feed.pk]), limit=2)) == [1]
    assert unread_in_feeds(alice, [feed.pk]).unread == {feed.pk: 1}


def test_a_walk_leaves_out_what_its_reader_has_read(alice):
    bob = make_user("bob@example.org")
    articles = [dated(day) for day in (1, 2, 3, 4)]
    set_read(alice, articles[1], True)
    library = Sources(library=True)
    assert days(walked(library, reader=alice)) == [4, 3, 1]
    assert days(walked(library, reader=bob)) == [4, 3, 2, 1]
    assert days(walked(library, reader=alice, limit=3)) == [4, 3]
    assert days(walked(library, reader=alice, most=2)) == [4, 3]
    alice.unread_since = timezone.now()
    set_read(alice, articles[2], False)
    assert days(walked(library, reader=alice)) == [3]


def test_many_sources_share_how_far_is_walked():
    assert Sources(library=True).share(2000) == 2000
    assert Sources(feeds=range(4)).share(2000) == 500
    assert Sources(feeds=range(100)).share(2000) == 200


def test_unread_articles_are_counted_feed_by_feed(alice, django_assert_num_queries):
    feeds = [make_subscription(alice, name).feed for name in ("One", "Two", "Three")]
    for day, feed in ((1, feeds[0]), (2, feeds[0]), (3, feeds[1])):
        make_entry(feed, dated(day))
    set_read(alice, Article.objects.get(title="2026-03-03"), True)
    with django_assert_num_queries(1):
        numbers = unread_in_feeds(alice, [feed.pk for feed in feeds])
    assert numbers.unread == {feeds[0].pk: 2, feeds[1].pk: 0}
    assert numbers.looked_at == 100
    with django_assert_num_queries(0):
        assert unread_in_feeds(alice, []).unread == {}


def test_starred_articles_come_by_their_stars_and_only_from_where_one_may_look(alice):
    project = make_project("spill")
    first, second, hidden = dated(2), dated(1), dated(3, project)
    for article in (first, second, hidden):
        set_starred(alice, article, True)
    sources = Sources(library=True)
    found = starred_page(alice, sources, after=None, limit=5)
    assert [one.id for one in found] == [second.pk, first.pk]
    assert starred_page(alice, sources, after=found[0], limit=5) == [found[1]]
    assert len(starred_page(alice, Sources([project], library=True), after=None, limit=5)) == 3


def test_articles_left_half_read_latest_first(alice, django_assert_num_queries):
    begun, finished, opened, later = (dated(day) for day in (1, 2, 3, 4))
    for article, position in ((begun, 5), (finished, 10**6), (opened, 0), (later, 9)):
        open_article(alice, article)
        keep_position(alice, article, position)
    with django_assert_num_queries(1):
        found = half_read(alice, Sources(library=True))
    assert [(one.article, one.position) for one in found] == [(later, 9), (begun, 5)]
    assert found[0].percent == 100 * 9 // len(later.newest.text)
    assert half_read(alice, Sources()) == []


def test_in_the_library_means_for_everybody_with_an_account(alice):
    project = make_project("spill")
    feed = make_subscription(alice, "The Courier").feed
    own = dated(1, project)
    make_entry(feed, own)
    assert walked(Sources(feeds=[feed.pk], library=True)) == []
    assert not articles_of(Sources(feeds=[feed.pk], library=True)).exists()
    in_library(own)
    assert days(walked(Sources(feeds=[feed.pk]))) == [1]
