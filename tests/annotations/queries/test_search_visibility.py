"""Who finds what: visibility is part of every search.

Alice is a member, Bob one of another project, Charlie has an account and no project, and nobody
has none.
"""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser

from annotations.models import Annotation, Withdrawal
from annotations.queries.passages import countable_for
from annotations.queries.searching import Facets, facets
from reader.models import Article, Project, ProjectArticle, Readers, Role, User, Visibility
from reader.search import parse
from reader.search.sight import Sight
from tests.annotations.searched import articles, shown, titles, words
from tests.factories import make_article, make_mark, make_member, make_project, make_user

pytestmark = pytest.mark.django_db

TEXT = "The works poisoned the river, said Ida Voss. Nobody saw the secret barge."
MARKED = "The works poisoned the river"


@dataclass(frozen=True)
class Spill:
    alice: User
    bob: User
    charlie: User
    nobody: AnonymousUser
    project: Project
    article: Article
    mark: Annotation

    @property
    def outsiders(self) -> list[User | AnonymousUser]:
        return [self.bob, self.charlie, self.nobody]

    def open(self, readers_see: str) -> None:
        self.project.visibility = Visibility.PUBLIC
        self.project.readers_see = readers_see
        self.project.save()

    def withdraw(self, **what: object) -> Withdrawal:
        return Withdrawal.objects.create(project=self.project, reason="An error.", **what)

    @property
    def place(self) -> ProjectArticle:
        return ProjectArticle.objects.get(project=self.project, article=self.article)


@pytest.fixture
def spill() -> Spill:
    alice, bob, charlie = (make_user(f"{name}@example.org") for name in ("alice", "bob", "charlie"))
    project = make_project("spill")
    make_member(project, alice, Role.VIEWER)
    make_member(make_project("other"), bob, Role.OWNER)
    article = make_article(
        project, TEXT, title="Fish", publication="The Reed", language="en", published_on="2021-03"
    )
    mark = make_mark(
        project, article, MARKED, "allegation", alice, speakers=["Ida Voss"], targets=["The works"]
    )
    return Spill(alice, bob, charlie, AnonymousUser(), project, article, mark)


SEARCHES = ["", "fish", "poisoned", "river", '"secret barge"', "in:reed", "date:2021", "title:fish"]
SEARCHES += ["kind:allegation", "speaker:voss", "target:works", "is:annotated", "project:spill"]


@pytest.mark.parametrize("text", SEARCHES)
def test_a_private_project_is_its_members_alone(spill, text):
    assert titles(spill.alice, text) == ["Fish"]
    for outsider in spill.outsiders:
        assert titles(outsider, text) == []


@pytest.mark.parametrize("text", SEARCHES)
def test_a_project_that_shows_whole_articles_is_found_by_everybody(spill, text):
    spill.open(Readers.WHOLE)
    for visitor in (spill.alice, *spill.outsiders):
        found = articles(visitor, text)
        assert [one.article.title for one in found.found] == ["Fish"]
        assert found.found[0].is_whole
        assert found.found[0].snippet


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("", True),
        ("fish", True),
        ("title:fish", True),
        ("in:reed", True),
        ("kind:allegation", True),
        ("speaker:voss", True),
        ("-speaker:voss", False),
        ("poisoned", False),
        ("barge", False),
        ('"secret barge"', False),
        ("fish barge", False),
        ("fish OR barge", True),
        # What is not in the text must not be told either.
        ("-barge", True),
        ("-nothing", True),
        ('-"secret barge"', True),
        ("-fish", False),
        ("the", False),
        ("-the", True),
    ],
)
def test_where_passages_are_public_only_the_title_is_searched(spill, text, is_found):
    spill.open(Readers.PASSAGES)
    for outsider in spill.outsiders:
        found = articles(outsider, text).found
        assert [one.article.title for one in found] == ["Fish"] * is_found
        assert not any(one.is_whole or one.snippet for one in found)
    assert titles(spill.alice, "poisoned") == ["Fish"]


@pytest.mark.parametrize("readers_see", Readers.values)
def test_passages_of_public_projects_are_found_by_everybody(spill, readers_see):
    assert words(spill.alice, "poisoned") == [MARKED]
    for outsider in spill.outsiders:
        assert words(outsider, "poisoned") == []
    spill.open(readers_see)
    for visitor in (spill.alice, *spill.outsiders):
        assert words(visitor, "poisoned") == [MARKED]
        assert words(visitor, "kind:allegation speaker:voss") == [MARKED]


