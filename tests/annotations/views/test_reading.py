"""The reading page: what readers and members see of it, and what it costs."""

import gzip
import re
from dataclasses import replace

import pytest
from django.core.cache import caches

from reader.models import ProjectArticle, Readers, Visibility, uuid7
from reader.services.projects import change_settings, settings_of, stamp
from tests.factories import make_article, make_mark, make_member, make_project

pytestmark = pytest.mark.django_db

CLAIM = "That the works poisoned the river"


@pytest.fixture(autouse=True)
def _nothing_kept():
    """No page that an earlier test has left in memory."""
    caches["pages"].clear()


def decide(project, **settings):
    """Change a project's settings as an owner does."""
    project.refresh_from_db()
    changed = change_settings(project, replace(settings_of(project), **settings), stamp(project))
    project.refresh_from_db()
    return changed


@pytest.fixture
def public(project):
    return decide(project, visibility=Visibility.PUBLIC, readers_see=Readers.WHOLE)


@pytest.fixture
def address(public, article):
    return f"/projects/{public.slug}/articles/{article.pk}/"


def marked(project, article, by, number):
    """As many annotations, each with speakers, targets and a claim; every third a denial."""
    for n in range(number):
        kind = ("quote", "allegation", "denial")[n % 3]
        make_mark(
            project,
            article,
            "The works poisoned the river",
            kind,
            by,
            speakers=[f"Speaker {n}"],
            targets=["The works"],
            claims=[CLAIM],
        )


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("number", [3, 50])
@pytest.mark.parametrize("readers", Readers.values)
def test_at_most_eight_queries_for_a_new_reader(
    client, public, article, address, bob, number, readers, django_assert_max_num_queries
):
    decide(public, readers_see=readers)
    elsewhere = make_article(public, "The works denied it.", title="Works deny")
    make_mark(public, elsewhere, "The works denied it", "denial", bob, claims=[CLAIM])
    marked(public, article, bob, number)
    with django_assert_max_num_queries(8) as queries:
        page = client.get(address)
    assert page.status_code == 200
    assert page.content.decode().count('class="card ') == number
    assert len(queries) == 8


