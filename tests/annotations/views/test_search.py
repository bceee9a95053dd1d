"""What the search page shows, and to whom."""

import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from annotations.models import Kind
from annotations.pages import search
from annotations.queries.searching import Facet, Facets, FoundArticles, TooBroad
from annotations.services.replies import decide, send
from annotations.services.withdrawals import withdraw
from reader.models import Role
from reader.search import Field, Term
from reader.services.indexing import index_all
from tests.annotations.affair import (
    ALLEGED,
    DENIED,
    INTERNAL,
    SILENCE,
    UNANSWERED,
    UNMARKED,
    Affair,
)
from tests.annotations.search_pages import (
    DYE,
    YARD,
    client_of,
    links,
    page,
    part,
    query_in,
    searched_affair,
    titles,
    words,
)
from tests.factories import make_article, make_mark, make_member, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Affair:
    return searched_affair()


CAUTION = "An allegation is an accusation, not a finding."


def test_what_was_found_is_marked_unlike_an_annotation(world: Affair) -> None:
    found = page(world.alice, "dye yard")
    assert '<mark class="hit">dye</mark>' in part(found, "found-passages")
    assert '<mark class="hit">yard</mark>' in part(found, "found-articles")
    assert "data-a" not in found


def test_a_result_says_where_it_stands_and_what_is_marked_in_it(world: Affair) -> None:
    found = page(world.alice, "title:dye")
    article = " ".join(strip_tags(part(found, "found-articles")).split())
    for shown in ("The Reed", "8 May 2024", "Ida Voss", "Tannery"):
        assert shown in article
    for shown in ("1 quote", "2 allegations", "1 denial"):
        assert shown in article
    assert links(found)[DYE] == f"/projects/tannery/articles/{world.article.pk}/"
    passage = part(page(world.alice, "kind:quote"), "found-passages")
    assert f"/articles/{world.article.pk}/#a-{world.quoted.pk}" in passage
    assert "Ilse Marr" in passage and "Tannery" in passage


@pytest.mark.parametrize("who", ["alice", "bob", "charlie", ""])
def test_an_allegation_never_stands_alone(world: Affair, who: str) -> None:
    world.project.visibility, world.project.readers_see = "public", "whole"
    world.project.save()
    user = getattr(world, who) if who else None
    for q in ("kind:allegation", "river OR ledger", "is:annotated", "by:voss"):
        for show in ("", "passages"):
            found = part(page(user, q, show=show), "found-passages")
            said = " ".join(unescape(strip_tags(found)).split())
            assert ALLEGED in said or UNANSWERED in said, (q, show)
            if ALLEGED in said:
                assert DENIED in said, (q, show)
            if UNANSWERED in said:
                assert SILENCE.replace("2 articles", "3 articles") in said, (q, show)
            assert CAUTION in said, (q, show)


def test_a_withdrawn_denial_is_shown_to_members_and_only_told_of_to_others(world: Affair) -> None:
    world.project.visibility = "public"
    world.project.save()
    withdraw(world.subject(world.denied), world.alice, "Wrong.")
    assert DENIED in part(page(world.bob, "kind:allegation"), "found-passages")
    outside = part(page(None, "kind:allegation"), "found-passages")
    assert DENIED not in outside
    assert "A denial recorded on" in outside and "Reason: Wrong." in outside


def test_a_published_reply_stands_beside_the_allegation(world: Affair) -> None:
    subject = world.subject(world.alleged)
    reply = send(subject, kind="reply", name="Odo Fenn", contact="x", text="We did not.")
    assert "We did not." not in page(world.alice, "kind:allegation")
    decide(reply.pk, "accepted", world.alice)
    assert "We did not." in part(page(world.alice, "kind:allegation"), "found-passages")


def test_strangers_find_nothing_of_private_projects(world: Affair) -> None:
    for user in (world.charlie, None):
        found = page(user, "dye")
        assert titles(found) == words(found) == []
        assert "Tannery" not in found and "The Reed" not in found and "Odo Fenn" not in found


def test_of_a_public_project_that_shows_passages_only_no_other_text_is_found(
    world: Affair,
) -> None:
    world.project.visibility = "public"
    world.project.save()
    assert UNMARKED in unescape(strip_tags(page(world.bob, '"rained all week"')))
    found = page(world.charlie, '"rained all week"')
    assert titles(found) == [] and UNMARKED not in found
    found = page(world.charlie, "dye")
    assert UNMARKED not in strip_tags(found) and 'class="snippet"' not in found
    assert ALLEGED in words(found)


def test_notes_and_members_are_nowhere(world: Affair) -> None:
    found = page(world.bob, "kind:allegation")
    assert INTERNAL not in found and "Bobbin" not in part(found, "found-passages")


