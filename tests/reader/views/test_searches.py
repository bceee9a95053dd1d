"""The pages of saved searches: Alice owns the project, Bob annotates, Charlie is a stranger."""

from html import unescape

import pytest
from django.test import Client

from reader.models import Role, SavedSearch, SearchFeed, User
from reader.services import saved_searches
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    project = make_project("spill")
    make_member(project, make_user("alice@example.org"), Role.OWNER)
    make_member(project, make_user("bob@example.org"), Role.ANNOTATOR)
    make_user("charlie@example.org")
    return project


def user(name: str) -> User:
    return User.objects.get(email=f"{name}@example.org")


def client(name: str) -> Client:
    browser = Client()
    if name:
        browser.force_login(user(name))
    return browser


def listed(name: str) -> str:
    response = client(name).get("/searches/")
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_a_search_is_saved_from_its_form(project):
    alice = client("alice")
    alice.post("/searches/new/", {"q": "kind:denial dye", "name": "Dye", "project": ""})
    alice.post("/searches/new/", {"q": "dye OR paint", "name": "Ours", "project": "spill"})

    page = listed("alice")
    assert "/search/?q=kind%3Adenial%20dye" in page
    assert "/search/?q=%28dye%20OR%20paint%29%20project%3Aspill" in page
    assert "Of the project “Spill”" in page
    assert "Dye" not in listed("bob") and "Ours" in listed("bob")
    assert "Nothing is kept yet." in listed("charlie")


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(project):
    response = client("alice").post("/searches/new/", {"q": "dye", "name": " ", "project": ""})
    assert response.status_code == 422
    assert 'value="dye"' in response.content.decode()
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("slug", ["spill", "elsewhere"])
def test_nobody_saves_for_a_project_where_they_may_not_annotate(project, slug):
    make_member(make_project("elsewhere"), user("alice"), Role.VIEWER)
    who = "charlie" if slug == "spill" else "alice"
    response = client(who).post("/searches/new/", {"q": "dye", "name": "Dye", "project": slug})
    assert response.status_code == 422 and not SavedSearch.objects.exists()


def test_renaming(project):
    search = saved_searches.save(user("alice"), "Dye", "dye")
    alice = client("alice")
    refused = alice.post(f"/searches/{search.pk}/rename/", {"name": " "})
    assert refused.status_code == 422
    assert "Give the search a name." in unescape(refused.content.decode())

    alice.post(f"/searches/{search.pk}/rename/", {"name": "Paint"})
    assert "Paint" in listed("alice")


def test_deleting_offers_to_undo(project):
    search = saved_searches.save(user("alice"), "Dye", "dye")
    alice = client("alice")
    response = alice.post(f"/searches/{search.pk}/delete/", follow=True)
    page = unescape(response.content.decode())
    assert "“Dye” is deleted." in page and f"/searches/{search.pk}/restore/" in page
    assert "is deleted" not in listed("alice")

    alice.post(f"/searches/{search.pk}/restore/")
    assert "Dye" in listed("alice")
    assert "is deleted" not in listed("alice")


def test_a_feed_address_is_made_renewed_and_revoked(project):
    search = saved_searches.save(user("alice"), "Dye", "dye", project)
    alice = client("alice")

    def token() -> str:
        return SearchFeed.objects.get(user=user("alice")).token

    alice.post(f"/searches/{search.pk}/follow/")
    first = token()
    assert f"http://testserver/searches/{first}.atom" in listed("alice")
    assert first not in listed("bob")
    alice.post(f"/searches/{search.pk}/follow/")
    assert token() != first and first not in listed("alice")
    alice.post(f"/searches/{search.pk}/unfollow/")
    assert ".atom" not in listed("alice")


# What is posted to a search of a person and of a project, by Alice (who saved both), Bob, Charlie
# and nobody.
POSTED = [
    ("own", "rename", (302, 404, 404, 404)),
    ("own", "delete", (302, 404, 404, 404)),
    ("own", "restore", (302, 404, 404, 404)),
    ("own", "follow", (302, 404, 404, 404)),
    ("own", "unfollow", (302, 404, 404, 404)),
    ("ours", "rename", (302, 404, 404, 404)),
    ("ours", "delete", (302, 404, 404, 404)),
    ("ours", "restore", (302, 404, 404, 404)),
    ("ours", "follow", (302, 302, 404, 404)),
    ("ours", "unfollow", (302, 302, 404, 404)),
    ("bobs", "rename", (302, 302, 404, 404)),
    ("bobs", "delete", (302, 302, 404, 404)),
]
PEOPLE = ("alice", "bob", "charlie", "")


@pytest.mark.parametrize(("whose", "act", "expected"), POSTED)
def test_who_may_do_what(project, whose, act, expected):
    for name, status in zip(PEOPLE, expected, strict=True):
        by, of = ("bob" if whose == "bobs" else "alice"), (None if whose == "own" else project)
        search = saved_searches.save(user(by), "Dye", "dye", of)
        response = client(name).post(f"/searches/{search.pk}/{act}/", {"name": "New"})
        assert response.status_code == status, name


@pytest.mark.parametrize("act", ["rename", "delete", "restore", "follow", "unfollow"])
def test_nothing_changes_by_looking(project, act):
    search = saved_searches.save(user("alice"), "Dye", "dye")
    assert client("alice").get(f"/searches/{search.pk}/{act}/").status_code == 405


@pytest.mark.parametrize("address", ["/searches/", "/searches/new/"])
def test_strangers_are_asked_to_sign_in(project, address):
    assert client("").get(address)["Location"] == f"/accounts/login/?next={address}"


def test_a_deleted_search_is_gone_for_those_who_may_not_bring_it_back(project):
    search = saved_searches.save(user("alice"), "Dye", "dye", project)
    saved_searches.delete(search)
    assert client("bob").post(f"/searches/{search.pk}/follow/").status_code == 404
    assert client("bob").post(f"/searches/{search.pk}/restore/").status_code == 404


def test_a_projects_page_lists_its_searches_to_members_only(project):
    project.visibility = "public"
    project.save()
    saved_searches.save(user("alice"), "All denials", "kind:denial", project)
    for name, shown in (("bob", True), ("charlie", False), ("", False)):
        page = client(name).get("/projects/spill/").content.decode()
        assert ("All denials" in page) is shown
        assert "/search/?q=project%3Aspill" in page


def test_a_list_of_any_length_takes_as_many_queries(project, django_assert_max_num_queries):
    alice = client("alice")
    saved_searches.save(user("alice"), "One", "dye")
    with django_assert_max_num_queries(10) as few:
        alice.get("/searches/")
    for number in range(10):
        saved_searches.save(user("alice"), f"No. {number}", "dye", project)
    with django_assert_max_num_queries(len(few)):
        alice.get("/searches/")
