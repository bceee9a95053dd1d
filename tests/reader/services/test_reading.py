"""What people read and star: each for themselves, from two tabs at once, and undone."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from reader.models import Article, ReadingState
from reader.queries.reading import unread_by
from reader.services.errors import Refused
from reader.services.reading import (
    keep_position,
    mark_everything_read,
    mark_read,
    open_article,
    set_read,
    set_starred,
    undo_marking,
)
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return make_user("alice@example.org")


@pytest.fixture
def bob():
    return make_user("bob@example.org")


def library(number=3):
    return [make_article(None, f"Text {n}.", title=str(n)) for n in range(number)]


def aged(article, **ago):
    Article.objects.filter(pk=article.pk).update(first_seen_at=timezone.now() - timedelta(**ago))
    article.refresh_from_db()
    return article


def unread(user):
    user.refresh_from_db()
    return set(Article.objects.filter(unread_by(user)).values_list("title", flat=True))


def starred(user):
    return Article.objects.filter(
        reading_states__user=user, reading_states__starred_at__isnull=False
    )


def test_what_comes_is_unread_and_what_was_there_before_a_person_is_not(alice):
    new, old = library(2)
    aged(old, days=1)
    assert unread(alice) == {new.title}


def test_opening_marks_as_read_for_this_person_only(alice, bob):
    (article,) = library(1)
    open_article(alice, article)
    assert unread(alice) == set()
    assert unread(bob) == {"0"}
    assert ReadingState.objects.get().opened_at


def test_opening_marks_nothing_for_those_who_do_not_wish_it(alice):
    (article,) = library(1)
    alice.read_when_opened = False
    alice.save()
    open_article(alice, article)
    assert unread(alice) == {"0"}
    assert ReadingState.objects.get().opened_at


@pytest.mark.parametrize("days", [0, 3])
def test_read_and_unread_again_old_articles_too(alice, days):
    (article,) = library(1)
    if days:
        aged(article, days=days)
    set_read(alice, article, False)
    assert unread(alice) == {"0"}
    set_read(alice, article, True)
    assert unread(alice) == set()


@pytest.mark.parametrize("days", [0, 3])
def test_a_star_and_a_position_leave_an_article_as_unread_as_it_was(alice, days):
    (article,) = library(1)
    if days:
        aged(article, days=days)
    before = unread(alice)
    set_starred(alice, article, True)
    keep_position(alice, article, 12)
    assert unread(alice) == before
    assert starred(alice).get() == article
    set_starred(alice, article, False)
    assert not starred(alice).exists()
    assert ReadingState.objects.get().position == 12


@pytest.mark.parametrize(("given", "kept"), [(-1, 0), (5, 5), (10**12, 2**31 - 1)])
def test_a_position_is_kept_within_what_the_column_holds(alice, given, kept):
    (article,) = library(1)
    keep_position(alice, article, given)
    assert ReadingState.objects.get().position == kept


def test_many_are_marked_at_once_and_undone(alice, bob):
    first, second, third = library(3)
    set_read(alice, first, True)
    set_starred(alice, second, True)
    marked = mark_read(alice, Article.objects.all(), timezone.now())
    assert (marked.count, unread(alice), len(unread(bob))) == (2, set(), 3)
    open_article(alice, third)
    undo_marking(bob, marked.undo)
    assert unread(alice) == set()
    undo_marking(alice, marked.undo)
    undo_marking(alice, marked.undo)
    # The one that was read before stays so, and the one that was opened meanwhile.
    assert unread(alice) == {"1"}
    assert starred(alice).get() == second


def test_only_what_stood_there_is_marked(alice):
    library(1)
    seen = timezone.now()
    make_article(None, "It came later.", title="later")
    assert mark_read(alice, Article.objects.all(), seen).count == 1
    assert unread(alice) == {"later"}


def test_only_the_articles_that_were_meant_are_marked(alice):
    library(2)
    assert mark_read(alice, Article.objects.filter(title="1"), timezone.now()).count == 1
    assert unread(alice) == {"0"}


def test_everything_is_marked_and_undone(alice, bob):
    first, second, _ = library(3)
    set_starred(alice, first, True)
    set_read(alice, second, True)
    seen = timezone.now()
    make_article(None, "It came later.", title="later")
    marked = mark_everything_read(alice, seen)
    assert marked.count is None
    assert unread(alice) == {"later"}
    assert len(unread(bob)) == 4
    undo_marking(alice, marked.undo)
    assert unread(alice) == {"0", "2", "later"}


def test_an_older_page_brings_nothing_back(alice):
    library(1)
    mark_everything_read(alice, timezone.now())
    mark_everything_read(alice, timezone.now() - timedelta(days=1))
    assert unread(alice) == set()


@pytest.mark.parametrize("undo", ["", "x", "WyJ4Il0:1u:x"])
def test_what_is_no_undo_is_refused(alice, undo):
    with pytest.raises(Refused):
        undo_marking(alice, undo)


def at_once(*acts):
    """Run each in a thread of its own, all at the same moment."""
    start, failed = Barrier(len(acts)), []

    def run(act):
        try:
            start.wait()
            act()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


@pytest.mark.django_db(transaction=True)
def test_two_tabs_mark_at_once(alice):
    library(20)
    counts = []

    def mark(order):
        def act():
            articles = Article.objects.order_by(order)
            counts.append(mark_read(alice, articles, timezone.now()).count)

        return act

    at_once(mark("pk"), mark("-pk"), mark("title"))
    assert sum(counts) == 20
    assert unread(alice) == set()
    assert ReadingState.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_two_tabs_open_and_star_the_same_article_at_once(alice):
    (article,) = library(1)
    at_once(
        lambda: open_article(alice, article),
        lambda: set_starred(alice, article, True),
        lambda: keep_position(alice, article, 7),
        lambda: mark_everything_read(alice, timezone.now()),
    )
    state = ReadingState.objects.get()
    assert (bool(state.read_at), bool(state.starred_at), state.position) == (True, True, 7)