def test_facets_narrow_and_are_taken_out_again(world: Affair) -> None:
    facets = links(part(page(world.alice, "dye"), "facets"))
    assert set(facets) >= {"The Reed", "Allegation", "Denial", "Quote", "Odo Fenn", "May 2024"}
    for label, left in (("The Reed", [DYE]), ("Odo Fenn", [YARD]), ("Quote", [DYE])):
        narrowed = query_in(facets[label])
        assert narrowed.startswith("dye ")
        found = page(world.alice, narrowed)
        assert titles(found) == left, label
        back = links(part(found, "facets"))[f"{label} × (take out)"]
        assert query_in(back) == "dye"


def test_the_number_beside_a_facet_is_what_it_leaves(world: Affair) -> None:
    facets = part(page(world.alice, "dye"), "facets")
    counts = re.findall(r'href="([^"]*)".*?<span class="soft">(\d+)</span>', facets, re.S)
    assert len(counts) >= 6
    for path, count in counts:
        assert len(titles(page(world.alice, query_in(path)))) == int(count), path


def test_a_facet_keeps_what_stands_around_it_together(world: Affair) -> None:
    facets = links(part(page(world.alice, "ledger OR owns"), "facets"))
    assert query_in(facets["The Reed"]) == '(ledger OR owns) in:"The Reed"'


def test_further_pages_lead_on_and_back(world: Affair) -> None:
    for number in range(35):
        make_article(world.project, f"Dye of day {number}.", title=f"No. {number}")
    index_all()
    client, path, seen = client_of(world.alice), "/search/?q=dye+day", []
    while path:
        found = unescape(client.get(path).content.decode())
        seen += titles(found)
        path = links(found).get("Older articles", "")
        assert part(found, "found-passages") == "" or not seen[30:]
    assert sorted(seen) == sorted(f"No. {number}" for number in range(35))
    assert links(found)["Newest"] == "/search/?q=dye+day"


def test_relevance_is_asked_for(world: Affair) -> None:
    found = page(world.alice, "dye")
    path = links(found)["By relevance"]
    assert path == "/search/?q=dye&order=relevance"
    by_relevance = page(world.alice, "dye", order="relevance")
    assert sorted(titles(by_relevance)) == sorted(titles(found))
    assert "Among the newest" not in by_relevance
    assert links(by_relevance)["Newest first"] == "/search/?q=dye"
    assert "order=relevance" in links(part(by_relevance, "facets"))["The Reed"]


def test_it_is_said_what_is_covered_where_that_is_not_everything(
    world: Affair, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Facets(
        kinds=[Facet("quote", Term(Field.KIND, "quote"), 1)], covers=1000, is_all=False
    )
    monkeypatch.setattr(search, "facets", lambda *_: counted)
    monkeypatch.setattr(search, "search_articles", lambda *_, **__: FoundArticles([], "", 1000))
    found = page(world.alice, "dye", order="relevance")
    assert part(found, "facets").count("Among the newest 1,000 matches.") == 1
    assert part(found, "found-articles").count("Among the newest 1,000 matches.") == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("search_articles", "This search is too broad to be answered at once."),
        ("search_passages", "Too broad to look through marked passages."),
        ("facets", "Too broad to count publications"),
    ],
)
def test_what_is_too_broad_is_said_and_the_rest_is_shown(
    world: Affair, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.setattr(search, name, lambda *_, **__: TooBroad())
    found = page(world.alice, "dye")
    assert said in found
    shown = [part(found, one) for one in ("found-articles", "found-passages", "facets")]
    assert sum(map(bool, shown)) == 2


def test_all_passages_have_pages_of_their_own(world: Affair) -> None:
    found = page(world.alice, "is:annotated")
    assert len(words(found)) == 4
    everything = page(world.alice, "is:annotated", show="passages")
    assert links(found)["More passages"] == "/search/?q=is%3Aannotated&show=passages"
    assert len(words(everything)) == 5 and part(everything, "found-articles") == ""
    assert links(everything)["Articles with these words"] == "/search/?q=is%3Aannotated"


def test_the_number_of_queries_is_the_same_for_little_and_much(
    world: Affair, django_assert_max_num_queries
) -> None:
    client, path = client_of(world.alice), "/search/?q=dye+OR+kind:allegation"
    index_all()
    client.get(path)
    with django_assert_max_num_queries(45) as few:
        client.get(path)
    for number in range(6):
        other = make_project(f"other-{number}")
        make_member(other, world.alice, Role.OWNER)
        article = make_article(other, f"Dye {number}. He lied.", title=f"No. {number}")
        make_mark(other, article, "He lied", Kind.ALLEGATION, world.alice, speakers=["Ida"])
    index_all()
    with django_assert_max_num_queries(len(few)):
        found = unescape(client.get(path).content.decode())
    assert len(titles(found)) == 8