@pytest.mark.parametrize("what", ["page", "text"])
def test_a_withdrawn_page_is_searched_by_its_title_alone(spill, what):
    spill.open(Readers.WHOLE)
    if what == "page":
        withdrawal = spill.withdraw(project_article=spill.place)
    else:
        withdrawal = spill.withdraw(revision=spill.article.current_revision)
    for outsider in spill.outsiders:
        assert titles(outsider, "poisoned") == []
        assert titles(outsider, "-barge") == ["Fish"]
        assert words(outsider, "poisoned") == []
        assert titles(outsider, "kind:allegation") == []
        (found,) = articles(outsider, "fish").found
        assert not found.snippet
    assert titles(spill.alice, "poisoned") == ["Fish"]
    assert words(spill.alice, "poisoned") == [MARKED]
    withdrawal.lifted_at = withdrawal.at
    withdrawal.save()
    assert titles(spill.nobody, "poisoned") == ["Fish"]


def test_a_withdrawn_passage_is_its_members_alone(spill):
    spill.open(Readers.WHOLE)
    spill.withdraw(annotation=spill.mark)
    for outsider in spill.outsiders:
        assert words(outsider, "poisoned") == []
        assert titles(outsider, "speaker:voss") == []
        assert titles(outsider, "poisoned") == ["Fish"]
    assert words(spill.alice, "poisoned") == [MARKED]


def test_passages_are_seen_as_everywhere_else(spill):
    """The condition written for search says what `countable_for` says."""
    spill.open(Readers.WHOLE)
    other = make_article(spill.project, "A second text.", title="Second")
    withdrawn = make_mark(spill.project, other, "second", by=spill.alice)
    spill.withdraw(annotation=withdrawn)
    third = make_article(spill.project, "A third text.", title="Third")
    make_mark(spill.project, third, "third", by=spill.alice)
    spill.withdraw(revision=third.current_revision)
    for visitor in (spill.alice, *spill.outsiders):
        seen = Annotation.objects.filter(countable_for(visitor), deleted_at=None)
        assert len(words(visitor, "")) == seen.count()


def test_a_deleted_passage_is_nobodys(spill):
    Annotation.objects.update(deleted_at=spill.mark.created_at)
    assert words(spill.alice, "poisoned") == []
    assert titles(spill.alice, "is:annotated") == []


def test_the_library_is_for_those_with_an_account(spill):
    make_article(None, "A library text about barges.", title="Shelf", language="en")
    assert titles(spill.charlie, "barge") == ["Shelf"]
    assert titles(spill.nobody, "barge") == []
    assert titles(spill.nobody, "") == []
    copy = make_article(None, "Another library text about barges.", title="Copy", language="en")
    Article.objects.filter(pk=copy.pk).update(lead=Article.objects.get(title="Shelf"))
    assert titles(spill.charlie, "barge") == ["Shelf"]


def test_what_left_the_project_is_found_no_more(spill):
    ProjectArticle.objects.all().delete()
    assert titles(spill.alice, "") == []


def test_facets_count_what_may_be_seen(spill):
    spill.open(Readers.PASSAGES)
    titles(spill.nobody, "")

    def counts(visitor: User | AnonymousUser, text: str) -> list[tuple[str, int]]:
        found = facets(Sight.of(visitor), parse(text))
        assert isinstance(found, Facets)
        every = (*found.publications, *found.kinds, *found.speakers)
        return [(one.label, one.count) for one in every]

    assert counts(spill.nobody, "fish") == [("The Reed", 1), ("allegation", 1), ("Ida Voss", 1)]
    assert counts(spill.nobody, "barge") == []
    spill.withdraw(annotation=spill.mark)
    assert counts(spill.nobody, "fish") == [("The Reed", 1)]
    assert len(counts(spill.alice, "barge")) == 3


def test_a_project_looks_at_itself_only(spill):
    make_article(None, "A library text about a barge.", title="Shelf", language="en")
    sight = Sight.within(spill.project)
    assert titles(sight, "barge") == ["Fish"]
    assert titles(sight, "is:unread") == []
    assert words(sight, "poisoned") == [MARKED]


def test_names_of_others_projects_lead_nowhere(spill):
    make_mark(spill.project, spill.article, "Nobody", by=spill.alice, speakers=["Odo Fenn"])
    for outsider in spill.outsiders:
        assert titles(outsider, "speaker:fenn") == titles(outsider, "project:spill") == []


def test_an_article_in_two_projects_is_seen_by_the_wider_of_them(spill):
    spill.open(Readers.PASSAGES)
    shelf = make_article(None, "A library text about a barge.", title="Shelf", language="en")
    wide = make_project("wide", visibility=Visibility.PUBLIC, readers_see=Readers.WHOLE)
    for project in (spill.project, wide):
        ProjectArticle.objects.create(
            project=project, article=shelf, listed_at=shelf.listed_at, added_by=spill.alice
        )
    (found,) = articles(spill.nobody, "barge").found
    assert shown(found.snippet) == "A library text about a [barge]."
