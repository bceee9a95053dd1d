"""Passages are found by their words, by what is said of them, and by their articles."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Fragment, SearchPassage
from annotations.queries.answers import accusations
from annotations.queries.searching import TooBroad, search_passages
from reader.models import Article, Project, Role, User
from reader.search import parse
from reader.search.sight import Sight
from tests.annotations.searched import articles, passages, shown, words
from tests.factories import make_article, make_mark, make_member, make_project, make_user

pytestmark = pytest.mark.django_db

ALLEGED = "The tannery poured dyes into the river"
DENIED = "Odo Fenn denied it"
BROKEN = ["Nothing leaked", "not a drop"]


@pytest.fixture
def alice() -> User:
    return make_user("alice@example.org")


@pytest.fixture
def project(alice: User) -> Project:
    project = make_project("spill", name="The Spill")
    make_member(project, alice, Role.OWNER)
    article = make_article(
        project,
        f"{ALLEGED}, said Ida Voss. “{BROKEN[0]},” said Zoë Marr, “{BROKEN[1]}.”",
        title="Dye",
        language="en",
        publication="The Reed",
        published_on="2021-03-29",
        byline="Mira Okonjo",
    )
    make_mark(
        project, article, ALLEGED, "allegation", alice,
        speakers=["Ida Voss"], targets=["Odo Fenn"], claims=["That dye was poured"],
    )  # fmt: skip
    make_mark(project, article, BROKEN, "quote", alice, speakers=["Zoë Marr"])
    later = make_article(
        project, f"{DENIED} on Monday.", title="The yard answers", published_on="2022-01-10"
    )
    make_mark(
        project, later, DENIED, "denial", alice,
        speakers=["Odo Fenn"], claims=["That dye was poured"],
    )  # fmt: skip
    return project


WHOLE_QUOTE = " […] ".join(BROKEN)
EVERYTHING = {ALLEGED, WHOLE_QUOTE, DENIED}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", EVERYTHING),
        ("dye", {ALLEGED}),
        ("pouring", {ALLEGED}),
        ("monday", set()),
        ("nothing drop", {WHOLE_QUOTE}),
        ('"not a drop"', {WHOLE_QUOTE}),
        ('"leaked not"', set()),
        ("-dye", {WHOLE_QUOTE, DENIED}),
        ("dye OR denied", {ALLEGED, DENIED}),
        ("kind:denial", {DENIED}),
        ("-kind:denial", {ALLEGED, WHOLE_QUOTE}),
        ("speaker:voss", {ALLEGED}),
        ('speaker:"zoe marr"', {WHOLE_QUOTE}),
        ("target:fenn", {ALLEGED}),
        ("speaker:fenn", {DENIED}),
        ("speaker:fenn OR target:fenn", {ALLEGED, DENIED}),
        ("title:dye", {ALLEGED, WHOLE_QUOTE}),
        ("title:yard denied", {DENIED}),
        ("by:okonjo", {ALLEGED, WHOLE_QUOTE}),
        ("in:reed", {ALLEGED, WHOLE_QUOTE}),
        ("-in:reed", {DENIED}),
        ("date:2022", {DENIED}),
        ("date:2021 kind:quote", {WHOLE_QUOTE}),
        ("project:spill", EVERYTHING),
        ("project:other", set()),
        ("is:annotated", EVERYTHING),
        ("is:undated", set()),
        ("is:starred", set()),
        ("the", {ALLEGED}),
        ("it", {DENIED}),
    ],
)
def test_operators(alice, project, text, expected):
    assert set(words(alice, text)) == expected


def test_those_of_the_newest_articles_come_first_page_by_page(alice, project, monkeypatch):
    monkeypatch.setattr("annotations.queries.search_passages.PAGE", 2)
    first = passages(alice, "")
    assert first.found[0].passage.kind == "denial"
    rest = passages(alice, "", after=first.next)
    found = [one.passage.words for one in (*first.found, *rest.found)]
    assert set(found) == EVERYTHING
    assert (len(found), rest.next) == (3, "")
    assert len(passages(alice, "", after="nonsense").found) == 2


def test_what_was_found_is_marked_and_can_be_answered(alice, project):
    (found,) = passages(alice, "dye kind:allegation").found
    assert shown(found.words) == "The tannery poured [dyes] into the river"
    assert found.project == project
    (accusation,) = accusations(found.project, [found.passage], public=False)
    assert [answer.denial.words for answer in accusation.answers] == [DENIED]


def test_the_index_follows_words_and_language(alice, project):
    fragment = Fragment.objects.get(exact=BROKEN[0])
    fragment.exact = "Everything leaked"
    fragment.save()
    assert words(alice, "everything drop") == ["Everything leaked […] not a drop"]
    assert words(alice, "nothing") == []
    Fragment.objects.get(exact=BROKEN[1]).delete()
    assert words(alice, "drop") == []
    assert words(alice, "leaking") == ["Everything leaked"]
    Article.objects.update(language="de")
    assert words(alice, "leaking") == []
    assert words(alice, "leaked") == ["Everything leaked"]


def test_an_erased_annotation_leaves_no_words(alice, project):
    Article.objects.update(current_revision=None)
    project.delete()
    assert not SearchPassage.objects.exists()


def test_a_project_has_no_more_queries_for_more_passages(alice, project):
    def asked() -> int:
        with CaptureQueriesContext(connection) as context:
            assert not isinstance(search_passages(Sight.of(alice), parse("said")), TooBroad)
        return len(context)

    article = make_article(project, "She said one. She said two. She said three.")
    make_mark(project, article, "said one", by=alice)
    articles(alice, "")
    few = asked()
    for number in ("two", "three"):
        make_mark(project, article, f"said {number}", by=alice)
    assert asked() == few <= 15


def test_a_second_is_enough_or_it_is_too_broad(alice, project, monkeypatch):
    monkeypatch.setattr("reader.search.limits.SECONDS", 0.0)
    assert search_passages(Sight.of(alice), parse("dye")) == TooBroad()
