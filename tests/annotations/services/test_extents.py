"""Two people who decide about the same words at the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connections

from annotations.models import Anchor, AnchorMaker, Annotation, Decision
from annotations.services.extents import change_extent, decide
from annotations.services.reanchoring import reanchor_article
from reader.ingest.pipeline import store
from reader.models import Article, Project, Role, User
from reader.services.errors import Conflict, Refused
from tests.annotations.queries.test_fates import CORRECTED
from tests.annotations.services.test_reanchoring import TEXT, URL, WORDS, revise
from tests.factories import make_article, make_mark, make_member, make_project, make_user, place_of
from tests.reader.ingest.test_pipeline import text_of

pytestmark = pytest.mark.django_db(transaction=True)

TABS = 4


@pytest.fixture
def bob() -> User:
    return make_user("bob@example.org")


@pytest.fixture
def project(bob: User) -> Project:
    project = make_project("ferry")
    make_member(project, bob, Role.ANNOTATOR)
    return project


@pytest.fixture
def article(project: Project, bob: User) -> Article:
    """Marked and then corrected: the first passage changed, the second is gone."""
    article = make_article(project, TEXT, url=URL)
    for words in WORDS:
        make_mark(project, article, words, by=bob)
    revise(article, CORRECTED)
    return Article.objects.get(pk=article.pk)


def anchor(status: str) -> Anchor:
    return Anchor.objects.select_related("annotation").get(status=status, revision__number=2)


def at_once(*tabs: Callable[[], object]) -> list[str]:
    """Do all of it at the same moment. Returns what came of each: "done", or the error's name."""
    ready, came = Barrier(len(tabs)), []

    def run(tab: Callable[[], object]) -> None:
        ready.wait()
        try:
            tab()
        except (Conflict, Refused) as error:
            came.append(type(error).__name__)
        else:
            came.append("done")
        connections.close_all()

    threads = [Thread(target=run, args=[tab]) for tab in tabs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(came)


def test_the_same_decision_in_several_tabs_is_one(bob, article):
    found = anchor("changed")
    came = at_once(*[lambda: decide(found.pk, Decision.RIGHT, bob)] * TABS)
    assert came == ["done"] * TABS
    now = anchor("changed")
    assert now.decision == Decision.RIGHT
    assert now.annotation.version == found.annotation.version + 1


def test_of_two_decisions_one_holds_and_the_other_is_told(bob, article):
    found = anchor("changed")
    came = at_once(
        lambda: decide(found.pk, Decision.RIGHT, bob), lambda: decide(found.pk, Decision.GONE, bob)
    )
    assert came == ["Conflict", "done"]
    assert anchor("changed").decision in {Decision.RIGHT, Decision.GONE}


def test_words_are_adjusted_by_one_of_several_tabs(bob, article):
    found = anchor("orphaned")
    place = place_of(article, "It rained")
    came = at_once(
        *[
            lambda: change_extent(
                found.annotation_id, found.annotation.version, "add", place, number=2, by=bob
            )
        ]
        * TABS
    )
    assert came == ["Conflict"] * (TABS - 1) + ["done"]
    pieces = Anchor.objects.get(pk=found.pk).fragments.all()
    assert [one.exact for one in pieces] == ["It rained"]


def test_an_adjustment_and_a_decision_do_not_undo_each_other(bob, article):
    found = anchor("changed")
    place = place_of(article, "Monday")
    came = at_once(
        lambda: decide(found.pk, Decision.GONE, bob),
        lambda: change_extent(
            found.annotation_id, found.annotation.version, "add", place, number=2, by=bob
        ),
    )
    assert came == ["Conflict", "done"]
    now = anchor("changed")
    pieces = [one.exact for one in now.fragments.order_by("position")]
    if now.decision == Decision.ADJUSTED:
        assert pieces == ["Monday", "has run aground"]
    else:
        assert (now.decision, pieces) == (Decision.GONE, ["has run aground"])


def test_a_decision_while_a_further_text_comes_in_is_kept_or_refused(bob, article):
    found = anchor("changed")

    def further() -> None:
        store(text_of(f"{CORRECTED} It was Tuesday.", url=URL), article.scope)
        reanchor_article(article.pk)

    came = at_once(further, lambda: decide(found.pk, Decision.RIGHT, bob))
    assert came in (["Refused", "done"], ["done", "done"])
    decided = Anchor.objects.get(pk=found.pk).decision
    assert bool(decided) == ("Refused" not in came)
    last = Anchor.objects.get(annotation=found.annotation_id, revision__number=3)
    assert last.status in {"exact", "moved", "changed"}
    assert last.fragments.get().exact == "has run aground"


def test_several_workers_place_a_passage_once(project, bob, article):
    store(text_of(f"{CORRECTED} It was Tuesday.", url=URL), article.scope)
    came = at_once(*[lambda: reanchor_article(article.pk)] * TABS)
    assert came == ["done"] * TABS
    assert Anchor.objects.filter(revision__number=3).count() == Annotation.objects.count()


def test_what_is_marked_while_passages_are_placed_is_kept(project, bob, article):
    store(text_of(f"{CORRECTED} It was Tuesday.", url=URL), article.scope)
    article = Article.objects.get(pk=article.pk)
    came = at_once(
        lambda: reanchor_article(article.pk),
        lambda: make_mark(project, article, "It was Tuesday", by=bob),
    )
    assert came == ["done", "done"]
    made = Anchor.objects.filter(revision__number=3, made_by=AnchorMaker.PERSON)
    assert [one.fragments.get().exact for one in made] == ["It was Tuesday"]
    assert Anchor.objects.filter(revision__number=3).count() == Annotation.objects.count()