@pytest.mark.parametrize("number", [1, 50])
def test_at_most_two_queries_where_nothing_has_changed(
    client, public, article, address, bob, number, django_assert_max_num_queries
):
    marked(public, article, bob, number)
    etag = client.get(address)["ETag"]
    with django_assert_max_num_queries(2):
        unchanged = client.get(address, headers={"If-None-Match": etag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged["ETag"] == etag
    with django_assert_max_num_queries(2):
        assert client.get(address).status_code == 200


def test_after_any_change_readers_get_the_new_page(client, public, article, address, bob):
    before = client.get(address)
    make_mark(public, article, "Zoë", by=bob)
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
    assert "1 quote" in words(after.content.decode())


def test_a_page_from_memory_is_the_same_compressed_or_not(client, public, article, address, bob):
    marked(public, article, bob, 3)
    fresh = client.get(address).content
    plain, packed = (
        client.get(address, headers={"Accept-Encoding": encoding}) for encoding in ("", "gzip, br")
    )
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert plain.content == gzip.decompress(packed.content) == fresh
    assert "Accept-Encoding" in plain["Vary"]
    assert "Accept-Encoding" in packed["Vary"]


def test_a_private_project_is_not_shown_from_memory(client, public, article, address, bob):
    marked(public, article, bob, 1)
    assert client.get(address).status_code == 200
    decide(public, visibility=Visibility.PRIVATE)
    assert client.get(address).status_code == 404


def test_members_get_no_page_from_memory(client, public, article, address, bob):
    marked(public, article, bob, 1)
    etag = client.get(address)["ETag"]
    client.force_login(bob)
    page = client.get(address, headers={"If-None-Match": etag})
    assert page.status_code == 200
    assert "ETag" not in page
    assert "Sign out" in page.content.decode()
    client.logout()
    assert "Sign out" not in client.get(address).content.decode()


@pytest.mark.parametrize("number", [3, 50])
def test_as_many_queries_for_a_member_however_many_annotations(
    client, public, article, address, bob, number, django_assert_num_queries
):
    marked(public, article, bob, number)
    client.force_login(bob)
    with django_assert_num_queries(12):
        client.get(address)


def test_members_who_may_mark_learn_how_where_nothing_is_marked(
    client, public, article, address, bob
):
    hint = "Select words in the text"
    assert hint not in client.get(address).content.decode()
    client.force_login(bob)
    assert hint in client.get(address).content.decode()
    make_mark(public, article, "Zoë", by=bob)
    assert hint not in client.get(address).content.decode()


def test_readers_see_no_notes_history_or_names_of_members(client, public, article, address, bob):
    make_mark(public, article, "Zoë", by=bob, note="Our secret.")
    make_mark(public, article, "fisher", by=bob, note="For everybody.", note_public=True)
    page = client.get(address).content.decode()
    assert "For everybody." in page
    for hidden in ("Our secret.", "Bob", "History", "Edit", "internal note"):
        assert hidden not in page
    client.force_login(bob)
    page = client.get(address).content.decode()
    for shown in ("Our secret.", "Bob", "History", "internal note"):
        assert shown in page


def test_an_annotator_sees_where_to_edit_their_own_only(
    client, public, article, address, alice, bob
):
    theirs, own = (
        make_mark(public, article, "fisher", by=alice),
        make_mark(public, article, "Zoë", by=bob),
    )
    client.force_login(bob)
    page = client.get(address).content.decode()
    assert f"/annotations/{own.pk}/edit/" in page
    assert f"/annotations/{theirs.pk}/edit/" not in page


def test_the_summary_puts_answers_beside_allegations(client, public, article, address, bob):
    make_mark(
        public,
        article,
        "The works poisoned the river",
        "allegation",
        bob,
        speakers=["Ida Voss"],
        targets=["The works"],
        claims=[CLAIM],
    )
    page = words(client.get(address).content.decode())
    assert "Ida Voss against The works The works poisoned the river" in page
    assert "No denial recorded in this project (1 article, none dated)." in page
    elsewhere = make_article(
        public,
        "The works denied it.",
        title="Works deny",
        publication="The Courier",
        published_on="2026-05-03",
    )
    make_mark(
        public, elsewhere, "The works denied it", "denial", bob, speakers=["Mo"], claims=[CLAIM]
    )
    page = words(client.get(address).content.decode())
    assert "Mo denies" in page
    assert "The works denied it The Courier, 3 May 2026" in page
    assert "No denial recorded" not in page
    assert "An allegation is an accusation, not a finding." in page


def test_what_an_article_says_of_itself(client, public):
    article = make_article(
        public,
        "Some words of an article.",
        title="The spill",
        byline="Ana Reyes",
        publication="The Courier",
        url="https://courier.example/spill",
        published_on="2026-02",
        language="en-GB",
    )
    html = client.get(f"/projects/spill/articles/{article.pk}/").content.decode()
    page = words(html)
    for fact in ("The Courier", "February 2026", "Ana Reyes", "5 words", "1 min", "0 quotes"):
        assert fact in page
    assert 'href="https://courier.example/spill"' in html
    assert 'lang="en-GB"' in html
    assert '<time datetime="2026-02">' in html


def test_no_date_is_invented(client, address):
    assert "undated" in words(client.get(address).content.decode())


def test_search_engines_stay_away_unless_the_project_says_otherwise(client, public, address):
    assert '<meta name="robots" content="noindex">' in client.get(address).content.decode()
    decide(public, indexed=True)
    assert "noindex" not in client.get(address).content.decode()


def test_passages_only(client, public, article, address, bob):
    decide(public, readers_see=Readers.PASSAGES)
    make_mark(public, article, "Mira Okonjo", by=bob)
    page = words(client.get(address).content.decode())
    assert "“Nothing leaked,” said Mira Okonjo , “not a drop.”" in page
    assert "The works denied that anything had leaked" not in page
    client.force_login(bob)
    assert "The works denied that anything" in words(client.get(address).content.decode())


def test_words_that_a_new_revision_lacks_are_still_shown(client, public, bob):
    url = "https://courier.example/spill"
    article = make_article(public, "The tank leaked. Nobody knew.", url=url)
    make_mark(public, article, "The tank leaked", by=bob, speakers=["Ida"])
    make_article(public, "The tank was emptied. Nobody knew.", url=url)
    page = client.get(f"/projects/spill/articles/{article.pk}/").content.decode()
    assert "The tank was emptied" in words(page)
    card = page[page.index('class="card ') :]
    assert "The tank leaked" in words(card)
    assert "not in the present text" in words(card)


def test_permalinks_lead_to_the_passage(client, public, article, address, bob):
    mark = make_mark(public, article, "Zoë", by=bob)
    response = client.get(f"/annotations/{mark.pk}/")
    assert response.url == f"{address}#a-{mark.pk}"


def test_permalinks_survive_a_new_address_of_the_project(client, public, article, bob):
    mark = make_mark(public, article, "Zoë", by=bob)
    decide(public, slug="tannery")
    assert client.get(f"/annotations/{mark.pk}/").url.startswith("/projects/tannery/")


@pytest.mark.parametrize("missing", ["article", "annotation", "project"])
def test_what_is_not_there(client, public, article, missing):
    addresses = {
        "article": f"/projects/spill/articles/{uuid7()}/",
        "annotation": f"/annotations/{uuid7()}/",
        "project": f"/projects/nowhere/articles/{article.pk}/",
    }
    assert client.get(addresses[missing]).status_code == 404


def test_the_same_article_in_two_projects_has_two_readings(client, public, article, bob):
    other = make_project("other", visibility=Visibility.PUBLIC, readers_see=Readers.WHOLE)
    make_member(other, bob)
    ProjectArticle.objects.create(project=other, article=article, listed_at=article.listed_at)
    make_mark(public, article, "Zoë", by=bob)
    make_mark(other, article, "fisher", "denial", bob)
    here = words(client.get(f"/projects/spill/articles/{article.pk}/").content.decode())
    there = words(client.get(f"/projects/other/articles/{article.pk}/").content.decode())
    assert "1 quote 0 allegations" in here.replace(" Q ", " ").replace(" A ", " ")
    assert "1 denial" in there
