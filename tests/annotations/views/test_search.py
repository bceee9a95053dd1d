"""The search page."""

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from annotations.models import Kind
from annotations.pages import search
from annotations.queries.searching import Facet, Facets, FoundArticles, TooBroad
from annotations.services.replies import decide, send
from annotations.services.withdrawals import withdraw
from reader.models import Feed, FeedEntry, ReadingState, Role, Subscription, User
from reader.search import Field, Term
from reader.services.indexing import index_all
from tests.annotations.affair import (
    ALLEGED,
    APART,
    DENIED,
    INTERNAL,
    QUOTED,
    SILENCE,
    UNANSWERED,
    UNMARKED,
    Affair,
    affair,
)
from tests.factories import make_article, make_mark, make_member, make_project

pytestmark = pytest.mark.django_db

CAUTION = "An allegation is an accusation, not a finding."
LINK = re.compile(r'<a[^>]* href="([^"]*)"[^>]*>(.*?)</a>', re.S)


def client_of(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def page(user: User | None, q: str, **parameters: str) -> str:
    """The page's HTML, without character references."""
    index_all()
    response = client_of(user).get("/search/", {"q": q, **parameters})
    assert response.status_code == 200
    return unescape(response.content.decode())


def part(html: str, css_class: str) -> str:
    """One of the page's sections; empty where it is not there."""
    found = re.search(rf'<(section|nav)[^>]* class="{css_class}".*?</\1>', html, re.S)
    return found[0] if found else ""


def titles(html: str) -> list[str]:
    found = re.findall(r"<h3 dir=\"auto\">(.*?)</h3>", part(html, "found-articles"), re.S)
    return [strip_tags(one).strip() for one in found]


def words(html: str) -> list[str]:
    """What the passages say, those of the answers apart."""
    found = re.findall(r'<p class="words" dir="auto">(.*?)</p>', part(html, "found-passages"), re.S)
    return [strip_tags(one).strip() for one in found]


def links(html: str) -> dict[str, str]:
    return {" ".join(strip_tags(text).split()): path for path, text in LINK.findall(html)}


def query_in(path: str) -> str:
    return parse_qs(urlsplit(path).query).get("q", [""])[0]


DYE, YARD = "Dye in the river", "The yard answers"


@pytest.fixture
def world() -> Affair:
    """The affair, with a feed that brought its first article, which Alice has read and starred."""
    world = affair()
    feed = Feed.objects.create(url="https://reed.example/feed", title="City desk")
    FeedEntry.objects.create(
        feed=feed, key="a", article=world.article, listed_at=world.article.listed_at
    )
    Subscription.objects.create(user=world.alice, feed=feed)
    ReadingState.objects.create(
        user=world.alice,
        article=world.article,
        read_at=timezone.now(),
        starred_at=timezone.now(),
    )
    for article, byline in ((world.article, "Ida Voss"), (world.later, "Mo Tal")):
        article.byline = byline
        article.save(update_fields=["byline"])
    make_article(world.project, "Nothing to do with it, and no day.", title="Undated")
    return world


# A search for Alice, what it finds of the three articles, and of the passages.
FOUND = [
    ("dye", [YARD, DYE], [DENIED, ALLEGED]),
    ("dye owns", [YARD], [DENIED]),
    ('"dye into the river"', [DYE], [ALLEGED]),
    ('"river the into dye"', [], []),
    ("dye -owns", [DYE], [ALLEGED]),
    ("ledger OR owns", [YARD, DYE], [DENIED, UNANSWERED]),
    ("(ledger OR owns) clerk", [DYE], [UNANSWERED]),
    ("title:yard", [YARD], [DENIED]),
    ("-title:yard dye", [DYE], [ALLEGED]),
    ("by:voss", [DYE], [ALLEGED, UNANSWERED, APART, QUOTED]),
    ('by:"Mo Tal"', [YARD], [DENIED]),
    ('in:"The Reed"', [DYE], [ALLEGED, UNANSWERED, APART, QUOTED]),
    ('feed:"City desk"', [DYE], [ALLEGED, UNANSWERED, APART, QUOTED]),
    ("project:tannery dye", [YARD, DYE], [DENIED, ALLEGED]),
    ("project:elsewhere dye", [], []),
    ("kind:allegation", [DYE], [ALLEGED, UNANSWERED]),
    ("kind:denial dye", [YARD, DYE], [DENIED]),
    ("kind:quote", [DYE], [QUOTED]),
    ('speaker:"Odo Fenn"', [YARD], [DENIED]),
    ('target:"The tannery"', [DYE], [ALLEGED]),
    ("date:2024-05-09", [YARD], [DENIED]),
    ("date:2024-05 dye", [YARD, DYE], [DENIED, ALLEGED]),
    ("date:2025", [], []),
    ("is:unread dye", [YARD], [DENIED]),
    ("is:starred", [DYE], [ALLEGED, UNANSWERED, APART, QUOTED]),
    ("is:annotated", [YARD, DYE], [DENIED, ALLEGED, UNANSWERED, APART, QUOTED]),
    ("is:undated", ["Undated"], []),
]


def test_each_operator_finds_and_leaves_out(world: Affair) -> None:
    for q, articles, passages in FOUND:
        assert titles(page(world.alice, q)) == articles, q
        found = words(page(world.alice, q, show="passages"))
        assert sorted(found) == sorted(passages), q


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


MISTYPED = [
    ('"dye into', 'The quotation mark at “"dye into” has no end.'),
    ("(dye", "The parenthesis at “(dye” is not closed."),
    ("dye)", "A parenthesis is closed that was never opened."),
    ("colour:red dye", "“colour:” is no operator"),
    ("title: dye", "Nothing follows “title:”"),
    ("date:yesterday", "“date:yesterday” is no time"),
    ("is:lost", "“is:lost”: there are is:unread"),
    ("kind:rumour", "“kind:rumour”: there are kind:quote"),
    ("dye OR", "OR stands between two things"),
    ("dye -", "A minus without anything behind it was left out."),
    ("…", "has no letters or digits to search for"),
    ("dye " * 400, "The search is too long"),
    ("(" * 30 + "dye" + ")" * 30, "Too many parentheses in each other"),
    ("dye OR " * 60 + "dye", "Too many words"),
]


def test_a_mistyped_search_is_read_as_words_and_says_so(world: Affair) -> None:
    for q, said in MISTYPED:
        found = page(world.alice, q)
        assert said in found, q
        assert "It was read as:" in found or q == "…"


HOSTILE = [
    "\0",
    "'; DROP TABLE reader_article; --",
    "%_\\",
    "<script>alert(1)</script>",
    "title:<b>",
    "a & b | !c <-> d:*",
    "“”„«»",
    "to be or not to be",
    "date:0000 date:9999-12-31/ date:2021-02-30",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "😀 " * 50,
    "-" * 200,
    '"' * 200,
    "(" * 500,
    "x" * 2000,
    "kind:allegation " * 60,
    "speaker:'%' target:\"\" in:\\",
]


def test_nothing_that_is_typed_makes_an_error(world: Affair) -> None:
    index_all()
    client = client_of(world.alice)
    for q in HOSTILE:
        for more in ({}, {"order": "relevance"}, {"show": "passages"}):
            response = client.get("/search/", {"q": q, **more})
            assert response.status_code == 200, (q, more)
            assert "<script>alert" not in response.content.decode()


def test_no_other_parameter_does_either(world: Affair) -> None:
    index_all()
    client = client_of(world.alice)
    for name in ("after", "passages", "order", "show", "project"):
        for value in ("x", "-1", "9" * 5000, "2024-05-08T00:00:00+00:00~x", "٣"):
            for more in ({}, {"order": "relevance"}, {"show": "passages"}):
                response = client.get("/search/", {"q": "dye", **more, name: value})
                assert response.status_code == 200, (name, value, more)


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


def test_without_a_search_there_is_the_form_and_nothing_else(world: Affair) -> None:
    empty = page(world.alice, "  ")
    assert part(empty, "found-articles") == part(empty, "found-passages") == ""
    assert "Search with these" in empty and "Save this search" not in empty


def test_the_form_leads_to_the_syntax_and_is_filled_in_from_it(world: Affair) -> None:
    client = client_of(world.alice)
    typed = {"words": "dye", "publication": "The Reed", "states": ["starred"], "since": "2024-05"}
    response = client.get("/search/narrow/?" + urlencode(typed, doseq=True))
    assert response.status_code == 302
    assert query_in(response["Location"]) == 'dye in:"The Reed" date:2024-05/ is:starred'

    found = unescape(client.get(response["Location"]).content.decode())
    assert 'name="publication" value="The Reed"' in found
    assert 'name="since" value="2024-05"' in found
    assert re.search(r'value="starred"[^>]*checked', found)
    assert '<option value="The Reed">' in found
    assert '<option value="City desk">' in found


def test_a_mistake_in_the_form_is_said_beside_its_field(world: Affair) -> None:
    response = client_of(None).get("/search/narrow/?words=dye&since=March")
    found = unescape(response.content.decode())
    assert response.status_code == 422
    assert "“March” is not a date." in found and 'value="dye"' in found


def test_the_form_names_nothing_that_one_may_not_see(world: Affair) -> None:
    for path in ("/search/", "/search/narrow/"):
        found = client_of(world.charlie).get(path).content.decode()
        assert "The Reed" not in found and "Tannery" not in found and "City desk" not in found


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


def test_everybody_has_the_box(world: Affair) -> None:
    for user in (world.alice, None):
        front = client_of(user).get("/").content.decode()
        assert front.count('role="search"') == 1
        results = client_of(user).get("/search/?q=dye").content.decode()
        assert results.count('role="search"') == 1
