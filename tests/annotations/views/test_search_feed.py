"""Saved searches as Atom feeds."""

from html import unescape

import pytest
from django.test import Client
from django.utils.timezone import localdate
from lxml import etree

from annotations.pages import search_feed
from annotations.queries.searching import TooBroad
from annotations.services.editing import edit
from annotations.services.marking import delete as delete_mark
from annotations.services.withdrawals import withdraw
from reader import dates
from reader.ingest.feeds import parse
from reader.models import Membership, Role, SavedSearch, SearchFeed, User
from reader.services import saved_searches
from reader.services.indexing import index_all
from tests.annotations.affair import (
    ALLEGED,
    DENIED,
    INTERNAL,
    SILENCE,
    UNANSWERED,
    Affair,
    affair,
)
from tests.annotations.past import since_yesterday
from tests.factories import fields_of, make_article, make_mark, make_member, make_project

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
CAUTION = "An allegation is an accusation, not a finding."


def followed(user: User, query: str, project=None) -> str:
    """The address of a new feed, all articles being indexed."""
    index_all()
    search = saved_searches.save(user, "Dye & river", query, project)
    return f"/searches/{saved_searches.follow(search, user).token}.atom"


def entries(address: str) -> dict[str, str]:
    """The summary of each entry, by its title, for somebody without an account."""
    response = Client().get(address)
    assert response.status_code == 200
    root = etree.fromstring(response.content)
    return {
        one.findtext(f"{ATOM}title"): unescape(one.findtext(f"{ATOM}summary"))
        for one in root.findall(f"{ATOM}entry")
    }


def all_of(address: str) -> str:
    return " ".join([*entries(address), *entries(address).values()])


def test_a_feed_needs_no_account_and_has_what_the_standard_asks_for() -> None:
    world = affair()
    address = followed(world.alice, "river")
    response = Client().get(address)

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = etree.fromstring(response.content)
    assert root.findtext(f"{ATOM}title") == "Dye & river · On Record"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "On Record"
    ids = [one.text for one in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) >= 3
    assert all(one.startswith("urn:uuid:") for one in ids)
    assert len(list(root.iter(f"{ATOM}updated"))) == len(ids)
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "http://testserver/search/?q=river",
        "self": f"http://testserver{address}",
    }
    token = address.removeprefix("/searches/").removesuffix(".atom")
    assert token not in response.content.decode().replace(links["self"], "")
    for entry in root.findall(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}title")
        assert entry.find(f"{ATOM}link").get("href").startswith("http://testserver/projects/")
        assert entry.find(f"{ATOM}summary").get("type") == "html"
    again = etree.fromstring(Client().get(address).content)
    assert [one.text for one in again.iter(f"{ATOM}id")] == ids


def test_our_own_reader_reads_it() -> None:
    world = affair()
    address = followed(world.alice, "river")
    parsed = parse(Client().get(address).content, f"https://news.example{address}")

    assert parsed.title == "Dye & river · On Record"
    assert f"urn:uuid:{world.article.pk}" in {one.id for one in parsed.entries}
    assert f"urn:uuid:{world.alleged.pk}" in {one.id for one in parsed.entries}


def test_every_allegation_has_its_answer_in_the_same_entry() -> None:
    world = affair()
    found = entries(followed(world.alice, "kind:allegation"))

    alleged = [text for text in found.values() if ALLEGED in text]
    assert alleged and all(DENIED in text and CAUTION in text for text in alleged)
    both = "Alleged by Reed Society against The tannery, denied by Odo Fenn"
    assert f"{both} · Dye in the river" in found
    unanswered = [text for title, text in found.items() if "A clerk" in title]
    assert unanswered and all(SILENCE in text and CAUTION in text for text in unanswered)
    assert any(UNANSWERED in text for text in unanswered)


def test_an_article_shows_found_words_only_where_no_allegation_is_marked() -> None:
    world = affair()
    make_article(world.project, "It rained all week.", title="Weather")
    found = entries(followed(world.alice, "rained"))

    assert "It <strong>rained</strong>" in found["Weather"]
    assert "rained" not in found["Dye in the river"]
    assert "2 allegations" in found["Dye in the river"] and CAUTION in found["Dye in the river"]


def test_a_projects_search_shows_that_project_only() -> None:
    world = affair()
    other = make_project("other")
    make_member(other, world.alice, Role.OWNER)
    elsewhere = make_article(other, "Dye in the river of another town.", title="Elsewhere")
    make_mark(other, elsewhere, "river of another town", "quote", world.alice)
    make_article(None, "Dye in a river of the library.", title="On the shelf")

    ours = all_of(followed(world.alice, "river", world.project))
    assert "Dye in the river" in ours
    assert "Elsewhere" not in ours and "another town" not in ours and "On the shelf" not in ours
    mine = all_of(followed(world.alice, "river"))
    assert "Elsewhere" in mine and "On the shelf" in mine


