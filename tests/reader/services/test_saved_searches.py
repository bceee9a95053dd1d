"""Searches that are kept, and the tokens of their feeds."""

import pytest

from reader.models import Role, SavedSearch, SearchFeed
from reader.queries.saved_searches import listed_searches, projects_to_save_in, searches_of
from reader.services import saved_searches
from reader.services.errors import Refused
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return make_user("alice@example.org")


@pytest.fixture
def bob():
    return make_user("bob@example.org")


@pytest.fixture
def project(alice, bob):
    project = make_project()
    make_member(project, alice, Role.OWNER)
    make_member(project, bob, Role.VIEWER)
    return project


def names(user):
    return [one.search.name for one in listed_searches(user)]


def test_a_search_is_kept_for_a_person_or_for_a_project(alice, bob, project):
    saved_searches.save(alice, "  Dye \n river ", "dye   river")
    ours = saved_searches.save(alice, "Denials", "kind:denial", project)

    assert names(alice) == ["Dye river", "Denials"]
    assert names(bob) == ["Denials"]
    assert SavedSearch.objects.get(name="Dye river").query == "dye river"
    assert list(searches_of(project)) == [ours]


@pytest.mark.parametrize(
    ("name", "query", "field"),
    [("", "dye", "name"), ("x" * 151, "dye", "name"), ("Dye", " ", "q"), ("Dye", "x" * 1001, "q")],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(alice, name, query, field):
    with pytest.raises(Refused) as refused:
        saved_searches.save(alice, name, query)

    assert refused.value.field == field
    assert not SavedSearch.objects.exists()


def test_a_new_name_is_checked_too(alice):
    search = saved_searches.save(alice, "Dye", "dye")
    saved_searches.rename(search, "Dyes")
    with pytest.raises(Refused):
        saved_searches.rename(search, " ")

    assert SavedSearch.objects.get().name == "Dyes"


def test_deleting_is_undone(alice, project):
    search = saved_searches.save(alice, "Dye", "dye", project)
    saved_searches.delete(search)
    assert names(alice) == [] == list(searches_of(project))

    saved_searches.restore(search)
    assert names(alice) == ["Dye"]


def test_each_person_has_a_feed_address_of_their_own(alice, bob, project):
    search = saved_searches.save(alice, "Dye", "dye", project)
    first, bobs = saved_searches.follow(search, alice), saved_searches.follow(search, bob)
    second = saved_searches.follow(search, alice)

    assert len({first.token, second.token, bobs.token}) == 3
    assert set(SearchFeed.objects.all()) == {second, bobs}
    assert [one.token for one in listed_searches(alice)] == [second.token]

    saved_searches.stop_following(search, alice)
    saved_searches.stop_following(search, alice)
    assert list(SearchFeed.objects.all()) == [bobs]


def test_who_may_change_a_projects_search(alice, bob, project):
    cleo = make_user("cleo@example.org")
    make_member(project, cleo, Role.ANNOTATOR)
    saved_searches.save(alice, "Of Alice", "a", project)
    saved_searches.save(cleo, "Of Cleo", "c", project)

    def may(user):
        return {one.search.name: one.may_change for one in listed_searches(user)}

    assert may(alice) == {"Of Alice": True, "Of Cleo": True}
    assert may(cleo) == {"Of Alice": False, "Of Cleo": True}
    assert may(bob) == {"Of Alice": False, "Of Cleo": False}
    assert projects_to_save_in(cleo) == [project]
    assert projects_to_save_in(bob) == []


def test_one_query_lists_them_all(alice, project, django_assert_num_queries):
    for number in range(5):
        saved_searches.save(alice, f"Mine {number}", "a")
        saved_searches.save(alice, f"Ours {number}", "a", project)
    with django_assert_num_queries(1):
        assert len([one.search.project for one in listed_searches(alice)]) == 10
