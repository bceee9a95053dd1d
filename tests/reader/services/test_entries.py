"""Entries and the articles that they are."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from reader.dates import parse_given
from reader.models import Article, EntryStatus, FeedEntry, Precision, Revision
from reader.services import entries
from reader.services.articles import details_of, edit_details
from tests.factories import make_article, make_user
from tests.feeds import polled, serve, subscribed
from tests.rss import WORDS, item, rss

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return make_user()


@pytest.fixture
def feed(site, alice):
    return polled(subscribed(alice, serve(site, rss([item(1), item(2)]))))


def texts(article: Article) -> list[str]:
    return [one.text for one in article.revisions.order_by("number")]


def test_a_title_edit_is_no_new_article(site, feed):
    serve(site, rss([item(1, title="Ferry report, corrected"), item(2)]))
    polled(feed)
    assert Article.objects.count() == FeedEntry.objects.count() == 2
    assert feed.entries.filter(title="Ferry report, corrected").count() == 1


def test_a_changed_text_is_a_further_revision(site, feed):
    serve(site, rss([item(1, f"{WORDS} It had."), item(2)]))
    polled(feed)
    article = Article.objects.get(url="https://coast.example/reports/1")
    assert [text.endswith("It had. Report 1.") for text in texts(article)] == [False, True]
    assert Article.objects.count() == 2
    # A retraction is much shorter, and a text of the article nevertheless.
    serve(site, rss([item(1, "Withdrawn."), item(2)]))
    polled(feed)
    assert texts(article)[2] == "Withdrawn. Report 1."
    assert Revision.objects.count() == 4


def test_changed_markup_is_no_news(site, feed):
    serve(site, rss([item(1), item(2)]).replace("&lt;p&gt;", "&lt;p class='x7'&gt;"))
    polled(feed)
    assert Revision.objects.count() == 2


def test_an_entry_that_moves_stays_its_article(site, feed):
    serve(
        site, rss([item(1, link="https://coast.example/moved", text="Now it is said otherwise.")])
    )
    polled(feed)
    article = Article.objects.get(url="https://coast.example/reports/1")
    assert len(texts(article)) == 2
    assert Article.objects.count() == 2


def test_unchanged_entries_are_not_written(site, feed, django_assert_max_num_queries):
    serve(site, rss([item(1), item(2)], title="The Coast again"))
    with django_assert_max_num_queries(20) as queries:
        polled(feed)
    written = [one["sql"] for one in queries if "feedentry" in one["sql"]]
    assert not [sql for sql in written if not sql.startswith("SELECT")]


def test_an_entry_without_an_address_is_known_by_its_id(site, alice):
    feed = polled(subscribed(alice, serve(site, rss([item("a", link="")]))))
    article = Article.objects.get()
    assert article.url == ""
    serve(site, rss([item("a", "Now it is said otherwise.", link="")]))
    polled(feed)
    assert len(texts(article)) == 2
    assert Article.objects.count() == 1


def test_an_entry_with_nothing_to_know_it_by_comes_once(site, alice):
    bare = item("a", link="", guid="", title="")
    feed = polled(subscribed(alice, serve(site, rss([bare]))))
    serve(site, rss([bare, item(2)]))
    polled(feed)
    article = Article.objects.get(url="")
    assert article.title_derived
    assert Article.objects.count() == 2


def test_one_address_in_two_feeds_is_one_article(site, alice, feed):
    other = polled(subscribed(alice, serve(site, rss([item(1), item(3)]), "/other")))
    assert Article.objects.count() == 3
    assert other.entries.filter(article=feed.entries.get(title="Ferry report 1").article).exists()
    assert Revision.objects.count() == 3


def test_a_summary_takes_no_place_of_a_text_and_a_text_takes_that_of_a_summary(site, alice):
    whole = item(1, WORDS * 5)
    summary = item(1, "Ferries.")
    first = polled(subscribed(alice, serve(site, rss([summary]), "/a")))
    polled(subscribed(alice, serve(site, rss([whole]), "/b")))
    article = Article.objects.get()
    assert [len(text) > 100 for text in texts(article)] == [False, True]
    # An edit of the summary is no text of an article that another feed gives whole.
    serve(site, rss([item(1, "Of ferries.")]), "/a")
    polled(first)
    polled(subscribed(alice, serve(site, rss([summary]), "/c")))
    assert len(texts(article)) == 2


def test_a_feed_leaves_a_text_from_the_page_alone(site, alice):
    article = make_article(None, url="https://coast.example/reports/1")
    polled(subscribed(alice, serve(site, rss([item(1, WORDS * 20)]))))
    assert len(texts(article)) == 1
    assert FeedEntry.objects.get().article == article


def test_what_was_erased_does_not_come_back(site, feed):
    Article.objects.get(url="https://coast.example/reports/1").delete()
    serve(site, rss([item(1, "Here it is again."), item(2)]))
    polled(feed)
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("written", "on", "precision"),
    [
        ("Mon, 29 Mar 2021 23:30:00 +0900", "2021-03-29", Precision.DAY),
        ("Mon, 29 Mar 2021 10:00:00 BST", "2021-03-29", Precision.DAY),
        ("2021-03", "2021-03-01", Precision.MONTH),
        ("03/04/2021", None, Precision.UNKNOWN),
        ("yesterday", None, Precision.UNKNOWN),
        ("Mon, 29 Mar 2100 10:00:00 GMT", None, Precision.UNKNOWN),
        ("", None, Precision.UNKNOWN),
    ],
)
def test_a_date_is_taken_as_far_as_it_is_certain(site, alice, written, on, precision):
    polled(subscribed(alice, serve(site, rss([item(1, pubDate=written)]))))
    article = Article.objects.get()
    assert article.published_on == (on and article.published_on.fromisoformat(on))
    assert article.published_precision == precision
    entry = FeedEntry.objects.get()
    assert entry.published_raw == written
    assert entry.listed_at == article.listed_at


def test_a_corrected_date_moves_the_article_in_the_list_of_its_feed(feed, alice):
    article = Article.objects.get(url="https://coast.example/reports/1")
    details = replace(details_of(article), published=parse_given("2020-02"))
    edit_details(article, details, article.version, alice)
    listed_at = feed.entries.get(article=article).listed_at
    assert listed_at.date().isoformat() == "2020-02-01"


def test_the_date_of_a_change_is_not_that_of_the_article(site, alice):
    def atom(text: str, updated: str) -> str:
        return (
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Coast</title><entry>'
            f"<id>urn:1</id><title>Ferries</title><updated>{updated}</updated>"
            f'<link href="https://coast.example/1"/><content>{text}</content></entry></feed>'
        )

    feed = polled(subscribed(alice, serve(site, atom("It sank.", "2021-03-29T10:00:00Z"))))
    serve(site, atom("It did not sink.", "2021-05-01T10:00:00Z"))
    polled(feed)
    article = Article.objects.get()
    assert len(texts(article)) == 2
    assert article.published_on.isoformat() == "2021-03-29"


def test_of_one_day_the_newest_article_stands_first(site, feed):
    newest = Article.objects.order_by("-listed_at", "-id")
    assert [one.title for one in newest] == ["Ferry report 1", "Ferry report 2"]


def test_of_a_long_feed_the_newest_are_taken_and_said(site, alice, monkeypatch):
    monkeypatch.setattr(entries, "MOST", 3)
    dates = [timezone.now() - timedelta(days=n) for n in (9, 1, 5, 2, 7)]
    items = [item(n, pubDate=date.strftime("%a, %d %b %Y %H:%M:%S GMT"))
             for n, date in enumerate(dates)]  # fmt: skip
    feed = polled(subscribed(alice, serve(site, rss(items))))
    assert "5" in feed.problems[0]
    assert "3" in feed.problems[0]
    assert set(feed.entries.values_list("title", flat=True)) == {
        f"Ferry report {n}" for n in (1, 2, 3)
    }
    serve(site, rss([*items, "<!-- changed -->"]))
    assert polled(feed).entries.count() == 3


def test_hostile_html_and_strange_words_are_kept_harmless(site, alice):
    html = "<script>alert(1)</script><p onclick='x()'>Words.</p><iframe src='x'></iframe>"
    strange = item(1, description=html, title="A\x00B \ud83d" + "x" * 600, link="javascript:x()")
    polled(subscribed(alice, serve(site, rss([strange]).encode("utf-8", "replace"))))
    article = Article.objects.get()
    assert article.newest.text == "Words."
    assert article.url == ""
    assert len(article.title) == 500


def test_an_entry_without_text_or_address_says_so(site, alice):
    feed = polled(subscribed(alice, serve(site, rss([item(1, "", link="")]))))
    entry = feed.entries.get()
    assert entry.status == EntryStatus.FAILED
    assert entry.error == "There is no text."
