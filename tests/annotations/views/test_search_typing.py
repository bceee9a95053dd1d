"""What is typed into the search page: operators, mistakes, and the form that writes them."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from reader.services.indexing import index_all
from tests.annotations.affair import ALLEGED, APART, DENIED, QUOTED, UNANSWERED, Affair
from tests.annotations.search_pages import (
    DYE,
    YARD,
    client_of,
    page,
    part,
    query_in,
    searched_affair,
    titles,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Affair:
    return searched_affair()


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


def test_everybody_has_the_box(world: Affair) -> None:
    for user in (world.alice, None):
        front = client_of(user).get("/").content.decode()
        assert front.count('role="search"') == 1
        results = client_of(user).get("/search/?q=dye").content.decode()
        assert results.count('role="search"') == 1
