"""The form of a search and its syntax say the same."""

from types import SimpleNamespace

import pytest

from annotations.models import Kind
from annotations.narrowing import STATES, NarrowForm, filled_in
from reader.search import parse
from reader.search.tree import KINDS, STATES as SYNTAX_STATES

PROJECTS = [SimpleNamespace(slug="tannery", name="The tannery")]


def form(**typed):
    return NarrowForm(typed, projects=PROJECTS)


def written(**typed):
    filled = form(**typed)
    assert filled.is_valid(), filled.errors
    return str(filled.query)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ({}, ""),
        ({"words": "dye river"}, "dye river"),
        ({"words": "dye OR paint"}, "dye OR paint"),
        ({"words": "dye OR paint", "without": "rain"}, "(dye OR paint) -rain"),
        ({"phrase": "into the river"}, '"into the river"'),
        ({"phrase": 'into "the" river'}, '"into the river"'),
        ({"phrase": "…"}, ""),
        ({"without": 'rain "Odo Fenn"'}, '-rain -"Odo Fenn"'),
        ({"title": "dye", "by": "Ida Voss"}, 'title:dye by:"Ida Voss"'),
        ({"publication": "The Reed", "feed": "city"}, 'in:"The Reed" feed:city'),
        ({"project": "tannery", "kind": "allegation"}, "project:tannery kind:allegation"),
        (
            {"speaker": "Odo Fenn", "target": "Mr. O'Dee"},
            """speaker:"Odo Fenn" target:"Mr. O'Dee\"""",
        ),
        ({"since": "2021-03", "until": "2022-01"}, "date:2021-03/2022-01"),
        ({"since": "2021"}, "date:2021-01/"),
        ({"until": "2021"}, "date:/2021-12"),
        ({"since": "2021-03-29", "until": "2021-03-29"}, "date:2021-03-29"),
        ({"states": ["unread", "starred"]}, "is:unread is:starred"),
    ],
)
def test_a_form_is_written_as_syntax_and_filled_in_from_it(typed, query):
    assert written(**typed) == query
    again = NarrowForm(filled_in(parse(query)), projects=PROJECTS)
    assert again.is_valid()
    assert again.query.root == parse(query).root


@pytest.mark.parametrize(
    "query",
    [
        "dye (river OR lake) -rain",
        "title:dye title:river",
        '"one thing" "another thing"',
        "-kind:denial -(a b)",
        "-in:Reed speaker:a speaker:b kind:quote kind:denial",
        "date:2021 date:2021-03/",
        "date:/2021-03-05",
        "is:unread -is:starred",
        'title:"exactly this" by:me',
    ],
)
def test_what_has_no_field_stands_among_the_words(query):
    again = NarrowForm(filled_in(parse(query)), projects=PROJECTS)
    assert again.is_valid(), again.errors

    def parts(tree):
        return sorted(map(str, tree.parts()))

    assert parts(again.query) == parts(parse(query))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"since": "March"}, "since"),
        ({"until": "2021-02-30"}, "until"),
        ({"since": "2022", "until": "2021"}, "until"),
        ({"kind": "rumour"}, "kind"),
        ({"project": "elsewhere"}, "project"),
        ({"states": ["lost"]}, "states"),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_what_was_typed_is_kept(typed, field):
    filled = form(**typed, words="dye")
    assert not filled.is_valid()
    assert list(filled.errors) == [field]
    assert filled["words"].value() == "dye"


def test_the_form_offers_what_the_syntax_knows():
    assert tuple(STATES) == SYNTAX_STATES
    assert tuple(Kind.values) == KINDS