def test_a_token_ends_when_its_person_loses_the_project_and_only_theirs() -> None:
    world = affair()
    search = saved_searches.save(world.alice, "Dye", "river", world.project)
    alices, bobs = (
        f"/searches/{saved_searches.follow(search, one).token}.atom"
        for one in (world.alice, world.bob)
    )
    own = followed(world.bob, "river")
    assert "Dye in the river" in all_of(own)
    Membership.objects.filter(user=world.bob).delete()

    assert Client().get(bobs).status_code == 404
    assert Client().get(alices).status_code == 200
    assert "Dye in the river" not in all_of(own)


def test_a_reader_of_a_public_project_has_no_feed_of_its_searches() -> None:
    world = affair(visibility="public")
    search = saved_searches.save(world.alice, "Dye", "river", world.project)
    token = saved_searches.follow(search, world.bob).token
    Membership.objects.filter(user=world.bob).delete()

    assert Client().get(f"/searches/{token}.atom").status_code == 404


def test_what_answers_no_more() -> None:
    world = affair()
    search = saved_searches.save(world.alice, "Dye", "river")
    first = saved_searches.follow(search, world.alice).token
    second = saved_searches.follow(search, world.alice).token

    def status(token: str) -> int:
        return Client().get(f"/searches/{token}.atom").status_code

    assert (status(first), status(second), status("unknown")) == (404, 200, 404)
    saved_searches.delete(search)
    assert status(second) == 404
    saved_searches.restore(SavedSearch.objects.get())
    assert status(second) == 200
    User.objects.filter(pk=world.alice.pk).update(is_active=False)
    assert status(second) == 404
    User.objects.filter(pk=world.alice.pk).update(is_active=True)
    saved_searches.stop_following(search, world.alice)
    assert status(second) == 404 and not SearchFeed.objects.exists()


def test_a_reader_that_has_it_already_is_told_so_until_something_changes() -> None:
    world = affair()
    address = followed(world.alice, "kind:allegation")
    first = Client().get(address)
    assert first["Cache-Control"] == "private, no-cache"

    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "private, no-cache"

    delete_mark(world.denied.pk)
    changed = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200 and DENIED not in changed.content.decode()
    assert not changed.has_header("Last-Modified")


def test_what_is_withdrawn_leaves_the_feed_for_members_too() -> None:
    world = affair()
    address = followed(world.bob, "kind:allegation")
    withdraw(world.subject(world.denied), world.alice, "Wrong.")
    text = all_of(address)
    assert DENIED not in text
    assert "A denial recorded on" in unescape(text) and "Reason: Wrong." in unescape(text)

    withdraw(world.subject(world.alleged), world.alice, "Wrong.")
    assert f"urn:uuid:{world.alleged.pk}" not in Client().get(address).content.decode()


def test_a_search_that_is_too_broad_asks_to_come_again(monkeypatch) -> None:
    address = followed(affair().alice, "river")
    monkeypatch.setattr(search_feed, "search_articles", lambda *_: TooBroad())
    response = Client().get(address)
    assert (response.status_code, response["Retry-After"]) == (503, "3600")


def test_names_of_members_and_internal_notes_stay_inside() -> None:
    world = affair()
    text = all_of(followed(world.alice, "kind:allegation"))
    assert UNANSWERED in text
    assert "Bobbin" not in text and INTERNAL not in text


@pytest.mark.parametrize("query", ["(((", 'speaker:"', "date:never", "title:", "-" * 50])
def test_a_mistyped_search_is_no_error_here_either(query: str) -> None:
    world = affair()
    assert Client().get(followed(world.alice, query)).status_code == 200


def test_the_number_of_queries_is_the_same_for_little_and_much(
    django_assert_max_num_queries,
) -> None:
    world: Affair = affair()
    address = followed(world.alice, "river OR kind:allegation")
    with django_assert_max_num_queries(31) as few:
        Client().get(address)
    for number in range(5):
        other = make_project(f"other-{number}")
        make_member(other, world.alice, Role.OWNER)
        article = make_article(other, f"Dye in river {number}. He lied.", title=f"No. {number}")
        make_mark(other, article, "He lied", "allegation", world.alice, speakers=["Ida"])
    index_all()
    with django_assert_max_num_queries(len(few)):
        found = Client().get(address)
    assert found.content.decode().count("<entry>") >= 10


def test_a_correction_is_told_in_the_feed_and_to_strangers_who_search() -> None:
    world = affair(visibility="public")
    since_yesterday()
    fields = fields_of(world.quoted, speakers=["Ilse Marr"], cue="shouted")
    edit(world.quoted.pk, world.quoted.version, fields, world.bob)
    told = f"Corrected on {dates.show(localdate(), 'day')}"
    address = followed(world.alice, "kind:quote", world.project)
    assert told in all_of(address)
    asked = "/search/?q=kind:quote&show=passages"
    assert told in Client().get(asked).content.decode()
    member = Client()
    member.force_login(world.bob)
    assert told not in member.get(asked).content.decode()
    assert told not in Client().get(asked.replace("quote", "denial")).content.decode()
